// What the two entries `./full` have in common: the module with JSON Schema and BBS.
import { type Catalogue, catalogueOf } from "./catalogue.js";
import { Engine } from "./engine.js";
import * as glue from "./glue-full.js";
import type { Policy } from "./types.js";
import { BaseVerifier } from "./verifier.js";

/** @internal */
export const engine = new Engine(glue);

/**
 * Takes a module that is compiled already: in workers, or where nothing can be awaited.
 *
 * @throws LerError `load`: it is another module, or one of another version.
 */
export function initSync(module: WebAssembly.Module): void {
  engine.initSync(module);
}

/**
 * What decides: one policy, for any number of records.
 *
 * ```ts
 * await init();
 * const verifier = new Verifier({ acceptedIssuers: { oneOf: ["did:web:university.example"] } });
 * const result = verifier.verify(bytes, { now: new Date() });
 * if (result.verdict === "verified") show(result.record);
 * else explain(result.report.checks);
 * ```
 */
export class Verifier extends BaseVerifier {
  /** @throws LerError `policy`: it cannot be read or followed. `acceptedIssuers` has to be written. `notInitialized` */
  constructor(policy: Policy) {
    super(engine, policy);
  }
}

/**
 * Every check and every code in words, and where their rules stand.
 *
 * @throws LerError `notInitialized`
 */
export function catalogue(): Catalogue {
  return catalogueOf(engine);
}

/**
 * The version of the library.
 *
 * @throws LerError `notInitialized`
 */
export function version(): string {
  return engine.run("internal", (raw) => raw.version());
}
