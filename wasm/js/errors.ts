/**
 * What a caller can do wrong. A record that does not verify is no error: the result says so.
 *
 * - `notInitialized`: something was used before `await init()`.
 * - `load`: the WebAssembly module could not be obtained or compiled.
 * - `policy`, `occasion`, `resources`: what was given cannot be read; the message says where and why.
 * - `document`: what was given is neither bytes nor text, or larger than 64 MiB, which no policy can allow.
 * - `view`: there is no such view.
 * - `freed`: it was used after `free()`.
 * - `fetch`: options of `ler-verify/fetch` that cannot be followed.
 * - `worker`: the worker could not be started, or ended.
 * - `internal`: a fault of this library. What was in the instance is gone; the next call has a fresh one.
 */
export type LerErrorCode =
  | "notInitialized"
  | "load"
  | "policy"
  | "occasion"
  | "resources"
  | "document"
  | "view"
  | "freed"
  | "fetch"
  | "worker"
  | "internal";

/** Misuse, or a fault of this library; never something about a record. */
export class LerError extends Error {
  override readonly name = "LerError";
  /** What is wrong, for programs. The message is for people and may change. */
  readonly code: LerErrorCode;

  constructor(code: LerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
