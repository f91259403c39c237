// The two texts that come out of the module, as objects. `JSON.parse` makes every member an own property, so that no name
// in a record can change what an object is.
import type { EmbeddedResult, JsonObject, LearningRecord, Report, Result } from "./types.js";

/** What `Verification.records` gives. */
interface Records {
  readonly record?: LearningRecord;
  readonly document?: JsonObject;
  readonly embedded: readonly Records[];
}

/** Reads a text when it is first looked at: most results are only asked for their verdict. */
type Lazy = () => Records;

class VerifiedResult {
  readonly verdict = "verified";
  readonly #records: Lazy;
  readonly report: Report;
  constructor(report: Report, records: Lazy) {
    this.report = report;
    this.#records = records;
  }
  get record(): LearningRecord | null {
    return this.#records().record ?? null;
  }
  get document(): JsonObject {
    return this.#records().document ?? {};
  }
  get embedded(): EmbeddedResult[] {
    return embedded(this.report, this.#records);
  }
}

class UnverifiedResult {
  readonly verdict: "notVerified" | "indeterminate";
  readonly #records: Lazy;
  readonly report: Report;
  constructor(verdict: "notVerified" | "indeterminate", report: Report, records: Lazy) {
    this.verdict = verdict;
    this.report = report;
    this.#records = records;
  }
  get authenticRecord(): LearningRecord | null {
    return this.#records().record ?? null;
  }
  get embedded(): EmbeddedResult[] {
    return embedded(this.report, this.#records);
  }
}

function resultOf(report: Report, records: Lazy): VerifiedResult | UnverifiedResult {
  return report.verdict === "verified"
    ? new VerifiedResult(report, records)
    : new UnverifiedResult(report.verdict, report, records);
}

function embedded(report: Report, records: Lazy): EmbeddedResult[] {
  return report.embedded.map(({ pointer, relation, report }, index) => {
    const result = resultOf(report, () => records().embedded[index] ?? { embedded: [] });
    return Object.assign(result, { pointer, relation }) as EmbeddedResult;
  });
}

/** What the module gives for one verification. */
export interface Texts {
  readonly json: string;
  readonly recordsJson: string;
}

/** The result of one verification, from the texts that the module gave. */
export function result(json: string, recordsJson: string): Result {
  let records: Records | undefined;
  const lazy = () => (records ??= JSON.parse(recordsJson) as Records);
  return Object.assign(resultOf(JSON.parse(json) as Report, lazy), { json }) as Result;
}
