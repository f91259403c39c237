// The JSON that goes in and comes out: `core/schemas` has the same as JSON Schemas, and the reports of the whole test suite
// are checked against these types.
import type { CheckId, Code } from "./codes.js";

export type { CheckId, Code } from "./codes.js";

/** Any JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
/** A JSON object: every member is its own, whatever its name is. */
export interface JsonObject {
  readonly [member: string]: JsonValue;
}

// ---------------------------------------------------------------------------------------------------------------- policy

/** A registry of issuers: the https URL of a list, or what else it is. */
export type Registry =
  | string
  | { readonly url: string; readonly kind?: "list" }
  | {
      /** The entity identifier of the trust anchor. */
      readonly url: string;
      readonly kind: "openidFederation";
      /** The keys of the trust anchor: Multikey, JSON Web Key as text, or PEM. */
      readonly anchorKeys: readonly string[];
    };

/** How much a policy makes of a check: it counts for the verdict, it is only reported, or it is not carried out. */
export type Requirement = "require" | "report" | "skip";

/** What a verifier demands. Only `acceptedIssuers` must be written: without it a self-made diploma would be "verified". */
export interface Policy {
  /** Whose records are accepted: anyone's, those with one of these identifiers, or those that a registry lists. */
  readonly acceptedIssuers:
    | "anyone"
    | { readonly oneOf: readonly string[] }
    | { readonly registered: readonly Registry[] };
  /** Keys known to be an issuer's, whatever documents say: Multikey, JSON Web Key as text, or PEM. */
  readonly issuerKeys?: readonly { readonly issuer: string; readonly key: string }[];
  /** Certificates of authorities whose word on who an issuer is counts (`x5c`): PEM, or base64 of DER. */
  readonly x509Anchors?: readonly string[];
  /** JSON-LD contexts admitted with exactly these bytes, on equal footing with embedded ones. */
  readonly contexts?: readonly { readonly url: string; readonly sha256: string }[];
  /** What to make of contexts inside documents; `refuse` by default. */
  readonly inlineContexts?: "refuse" | "allowUnreserved" | "allowUnreservedWithVocab";
  /** The suites that count; all current ones if absent. */
  readonly acceptedSuites?: readonly string[];
  /** Which proofs of several must be good. */
  readonly proofSet?: "issuerAndNoneInvalid" | "everyProof" | "anyProof";
  /** Which instant counts for validity. */
  readonly judgedAt?: "now" | "signingTime";
  /** Requirements that differ from the defaults. Checks of the axis `authentic` are protected. */
  readonly checks?: { readonly [Id in CheckId]?: Requirement };
  /** Protected checks that are switched off all the same; every report says so. */
  readonly danger?: { readonly skip?: readonly CheckId[] };
  /** Whose status lists are believed besides the issuer's own. */
  readonly statusIssuers?: readonly { readonly issuer: string; readonly statusIssuer: string }[];
  /** Seconds since a status list was obtained after which it says nothing; `null`, the default: however long. */
  readonly statusMaxAge?: number | null;
  /** Whether a record has to name a status list: the status of one that names none is indeterminate then. */
  readonly statusRequired?: boolean;
  /** Seconds since what a registry says was obtained after which it says nothing; `null`, the default: however long. */
  readonly registryMaxAge?: number | null;
  /** Entries that a W3C status list should have (131,072), lest fetching it tells whom one asks about. */
  readonly minimumStatusListEntries?: number;
  /** Seconds by which clocks may differ; 300 by default. */
  readonly clockSkew?: number;
  /** How much is processed. A limit that is reached is indeterminate, never invalid. */
  readonly limits?: Limits;
  /** Whether reports give canonical forms and hashes. */
  readonly explain?: boolean;
  /** Whether reports may hold values of the record. */
  readonly revealValues?: boolean;
  /** Whether resources are requested for checks that are only reported, too. */
  readonly requestReported?: boolean;
}

