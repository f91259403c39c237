// The WebAssembly instance: how it comes to be, and how a new one takes its place after a trap.
import { LerError, type LerErrorCode } from "./errors.js";
import type * as Raw from "./raw.js";

/** What wasm-bindgen wrote for one of the modules. */
export type Glue = typeof Raw;

/** Where a module can come from. */
export type InitSource = string | URL | Response | Promise<Response> | BufferSource | WebAssembly.Module;

/** One module with its instance. */
export class Engine {
  readonly #glue: Glue;
  /** The module as the entry finds it by itself. */
  readonly #own: () => InitSource | Promise<InitSource>;
  #loading: Promise<void> | undefined;
  #ready = false;
  /** Handles of an earlier generation belong to an instance that is gone. */
  generation = 0;

  constructor(glue: Glue, own: () => InitSource | Promise<InitSource>) {
    this.#glue = glue;
    this.#own = own;
  }

  /** Loads the module, once: what is given at a later call is not looked at, unless the first one failed. */
  init(source?: InitSource): Promise<void> {
    this.#loading ??= this.#load(source).catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
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
    this.#loading = Promise.resolve();
  }

  async #load(source: InitSource | undefined): Promise<void> {
    let module: WebAssembly.Module;
    try {
      module = await compile(source ?? (await this.#own()));
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
      return action(raw);
    } catch (cause) {
      if (cause instanceof LerError) throw cause;
      if (cause instanceof Error && cause.constructor === Error) throw new LerError(code, cause.message);
      this.generation += 1;
      raw.__wbg_reset_state();
      throw new LerError("internal", "A fault of ler-verify ended this call; the next one starts afresh.", { cause });
    }
  }
}

async function compile(source: InitSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
  const response = await (typeof source === "string" || source instanceof URL ? fetch(source) : source);
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  // Servers that do not know the media type of WebAssembly are common: then without streaming.
  const mediaType = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType === "application/wasm") return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}
