// The entry `./full` of Node: with JSON Schema and BBS.
import { readFile } from "node:fs/promises";
import { type InitSource, once } from "./engine.js";
import { engine } from "./whole.js";

const load = once(engine, () => readFile(new URL("./ler_verify_full.wasm", import.meta.url)));

/**
 * Loads the WebAssembly module; everything else needs it. It can be called any number of times: it is loaded once.
 *
 * @param source - Where the module is, if not where this package has it: a URL, a response, bytes, or the compiled module.
 * @throws LerError `load`: it could not be obtained or compiled. The next call tries again.
 */
export function init(source?: InitSource): Promise<void> {
  return load(source);
}

export * from "./common.js";
export { Verifier, catalogue, initSync, version } from "./whole.js";