/** How much is processed; what is left out has the value in brackets. More than the hard maximum is misuse. */
export interface Limits {
  /** Bytes of a document (8 MiB, at most 64 MiB). */
  readonly inputBytes?: number;
  /** Arrays and objects inside each other (32, which is the most). */
  readonly depth?: number;
  /** JSON values in a document (1,000,000, at most 10,000,000). */
  readonly values?: number;
  /** Contexts that a document names or brings (32, at most 1,000). */
  readonly contexts?: number;
  /** Term definitions made while processing contexts (500,000, at most 5,000,000). */
  readonly terms?: number;
  /** Statements (quads) of a document (200,000, at most 2,000,000). */
  readonly quads?: number;
  /** Nodes without an identifier (20,000, at most 200,000). */
  readonly blankNodes?: number;
  /** Calls of Hash N-Degree Quads, RDFC-1.0 §4.8 (10,000, at most 1,000,000). */
  readonly hashNDegreeCalls?: number;
  /** Disclosures of one SD-JWT (1,000, at most 100,000). */
  readonly disclosures?: number;
  /** Proofs of one document (32, at most 64). */
  readonly proofs?: number;
  /** Signature checks of one verification (1,000, at most 100,000). */
  readonly signatures?: number;
  /** Records inside records, all together (1,000, at most 100,000). */
  readonly embedded?: number;
  /** How deep records may stand in records (4, at most 8). */
  readonly embeddedDepth?: number;
  /** Bytes of a controlled identifier document or another supplied resource (1 MiB, at most 64 MiB). */
  readonly resourceBytes?: number;
}

// -------------------------------------------------------------------------------------------------------------- occasion

/** An identity that you know the candidate by. */
export interface Recipient {
  /** `id` for the subject's own identifier, or a term of Open Badges 3.0 (`emailAddress`, `sourcedId`, `name` …). */
  readonly type: string;
  /** The identifier, exactly. */
  readonly value: string;
}

/** This one verification. */
export interface Occasion {
  /** What time it is: nothing here reads a clock. */
  readonly now: Date | string;
  /** Whom the record should be about: any one of these identities. */
  readonly recipients?: readonly Recipient[];
  /** Who should have presented it. */
  readonly holder?: string;
  /** The challenge that a presentation must answer. */
  readonly challenge?: string;
  /** The domain that a presentation must be made for. */
  readonly domain?: string;
  /** The media type that came with the bytes. */
  readonly mediaType?: string;
  /** Endorsements that came with the record and do not stand in it: each a text of JSON, or a token. */
  readonly endorsements?: readonly string[];
}

// ------------------------------------------------------------------------------------------------------------- resources

/** What kind of thing a resource is. */
export type ResourceKind =
  | "context"
  | "controlledIdentifierDocument"
  | "issuerRegistry"
  | "credentialSchema"
  | "statusList"
  | "linkedResource"
  | "newerVersion"
  | "hostedDocument"
  | "attachment"
  | "typeMetadata";

/** Something that the verifier needs to know. */
export interface ResourceRequest {
  /** What it is needed as. */
  readonly kind: ResourceKind;
  /** The identifier as written. */
  readonly identifier: string;
  /** https URLs to GET, any one of them; empty where the identifier has none of its own. */
  readonly locations: readonly string[];
  /** Acceptable media types, best first. */
  readonly accept: readonly string[];
  /** More bytes than this are not used. */
  readonly maxBytes: number;
  /** The check that needs it. */
  readonly why: CheckId;
  /** 1: needed for the proof. 2: needed after the proof passed. */
  readonly stage: 1 | 2;
  /** Whether the identifier comes from a document whose signature has not been verified. */
  readonly fromUnverified: boolean;
}

// ---------------------------------------------------------------------------------------------------------------- report

/** There are three answers: what could not be found out is neither verified nor refuted. */
export type Verdict = "verified" | "notVerified" | "indeterminate";

/** What a check found: evidence for, evidence against, could not find out, nothing to check, switched off by the policy. */
export type Outcome = "passed" | "failed" | "indeterminate" | "notApplicable" | "skipped";

/** The four questions that a report answers, whatever the policy requires. */
export type Axis = "authentic" | "current" | "addressed" | "trusted";

