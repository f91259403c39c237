// What this page reads of a record: `core/schemas/record.schema.json`, every member optional. A view shows what is there.
import type { LearningRecord } from "ler-verify";

export type Origin = "issuer" | "selfAsserted" | "nestedIssuer" | "graphOnly";

export interface Text {
  readonly value: string;
  readonly language?: string;
  readonly origin?: Origin;
}
export type Texts = readonly Text[];

export interface RecordDate {
  readonly value: string;
  readonly instant?: string;
  readonly precision?: "year" | "month" | "day" | "second" | "unknown";
}

export interface Party {
  readonly id?: string;
  readonly claimedName?: Texts;
  readonly registeredName?: string;
  readonly description?: Texts;
  readonly url?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly country?: string;
  readonly identifiers?: readonly { readonly type?: string; readonly value: string }[];
  readonly parents?: readonly { readonly id?: string; readonly claimedName?: Texts }[];
}

export interface Skill {
  readonly name?: Texts;
  readonly url?: string;
  readonly code?: string;
  readonly framework?: string;
  readonly frameworkName?: Texts;
  readonly description?: Texts;
  readonly proficiency?: Texts;
  readonly yearsOfExperience?: Quantity;
  readonly basis?: string;
  readonly origin?: Origin;
}

export interface Quantity {
  readonly value: number;
  readonly unit?: string;
}

export interface Result {
  readonly description?: string;
  readonly name?: Texts;
  readonly value?: string;
  readonly min?: string;
  readonly max?: string;
  readonly status?: string;
  readonly level?: string;
  readonly passed?: boolean;
}

export interface Holder {
  readonly id?: string;
  readonly name?: Texts;
  readonly givenName?: Texts;
  readonly familyName?: Texts;
  readonly birthDate?: RecordDate;
  readonly identifiers?: readonly { readonly type?: string; readonly value?: string; readonly hash?: string }[];
}

export interface Achievement {
  readonly id?: string;
  readonly name?: Texts;
  readonly description?: Texts;
  readonly criteria?: { readonly url?: string; readonly text?: Texts };
  readonly fieldOfStudy?: Texts;
  readonly specialization?: Texts;
  readonly code?: string;
  readonly language?: string;
  readonly image?: string;
  readonly levels?: readonly { readonly scheme?: string; readonly value: string; readonly name?: Texts }[];
  readonly creditsAvailable?: Quantity;
  readonly tags?: Texts;
  readonly resultDescriptions?: readonly {
    readonly id?: string;
    readonly name?: Texts;
    readonly requiredValue?: string;
    readonly allowed?: readonly string[];
    readonly max?: string;
    readonly levels?: readonly { readonly id?: string; readonly name?: Texts }[];
  }[];
}

interface Timed {
  readonly start?: RecordDate;
  readonly end?: RecordDate;
  readonly current?: boolean;
  readonly description?: Texts;
  readonly origin?: Origin;
}

export interface Employment extends Timed {
  readonly organization?: Party;
  readonly department?: Texts;
  readonly title?: Texts;
  readonly type?: string;
  readonly location?: Texts;
}

export interface Education extends Timed {
  readonly institution?: Party;
  readonly program?: Texts;
  readonly degree?: Texts;
  readonly majors?: Texts;
  readonly minors?: Texts;
  readonly status?: string;
  readonly awarded?: RecordDate;
  readonly gpa?: { readonly value?: string; readonly max?: string };
  readonly honors?: Texts;
}

export interface Qualification {
  readonly kind: string;
  readonly name?: Texts;
  readonly description?: Texts;
  readonly identifiers?: readonly { readonly type?: string; readonly value: string }[];
  readonly authority?: Party;
  readonly issued?: RecordDate;
  readonly validFrom?: RecordDate;
  readonly validUntil?: RecordDate;
  readonly status?: string;
  readonly origin?: Origin;
}

export interface Part {
  readonly pointer: string;
  readonly id?: string;
  readonly type?: readonly string[];
  readonly sameProof?: boolean;
  readonly record?: Rec;
}

export interface Rec {
  readonly family: string;
  readonly version: string;
  readonly kind: string;
  readonly degreeLevel?: string;
  readonly kindRaw: readonly string[];
  readonly title?: Texts;
  readonly description?: Texts;
  readonly issuer?: Party;
  readonly creator?: Party;
  readonly assessor?: Party;
  readonly holders?: readonly Holder[];
  readonly achievement?: Achievement;
  readonly completion?: readonly { readonly status: string; readonly origin?: Origin }[];
  readonly skills?: readonly Skill[];
  readonly results?: readonly Result[];
  readonly creditsEarned?: Quantity;
  readonly term?: Texts;
  readonly role?: Texts;
  readonly duration?: Texts;
  readonly licenseNumber?: Texts;
  readonly narrative?: Texts;
  readonly employment?: readonly Employment[];
  readonly education?: readonly Education[];
  readonly qualifications?: readonly Qualification[];
  readonly evidence?: readonly {
    readonly url?: string;
    readonly name?: Texts;
    readonly narrative?: Texts;
    readonly description?: Texts;
  }[];
  readonly dates: {
    readonly validFrom?: RecordDate;
    readonly validUntil?: RecordDate;
    readonly awarded?: RecordDate;
    readonly issued?: RecordDate;
    readonly activityStart?: RecordDate;
    readonly activityEnd?: RecordDate;
  };
  readonly children?: readonly Part[];
  readonly claims?: readonly { readonly pointer: string; readonly value: string | number | boolean }[];
  readonly completeness: {
    readonly childrenComplete?: boolean;
    readonly withheld?: boolean;
    readonly notMapped?: readonly string[];
    readonly more?: number;
  };
}

/** The record of the package, as this page reads it. */
export function asRec(record: LearningRecord | null): Rec | null {
  return record as Rec | null;
}
