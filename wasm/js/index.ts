// The entry `.` of browsers and bundlers: the module stands beside this file.
import { type Catalogue, catalogueOf } from "./catalogue.js";
import { Engine, type InitSource } from "./engine.js";
import * as glue from "./glue.js";
import type { Policy } from "./types.js";
import { BaseVerifier } from "./verifier.js";

const engine = new Engine(glue, () => new URL("./ler_verify.wasm", import.meta.url));

/**
 * Loads the WebAssembly module; everything else needs it. It can be called any number of times: it is loaded once.
 *
 * @param source - Where the module is, if not where this package has it: a URL, a response, bytes, or the compiled module.
 * @throws LerError `load`
 */
export function init(source?: InitSource): Promise<void> {
  return engine.init(source);
}

/** Takes a module that is compiled already: in workers, or where nothing can be awaited. */
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
  /** @throws LerError `policy`: it cannot be read or followed. `acceptedIssuers` has to be written. */
  constructor(policy: Policy) {
    super(engine, policy);
  }
}

/** Every check and every code in words, and where their rules stand. */
export function catalogue(): Catalogue {
  return catalogueOf(engine);
}

/** The version of the library. */
export function version(): string {
  return engine.run("internal", (raw) => raw.version());
}

export * from "./common.js";
