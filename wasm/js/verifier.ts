/// <reference lib="esnext.disposable" preserve="true" />
import type { Engine } from "./engine.js";
import { LerError } from "./errors.js";
import type * as Raw from "./raw.js";
import { Resources, bytesOf, instant } from "./resources.js";
import { type Texts, result } from "./result.js";
import type { Occasion, Policy, Result, Views } from "./types.js";

/** No policy allows more (`limits.inputBytes`). */
const LARGEST_DOCUMENT = 64 * 1024 * 1024;

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
   * @throws LerError for misuse only, never because of what a record says.
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
   */
  view<V extends keyof Views>(
    view: V,
    document: Uint8Array | ArrayBuffer | string,
    occasion: Occasion,
    resources?: Resources,
  ): Views[V] {
    return this.#with(document, occasion, resources, (verification) => {
      const text = verification.view(view);
      if (text === undefined) throw new LerError("view", `There is no view "${String(view)}".`);
      return JSON.parse(text) as Views[V];
    });
  }

  #with<T>(
    document: Uint8Array | ArrayBuffer | string,
    occasion: Occasion,
    resources: Resources | undefined,
    use: (verification: Raw.Verification) => T,
  ): T {
    const bytes = bytesOf(document, "document");
    if (bytes.length > LARGEST_DOCUMENT) {
      throw new LerError("document", "Larger than 64 MiB, which no policy allows: nothing of it was read.");
    }
    const text = textOf(occasionOf(occasion), "occasion");
    if (resources !== undefined && !(resources instanceof Resources)) {
      throw new LerError("resources", "`resources` has to be a `Resources` of ler-verify.");
    }
    const engine = this.#engine;
    const verifier = this.#handle();
    const own = resources === undefined ? engine.run("resources", (raw) => new raw.Resources()) : undefined;
    const supplied = own ?? resources!.in(engine);
    try {
      return engine.run("occasion", () => {
        const verification = verifier.verify(bytes, text, supplied);
        const outcome = use(verification);
        verification.free();
        return outcome;
      });
    } finally {
      if (this.#generation === engine.generation) own?.free();
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

  /** Gives its memory back. `using` and garbage collection do the same. */
  free(): void {
    const raw = this.#raw;
    this.#raw = undefined;
    if (raw !== undefined && this.#generation === this.#engine.generation) raw.free();
  }

  [Symbol.dispose](): void {
    this.free();
  }
}

function occasionOf(occasion: Occasion): unknown {
  if (occasion === null || typeof occasion !== "object") {
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
