/// <reference lib="esnext.disposable" preserve="true" />
import type { Engine } from "./engine.js";
import { LerError } from "./errors.js";
import type * as Raw from "./raw.js";
import { Resources, bytesOf, instant } from "./resources.js";
import { type Texts, result } from "./result.js";
import type { Occasion, Policy, Result, Views } from "./types.js";

/** No policy allows more (`limits.inputBytes`): of such a document there is a report, but all that is read of it is its digest. */
const LARGE = 64 * 1024 * 1024;
/** Twice as much is all the memory that there is. */
const LARGEST = 256 * 1024 * 1024;

/**
 * What decides: one policy, for any number of records. It keeps what it worked out about contexts, so make one and keep it.
 */
export class BaseVerifier {
  readonly #engine: Engine;
  readonly #policy: string;
  #raw: Raw.Verifier | undefined;
  #generation: number;

  protected constructor(engine: Engine, policy: Policy) {
    this.#engine = engine;
    this.#policy = textOf(policy, "policy");
    this.#raw = engine.run("policy", (raw) => new raw.Verifier(this.#policy));
    this.#generation = engine.generation;
  }

  /**
   * Verifies a record. The same arguments give the same result; nothing is fetched, no clock is read. What is needed and not
   * there stands in `result.report.requests`: fetch it, put it into `resources`, and call again (`ler-verify/fetch` does).
   *
   * @param document - The bytes exactly as received: JSON, a token, an image. A parsed and rewritten object is another thing.
   * @param occasion - When it is, whom the record should be about, what a presentation should answer.
   * @param resources - What was fetched so far.
   * @throws LerError for misuse only, never because of what a record says: `document`, `occasion`, `resources`, `freed`.
   */
  verify(document: Uint8Array | ArrayBuffer | string, occasion: Occasion, resources?: Resources): Result {
    const { json, recordsJson } = this.texts(document, occasion, resources);
    return result(json, recordsJson);
  }

  /** @internal What `verify` makes a result of. */
  texts(document: Uint8Array | ArrayBuffer | string, occasion: Occasion, resources?: Resources): Texts {
    return this.#with(document, occasion, resources, (verification) => ({
      json: verification.report(),
      recordsJson: verification.records(),
    }));
  }

  /**
   * Verifies a record and gives the report in the shape that users of another system parse. There, what could not be found
   * out is failure. A view of a verified record holds its claims; a report never does.
   *
   * @throws LerError `view`: there is no such view. What `verify` throws.
   */
  view<V extends keyof Views>(
    view: V,
    document: Uint8Array | ArrayBuffer | string,
    occasion: Occasion,
    resources?: Resources,
  ): Views[V] {
    const name: unknown = view;
    const text =
      typeof name === "string"
        ? this.#with(document, occasion, resources, (verification) => verification.view(name))
        : undefined;
    if (text === undefined) throw new LerError("view", `There is no view "${String(name)}".`);
    return JSON.parse(text) as Views[V];
  }

  #with<T>(
    document: Uint8Array | ArrayBuffer | string,
    occasion: Occasion,
    resources: Resources | undefined,
    use: (verification: Raw.Verification) => T,
  ): T {
    const bytes = bytesOf(document, "document");
    if (bytes.length > LARGEST) {
      throw new LerError("document", "Larger than 256 MiB, which no policy allows: nothing of it was read.");
    }
    const text = textOf(occasionOf(occasion), "occasion");
    if (resources !== undefined && !(resources instanceof Resources)) {
      throw new LerError("resources", "`resources` has to be a `Resources` of ler-verify.");
    }
    const engine = this.#engine;
    // A large document has an instance of its own, whose memory goes with it; resources are not looked at.
    const isLarge = bytes.length > LARGE;
    if (isLarge) engine.renew();
    const verifier = this.#handle();
    const generation = engine.generation;
    const own = isLarge || resources === undefined ? engine.run("internal", (raw) => new raw.Resources()) : undefined;
    const supplied = own ?? resources!.in(engine);
    try {
      return engine.run("occasion", () => {
        const verification = verifier.verify(bytes, text, supplied);
        const outcome = use(verification);
        verification.free();
        return outcome;
      });
    } finally {
      if (isLarge) engine.renew();
      engine.release(own, generation);
    }
  }

  /** The verifier in the instance that there is now. */
  #handle(): Raw.Verifier {
    if (this.#raw === undefined) throw new LerError("freed", "This verifier was used after `free()`.");
    const engine = this.#engine;
    if (this.#generation !== engine.generation) {
      this.#raw = engine.run("policy", (raw) => new raw.Verifier(this.#policy));
      this.#generation = engine.generation;
    }
    return this.#raw;
  }

  /** Gives its memory back; a second time does nothing. `using` and garbage collection do the same. */
  free(): void {
    const raw = this.#raw;
    this.#raw = undefined;
    this.#engine.release(raw, this.#generation);
  }

  [Symbol.dispose](): void {
    this.free();
  }
}

function occasionOf(occasion: Occasion): unknown {
  if (occasion === null || typeof occasion !== "object" || Array.isArray(occasion)) {
    throw new LerError("occasion", "An occasion says at least when it is: `{ now: new Date() }`.");
  }
  return occasion.now instanceof Date ? { ...occasion, now: instant(occasion.now, "occasion") } : occasion;
}

/** What was given as JSON text. */
function textOf(value: unknown, subject: "policy" | "occasion"): string {
  try {
    const text = JSON.stringify(value) as string | undefined;
    if (text !== undefined) return text;
  } catch (cause) {
    throw new LerError(subject, `The ${subject} cannot be written as JSON.`, { cause });
  }
  throw new LerError(subject, `The ${subject} cannot be written as JSON.`);
}
