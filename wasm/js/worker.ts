/// <reference lib="esnext.disposable" preserve="true" />
// Verifies in a worker, so that a page stays responsive while it goes through many or large records.
import { LerError, type LerErrorCode } from "./errors.js";
import { Resources } from "./resources.js";
import { type Texts, result } from "./result.js";
import type { Occasion, Policy, Result, Views } from "./types.js";
import type { Call, Reply } from "./worker-script.js";

export * from "./common.js";

/** Where the worker comes from, if not from this package. */
export interface WorkerOptions {
  /** A worker that runs `ler-verify/worker-script`: for those who place that script themselves. */
  readonly worker?: Worker;
  /** The compiled module: the worker then loads nothing. */
  readonly module?: WebAssembly.Module;
}

/** A verifier in a worker of its own. It works like `Verifier`, but for promises. */
export class WorkerVerifier {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: LerError) => void }>();
  #next = 0;
  #ended: LerError | undefined;
  /** What the worker has of which resources. */
  #sent = new WeakMap<Resources, { set: number; epoch: number; position: number }>();
  readonly #forget = new FinalizationRegistry<number>((set) => void this.#call({ call: "forget", set }).catch(() => {}));

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => this.#receive(data));
    worker.addEventListener("messageerror", () => this.#fail("an answer of it cannot be read"));
    worker.addEventListener("error", (event) => this.#fail(event.message || "its script could not be loaded"));
  }

  /**
   * Starts a worker. It is one of browsers: Node has others, in which `ler-verify` itself works.
   *
   * @throws LerError `worker`: it cannot be started. `load`, `policy`: as `init` and `Verifier`, in the worker.
   */
  static async start(policy: Policy, options: WorkerOptions = {}): Promise<WorkerVerifier> {
    const { module } = options;
    let verifier: WorkerVerifier;
    try {
      const worker = options.worker ?? new Worker(new URL("./worker-script.js", import.meta.url), { type: "module" });
      verifier = new WorkerVerifier(worker);
    } catch (cause) {
      throw new LerError("worker", "There is no worker to be had here.", { cause });
    }
    try {
      await verifier.#call({ call: "start", policy, ...(module === undefined ? {} : { module }) });
    } catch (error) {
      verifier.terminate();
      throw error;
    }
    return verifier;
  }

  /**
   * Verifies a record: see `Verifier.verify`. What is given is copied to the worker; calls are answered in their order.
   *
   * @throws LerError `worker`: it ended, or what was given cannot be sent to it. `freed`. What `Verifier.verify` throws.
   */
  async verify(document: Uint8Array | ArrayBuffer | string, occasion: Occasion, resources?: Resources): Promise<Result> {
    const { news, posted } = this.#news(resources);
    const texts = await this.#call({ call: "verify", document, occasion, ...news }, posted);
    const { json, recordsJson } = texts as Texts;
    return result(json, recordsJson);
  }

  /**
   * Verifies a record and gives another system's shape of the report: see `Verifier.view`.
   *
   * @throws LerError as `verify`; `view`: there is no such view.
   */
  async view<V extends keyof Views>(
    view: V,
    document: Uint8Array | ArrayBuffer | string,
    occasion: Occasion,
    resources?: Resources,
  ): Promise<Views[V]> {
    const { news, posted } = this.#news(resources);
    return (await this.#call({ call: "verify", document, occasion, view, ...news }, posted)) as Views[V];
  }

  /** Those resources that the worker does not have yet, and what notes that they were sent. */
  #news(resources: Resources | undefined): {
    news: { set?: number; entries?: ReturnType<Resources["since"]>["entries"] };
    posted?: () => void;
  } {
    if (resources === undefined) return { news: {} };
    if (!(resources instanceof Resources)) {
      throw new LerError("resources", "`resources` has to be a `Resources` of ler-verify.");
    }
    let sent = this.#sent.get(resources);
    if (sent !== undefined && sent.epoch !== resources.epoch) {
      this.#forget.unregister(sent);
      void this.#call({ call: "forget", set: sent.set }).catch(() => {});
      sent = undefined;
    }
    if (sent === undefined) {
      sent = { set: this.#next, epoch: resources.epoch, position: 0 };
      this.#sent.set(resources, sent);
      this.#forget.register(resources, sent.set, sent);
    }
    const known = sent;
    const { entries, next } = resources.since(known.position);
    return { news: { set: known.set, entries }, posted: () => void (known.position = next) };
  }

  #call(call: Call, posted?: () => void): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const number = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      try {
        this.#worker.postMessage({ number, ...call });
        posted?.();
      } catch (cause) {
        this.#waiting.delete(number);
        reject(new LerError("worker", "What was given cannot be sent to a worker.", { cause }));
      }
    });
  }

  #receive(reply: Reply): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if ("error" in reply) waiting?.reject(new LerError(reply.error.code as LerErrorCode, reply.error.message));
    else waiting?.resolve(reply.value);
  }

  /** Nothing more is to be expected of the worker. */
  #fail(reason: string): void {
    this.#worker.terminate();
    this.#end(new LerError("worker", `The worker failed: ${reason}`));
  }

  #end(error: LerError): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  /** Ends the worker, whatever it is doing: calls that wait are rejected with `freed`. */
  terminate(): void {
    this.#worker.terminate();
    this.#end(new LerError("freed", "This verifier was used after `terminate()`."));
  }

  [Symbol.dispose](): void {
    this.terminate();
  }
}