/** The worst check of each question. */
export interface Axes {
  /** Is it what the issuer signed, and was it the issuer who signed? */
  readonly authentic: Outcome;
  /** Is it valid now? */
  readonly current: Outcome;
  /** Is it meant for this person and occasion? */
  readonly addressed: Outcome;
  /** Is its issuer one whom the policy accepts? */
  readonly trusted: Outcome;
}

/** One check. `catalogue()` has its question, and what its code means, in words. */
export interface Check {
  readonly id: CheckId;
  readonly code: Code;
  readonly outcome: Outcome;
  readonly requirement: Requirement;
  /** Where: an RFC 6901 pointer into the document as received. */
  readonly pointer?: string;
  /** Typed details (`url`, `limit`, `instant`, `expected`, `term` …): never a value of the record. */
  readonly details?: { readonly [name: string]: string | number | readonly string[] };
  /** For `check.blocked`: the checks that were in the way. */
  readonly because?: readonly CheckId[];
}

/** What a registry says of the issuer: as it publishes it, none of it looked up. */
export interface RegistryReport {
  readonly url: string;
  readonly kind: "list" | "openidFederation";
  /** Only `listed` and `notListed` are answers. */
  readonly outcome:
    | "listed"
    | "notListed"
    | "missing"
    | "unavailable"
    | "unreadable"
    | "notVerified"
    | "notInForce"
    | "notUnderstood"
    | "stale";
  /** The instant at which the registry says it. */
  readonly statedAt?: string;
  readonly name?: string;
  readonly legalName?: string;
  /** URLs. */
  readonly homepage?: string;
  readonly logo?: string;
  readonly location?: string;
  /** Identifiers of the Research Organization Registry and of the Credential Registry. */
  readonly ror?: string;
  readonly ctid?: string;
}

/** One proof of the document. */
export interface Proof {
  readonly pointer: string;
  readonly suite?: string;
  readonly verificationMethod?: string;
  readonly controller?: string;
  readonly created?: string;
  readonly keyType?: string;
  readonly outcome: Outcome;
  readonly role: "issuer" | "cosignature" | "ignored";
  /** Only where the policy says `explain`: it holds the canonical document. */
  readonly explanation?: {
    readonly canonicalDocument: string;
    readonly documentHash: string;
    readonly canonicalProofOptions: string;
    readonly proofOptionsHash: string;
    readonly hashData: string;
  };
}

/** How a record stands in another. */
export type Relation = "presented" | "nested" | "endorsement" | "statusList" | "newerVersion";

/**
 * What was found out about a document. It holds no value of the record, so it can be logged and kept: with its digests, the
 * same inputs give the same report.
 */
export interface Report<V extends Verdict = Verdict> {
  readonly formatVersion: 1;
  readonly verifier: { readonly version: string; readonly tablesDigest: string };
  readonly verdict: V;
  readonly axes: Axes;
  /** What the record is; absent if that was not recognised. */
  readonly format?: { readonly family: string; readonly version: string; readonly carrier: string };
  /** The issuer that the document names. */
  readonly issuer?: {
    readonly id: string;
    /** What binds the key to the issuer; absent if nothing does. */
    readonly boundBy?: string;
    readonly registries?: readonly RegistryReport[];
  };
  readonly validity: { readonly from?: string; readonly until?: string; readonly judgedAt?: string };
  /** Every check, whatever failed before it; those with nothing to check are left out. */
  readonly checks: readonly Check[];
  /** What to fetch and supply before asking again; empty when asking again changes nothing. */
  readonly requests: readonly ResourceRequest[];
  readonly proofs: readonly Proof[];
  readonly contexts: readonly {
    readonly url: string;
    readonly sha256: string;
    readonly date?: string;
    readonly origin: "embedded" | "pinned" | "supplied" | "inline";
    readonly used: boolean;
  }[];
  readonly resourcesUsed: readonly {
    readonly kind: ResourceKind;
    readonly id: string;
    readonly sha256?: string;
    readonly retrievedAt?: string;
  }[];
  readonly embedded: readonly {
    readonly pointer: string;
    readonly relation: Relation;
    readonly report: Report;
  }[];
  /** The instant of the occasion. */
  readonly evaluatedAt: string;
  readonly policyDigest: string;
  readonly occasionDigest: string;
  readonly inputDigest: string;
}

