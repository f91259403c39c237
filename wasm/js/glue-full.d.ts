// What wasm-bindgen writes (`dist/glue-full.js`), as far as the shell uses it.
export { initSync, Resources, Verification, Verifier, catalogue, version, __wbg_reset_state } from "./raw.js";
