// The entry `./inline`: the module is part of the script, so nothing else is requested.
import { type InitSource, once } from "./engine.js";
import { inlineModule } from "./inline-module.js";
import { engine } from "./small.js";

const load = once(engine, inlineModule);

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
export { Verifier, catalogue, initSync, version } from "./small.js";