// ---------------------------------------------------------------------------------------------------------------- result

/** Every required check passed: the only way to accepted claims. */
export interface VerifiedRecord {
  readonly verdict: "verified";
  readonly report: Report<"verified">;
  /** What it says, in the one shape that all formats have; `null` of a presentation, whose records are in `embedded`. */
  readonly record: LearningRecord | null;
  /** The document without its proof, as the proof covers it. */
  readonly document: JsonObject;
  /** What came of the records inside, each with its own verdict. */
  readonly embedded: readonly EmbeddedResult[];
}

/** There is evidence against it (`notVerified`), or it could not be found out (`indeterminate`). */
export interface UnverifiedRecord {
  readonly verdict: "notVerified" | "indeterminate";
  readonly report: Report<"notVerified" | "indeterminate">;
  /**
   * What it says, if that is authentic but, say, expired, revoked, of unknown status or of an issuer who is not accepted.
   * For showing, together with the verdict; not for relying on.
   */
  readonly authenticRecord: LearningRecord | null;
  /** What came of the records inside, each with its own verdict. */
  readonly embedded: readonly EmbeddedResult[];
}

/** What came of a verification. Only where `verdict` is `"verified"` is there a `record`. */
export type Result = (VerifiedRecord | UnverifiedRecord) & {
  /** The report as text: byte for byte what Rust and C give. */
  readonly json: string;
};

/** What came of a record inside the record. */
export type EmbeddedResult = (VerifiedRecord | UnverifiedRecord) & {
  /** Where it stands: an RFC 6901 pointer. */
  readonly pointer: string;
  readonly relation: Relation;
};

// ---------------------------------------------------------------------------------------------------------------- record

/**
 * Who said a value, and what of it a signature covers: the issuer; the subject or holder alone (`selfAsserted`); the issuer
 * of a record inside this one; the issuer, but that it stands here is not signed (`graphOnly`).
 */
export type Origin = "issuer" | "selfAsserted" | "nestedIssuer" | "graphOnly";

/** A text in one language; none is picked silently. */
export interface Text {
  readonly value: string;
  /** The language tag (BCP 47) in lower case, if one is stated. */
  readonly language?: string;
  readonly direction?: string;
  readonly origin: Origin;
}

/** A date, as it is written and as an instant. */
export interface RecordDate {
  readonly value: string;
  /** The instant, or the first instant of the day, month or year, UTC. */
  readonly instant?: string;
  readonly precision: "year" | "month" | "day" | "second" | "unknown";
  /** It has a time without an offset, so that UTC was assumed. */
  readonly utcAssumed?: true;
  readonly origin: Origin;
}

/** A number, with what it counts. */
export interface Quantity {
  readonly value: number;
  /** What it counts, where the record says so. */
  readonly unit?: string;
  readonly origin: Origin;
}

/** An identifier that the record gives for something. */
export interface Identifier {
  readonly type?: string;
  readonly value: string;
  readonly origin: Origin;
}

/** An organisation or person that plays a part. */
export interface Party {
  readonly id?: string;
  /** The name it gives itself. Anyone can claim any name. */
  readonly claimedName?: readonly Text[];
  /** The name under which a registry lists the identifier. */
  readonly registeredName?: string;
  readonly description?: readonly Text[];
  readonly url?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly country?: string;
  readonly image?: string;
  readonly identifiers?: readonly Identifier[];
  /** The organisations it says to be part of, from the nearest outwards. */
  readonly parents?: readonly { readonly id?: string; readonly claimedName?: readonly Text[] }[];
  readonly origin: Origin;
}

/** Whom the record is about, as it says itself. */
export interface Holder {
  readonly id?: string;
  readonly name?: readonly Text[];
  readonly givenName?: readonly Text[];
  readonly familyName?: readonly Text[];
  readonly birthDate?: RecordDate;
  readonly identifiers?: readonly {
    readonly type?: string;
    readonly value?: string;
    /** In hexadecimal, if it is hashed. */
    readonly hash?: string;
    readonly algorithm?: string;
    readonly salted?: true;
    readonly origin: Origin;
  }[];
  readonly origin: Origin;
}

