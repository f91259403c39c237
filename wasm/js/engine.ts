// The WebAssembly instance: how it comes to be, and how a new one takes its place after a trap.
import { LerError, type LerErrorCode } from "./errors.js";
import type * as Raw from "./raw.js";

/** What wasm-bindgen wrote for one of the modules. */
export type Glue = typeof Raw;

/** Where a module can come from. */
export type InitSource = string | URL | Response | Promise<Response> | BufferSource | WebAssembly.Module;

/** One module with its instance, for all entries that use it. */
export class Engine {
  readonly #glue: Glue;
  #ready = false;
  /** The instance cannot be relied on, and no other has taken its place yet. */
  #lost = false;
  /** Handles of an earlier generation belong to an instance that is gone. */
  generation = 0;

  constructor(glue: Glue) {
    this.#glue = glue;
  }

  /** Takes a module that is compiled already. */
  initSync(module: WebAssembly.Module): void {
    if (this.#ready) return;
    try {
      this.#glue.initSync({ module });
    } catch (cause) {
      throw new LerError("load", "This is not the WebAssembly module of this version of ler-verify.", { cause });
    }
    this.#ready = true;
  }

  /** Obtains the module, unless there is an instance already. */
  async load(source: InitSource | (() => InitSource | Promise<InitSource>)): Promise<void> {
    if (this.#ready) return;
    let module: WebAssembly.Module;
    try {
      module = await compile(await (typeof source === "function" ? source() : source));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new LerError("load", `The WebAssembly module could not be loaded: ${reason}`, { cause });
    }
    this.initSync(module);
  }

  /** The functions of the module. */
  get raw(): Glue {
    if (!this.#ready) {
      throw new LerError("notInitialized", "ler-verify was used before `await init()` was done.");
    }
    return this.#glue;
  }

  /**
   * Calls into the module. What it throws by itself is misuse, under `code`; anything else is a trap, after which nothing
   * in the instance can be relied on: a new one takes its place.
   */
  run<T>(code: LerErrorCode, action: (raw: Glue) => T): T {
    const raw = this.raw;
    try {
      if (this.#lost) this.#replace();
      return action(raw);
    } catch (cause) {
      if (cause instanceof LerError) throw cause;
      if (cause instanceof Error && cause.constructor === Error) throw new LerError(code, cause.message);
      this.renew();
      throw new LerError("internal", "A fault of ler-verify ended this call; the next one starts afresh.", { cause });
    }
  }

  /** Gives up the instance, with all its memory, for a new one. */
  renew(): void {
    this.generation += 1;
    this.#lost = true;
    try {
      this.#replace();
    } catch {
      // There is no room for another one now: the next call tries again, and says so if there still is none.
    }
  }

  #replace(): void {
    this.#glue.__wbg_reset_state();
    this.#lost = false;
  }

  /** Gives back what a handle has, if its instance is still there. */
  release(handle: { free(): void } | undefined, generation: number): void {
    if (handle !== undefined && generation === this.generation) this.run("internal", () => handle.free());
  }
}

/** `init` of an entry, which finds the module by itself at `own`: what is given at a later call is not looked at. */
export function once(engine: Engine, own: () => InitSource | Promise<InitSource>): (source?: InitSource) => Promise<void> {
  let loading: Promise<void> | undefined;
  return (source) => {
    loading ??= engine.load(source ?? own).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

async function compile(source: InitSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
  const response = await (typeof source === "string" || source instanceof URL ? fetch(source) : source);
  if (typeof response?.arrayBuffer !== "function") {
    throw new Error("what was given is neither a URL, a response, bytes nor a compiled module");
  }
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  // Streams are compiled of exactly this media type alone, and servers that do not know it are common.
  if (response.headers.get("content-type") === "application/wasm") return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}