/** A skill, or something else that the achievement is aligned with. */
export interface Skill {
  readonly name?: readonly Text[];
  readonly url?: string;
  readonly code?: string;
  /** Where its form is known. That the framework has such an entry was not looked up. */
  readonly framework?: "CTDL" | "CASE" | "ESCO" | "O*NET" | "RSD";
  readonly frameworkName?: readonly Text[];
  readonly type?: string;
  readonly description?: readonly Text[];
  readonly yearsOfExperience?: Quantity;
  readonly proficiency?: readonly Text[];
  readonly endorsers?: readonly Party[];
  /** Pointers of records inside that are about it: their own reports say whether they hold. */
  readonly verifications?: readonly string[];
  /** How the record comes to name it. */
  readonly basis:
    | "stated"
    | "alignment"
    | "resultDescriptionAlignment"
    | "resultAlignment"
    | "inferred"
    | "selfAsserted";
  readonly origin: Origin;
}

/** What results there can be. */
export interface ResultDescription {
  readonly id?: string;
  readonly name?: readonly Text[];
  readonly type?: string;
  readonly min?: string;
  readonly max?: string;
  readonly allowed?: readonly string[];
  readonly requiredValue?: string;
  readonly requiredLevel?: string;
  readonly levels?: readonly {
    readonly id?: string;
    readonly name?: readonly Text[];
    readonly points?: string;
    readonly description?: readonly Text[];
  }[];
  readonly origin: Origin;
}

/** A level of education, in the scheme that the record names. */
export interface EducationLevel {
  readonly scheme: "EQF" | "NQF" | "ISCED" | "educationLevel";
  readonly value?: string;
  readonly number?: number;
  readonly name?: readonly Text[];
  readonly origin: Origin;
}

/** A job. */
export interface Employment {
  readonly organization?: Party;
  readonly department?: readonly Text[];
  readonly title?: readonly Text[];
  readonly start?: RecordDate;
  readonly end?: RecordDate;
  readonly current?: boolean;
  readonly type?: string;
  readonly categories?: readonly Text[];
  readonly description?: readonly Text[];
  readonly location?: readonly Text[];
  readonly pointer?: string;
  readonly verifications?: readonly string[];
  readonly origin: Origin;
}

/** A time at a school or university. */
export interface Education {
  readonly institution?: Party;
  readonly program?: readonly Text[];
  readonly degree?: readonly Text[];
  readonly levels?: readonly EducationLevel[];
  readonly majors?: readonly Text[];
  readonly minors?: readonly Text[];
  readonly start?: RecordDate;
  readonly end?: RecordDate;
  readonly awarded?: RecordDate;
  readonly current?: boolean;
  readonly status?: string;
  readonly credits?: Quantity;
  readonly gpa?: { readonly value?: string; readonly max?: string; readonly scale?: string; readonly origin: Origin };
  readonly honors?: readonly Text[];
  readonly description?: readonly Text[];
  readonly pointer?: string;
  readonly verifications?: readonly string[];
  readonly origin: Origin;
}

/** A licence or certification that the record lists. */
export interface Qualification {
  readonly kind: string;
  readonly name?: readonly Text[];
  readonly description?: readonly Text[];
  readonly identifiers?: readonly Identifier[];
  readonly authority?: Party;
  readonly firstIssued?: RecordDate;
  readonly issued?: RecordDate;
  readonly validFrom?: RecordDate;
  readonly validUntil?: RecordDate;
  readonly status?: string;
  readonly pointer?: string;
  readonly verifications?: readonly string[];
  readonly origin: Origin;
}

/** A file that comes with the record, or that it names. */
export interface Attachment {
  readonly name?: readonly Text[];
  readonly description?: readonly Text[];
  readonly url?: string;
  readonly mediaType?: string;
  readonly size?: number;
  readonly sha256?: string;
  readonly pointer?: string;
  readonly origin: Origin;
}

/** How the issuer would like it to be shown. Nothing of it is done here. */
export interface RenderMethod {
  readonly id?: string;
  readonly type?: readonly string[];
  readonly name?: readonly Text[];
  readonly mediaType?: string;
  readonly mediaQuery?: string;
  readonly suite?: string;
  readonly digest?: string;
  readonly pointer?: string;
  readonly origin: Origin;
}

/** What was achieved. */
export interface Achievement {
  readonly id?: string;
  readonly name?: readonly Text[];
  readonly description?: readonly Text[];
  readonly criteria?: { readonly url?: string; readonly text?: readonly Text[] };
  readonly fieldOfStudy?: readonly Text[];
  readonly specialization?: readonly Text[];
  readonly code?: string;
  readonly version?: string;
  readonly language?: string;
  /** The URL of its picture. A picture proves nothing. */
  readonly image?: string;
  readonly identifiers?: readonly Identifier[];
  readonly levels?: readonly EducationLevel[];
  readonly creditsAvailable?: Quantity;
  readonly tags?: readonly Text[];
  /** What it is aligned with that is not known to be a skill. */
  readonly alignments?: readonly Skill[];
  readonly resultDescriptions?: readonly ResultDescription[];
  readonly origin: Origin;
}

/** A record inside the record: named here; whether it holds says its own report. */
export interface Part {
  readonly pointer: string;
  readonly id?: string;
  readonly type?: readonly string[];
  readonly origin: Origin;
  /** It has no proof of its own: that of this record covers it. */
  readonly sameProof?: true;
  /** What came of it, where its record was put in its place. */
  readonly verdict?: Verdict;
  readonly record?: LearningRecord;
}

/** What kind of thing is recorded. `Other`: see `kindRaw`. */
export type RecordKind =
  | "Achievement"
  | "ApprenticeshipCertificate"
  | "Assessment"
  | "Assignment"
  | "Award"
  | "Badge"
  | "Certificate"
  | "Certification"
  | "CoCurricular"
  | "CommunityService"
  | "Competency"
  | "Course"
  | "Degree"
  | "Diploma"
  | "Employment"
  | "Endorsement"
  | "Fieldwork"
  | "JourneymanCertificate"
  | "LearningProgram"
  | "LearningEntitlement"
  | "License"
  | "MasterCertificate"
  | "Membership"
  | "MicroCredential"
  | "QualityAssuranceCredential"
  | "Resume"
  | "SkillClaim"
  | "Statement"
  | "Transcript"
  | "Other";

/** A record in the one shape that all formats have. Members without a value are absent. */
export interface LearningRecord {
  /** `openBadges`, `clr`, `endorsement`, `verifiableCredential` … */
  readonly family: string;
  readonly version: string;
  readonly profile?: string;
  /** Where the object that it was read from stands in the document. */
  readonly rawPointer?: string;
  readonly id?: string;
  readonly kind: RecordKind;
  readonly degreeLevel?: "associate" | "bachelor" | "master" | "doctoral";
  /** The types, and the kind of achievement, as stated. */
  readonly kindRaw: readonly string[];
  readonly title?: readonly Text[];
  readonly description?: readonly Text[];
  readonly issuer?: Party;
  /** Who defined the achievement, as the issuer says. Not a signer. */
  readonly creator?: Party;
  /** Who assessed it, as the issuer says. Not a signer. */
  readonly assessor?: Party;
  /** Whom it is about. That somebody holds it is not proved by being named. */
  readonly holders?: readonly Holder[];
  readonly achievement?: Achievement;
  /** Whether it was completed: a valid record may be about a failure. */
  readonly completion?: readonly { readonly status: string; readonly origin?: Origin }[];
  readonly skills?: readonly Skill[];
  readonly results?: readonly {
    readonly description?: string;
    readonly name?: readonly Text[];
    readonly type?: string;
    readonly value?: string;
    readonly scaled?: string;
    readonly min?: string;
    readonly max?: string;
    readonly status?: string;
    readonly level?: string;
    /** Whether what is required was reached, where the record itself allows to tell. */
    readonly passed?: boolean;
    readonly origin: Origin;
  }[];
  readonly creditsEarned?: Quantity;
  readonly term?: readonly Text[];
  readonly role?: readonly Text[];
  readonly duration?: readonly Text[];
  readonly licenseNumber?: readonly Text[];
  readonly narrative?: readonly Text[];
  readonly employment?: readonly Employment[];
  readonly education?: readonly Education[];
  readonly qualifications?: readonly Qualification[];
  /** What the issuer points at. Nobody has looked at it. */
  readonly evidence?: readonly {
    readonly url?: string;
    readonly type?: readonly string[];
    readonly name?: readonly Text[];
    readonly narrative?: readonly Text[];
    readonly description?: readonly Text[];
    readonly genre?: readonly Text[];
    readonly audience?: readonly Text[];
    readonly data?: string;
    readonly mediaType?: string;
    readonly digest?: string;
    readonly origin: Origin;
  }[];
  readonly attachments?: readonly Attachment[];
  readonly dates: {
    readonly validFrom?: RecordDate;
    readonly validUntil?: RecordDate;
    /** When it was awarded; since when it is valid, if it does not say. */
    readonly awarded?: RecordDate;
    readonly issued?: RecordDate;
    readonly activityStart?: RecordDate;
    readonly activityEnd?: RecordDate;
  };
  /** Of an endorsement: the identifier of what it endorses. */
  readonly endorses?: string;
  readonly endorsements?: readonly Part[];
  /** Records that this one consists of. */
  readonly children?: readonly Part[];
  readonly relations?: readonly {
    readonly type?: string;
    readonly sourceId?: string;
    readonly targetId?: string;
    readonly origin: Origin;
  }[];
  readonly renderMethods?: readonly RenderMethod[];
  /** Claims for which there is no mapping. */
  readonly claims?: readonly {
    readonly pointer: string;
    readonly value: string | number | boolean;
    readonly origin: Origin;
  }[];
  /** What of the document is not in the record. */
  readonly completeness: {
    readonly childrenComplete?: boolean;
    /** The holder may have left something out. */
    readonly withheld?: boolean;
    readonly notMapped?: readonly string[];
    readonly more?: number;
  };
}

// ----------------------------------------------------------------------------------------------------------------- views

/** The shapes of other systems' results (`docs/README.md`, Views). Success is said only of a verified record. */
export interface Views {
  /** `@digitalcredentials/verifier-core` 1.0. */
  "verifier-core": VerifierCoreView;
  /** DIDKit 0.x: success is an empty `errors`. */
  didkit: { readonly checks: readonly string[]; readonly warnings: readonly string[]; readonly errors: readonly string[] };
  /** Velocity Network. */
  velocity: readonly {
    readonly credentialChecks: {
      readonly [Check in "UNTAMPERED" | "TRUSTED_ISSUER" | "TRUSTED_HOLDER" | "UNREVOKED" | "UNEXPIRED"]:
        "PASS" | "FAIL" | "NOT_APPLICABLE" | "NOT_CHECKED" | "SELF_SIGNED";
    };
    readonly credential?: JsonObject;
  }[];
  /** The result map of VCDM 2.0 §7.1. */
  w3c: {
    readonly status: boolean;
    readonly document?: JsonObject;
    readonly mediaType?: string;
    readonly controller?: string;
    readonly warnings: readonly JsonObject[];
    readonly errors: readonly JsonObject[];
  };
}

/** A credential's `log`, or `errors`; of a presentation, what came of it and of each credential in it. */
export interface VerifierCoreView {
  readonly errors?: readonly VerifierCoreError[];
  readonly log?: readonly {
    readonly id: string;
    readonly valid: boolean;
    readonly error?: VerifierCoreError;
    readonly matchingIssuers?: readonly JsonObject[];
    readonly uncheckedRegistries?: readonly JsonObject[];
  }[];
  readonly additionalInformation?: readonly JsonObject[];
  readonly credential?: JsonObject;
  readonly presentationResult?: { readonly signature: "valid" | "invalid" | "unsigned"; readonly errors?: readonly VerifierCoreError[] };
  readonly credentialResults?: readonly VerifierCoreView[];
}

/** An error in that shape. */
export interface VerifierCoreError {
  readonly name: string;
  readonly message: string;
  readonly details?: JsonObject;
}
