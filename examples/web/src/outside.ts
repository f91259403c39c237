// The way out, for those who asked for it. This page itself cannot connect to any other site: its content security policy
// says so, and the browser enforces it. A frame that may connect, and that never sees a record, is made for one look-up,
// gets addresses and gives bytes, and is removed.

/** What the frame is asked. */
export interface Question {
  readonly url: string;
  readonly accept: string;
  readonly redirect: RequestRedirect;
}

/** What it answers; `undefined` where nothing could be read. */
export type Answer =
  | { readonly status: number; readonly type: ResponseType; readonly url: string; readonly contentType: string | null; readonly bytes: ArrayBuffer }
  | undefined;

/** How long an answer may take, in milliseconds. Nothing may hang on a server that never gives one. */
const LONGEST = 20_000;

/** Runs an action that may use the network, with a `fetch` that exists only meanwhile. */
export async function outside<T>(action: (fetch: typeof globalThis.fetch) => Promise<T>): Promise<T> {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.src = new URL("outside.html", document.baseURI).href;
  const loaded = inTime((resolve) => frame.addEventListener("load", resolve, { once: true }));
  document.body.append(frame);
  try {
    await loaded;
    return await action((input, init) => ask(frame, input, init));
  } finally {
    frame.remove();
  }
}

function inTime<T>(start: (resolve: (value: T) => void, reject: (reason: Error) => void) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new DOMException("no answer in time", "TimeoutError")), LONGEST);
    const done = <V>(settle: (value: V) => void) => (value: V) => (clearTimeout(timer), settle(value));
    start(done(resolve), done(reject));
  });
}

function ask(frame: HTMLIFrameElement, input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const { port1, port2 } = new MessageChannel();
  const question: Question = {
    url: String(input instanceof Request ? input.url : input),
    accept: new Headers(init.headers).get("accept") ?? "*/*",
    redirect: init.redirect ?? "error",
  };
  return inTime((resolve, reject) => {
    init.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    port1.onmessage = ({ data }: MessageEvent<Answer>) => {
      port1.close();
      if (data === undefined) reject(new TypeError("the request failed"));
      else resolve(responseOf(data));
    };
    frame.contentWindow?.postMessage(question, location.origin, [port2]);
  });
}

/** A response with all that `ler-verify/fetch` reads of one; that of a redirect has a status that `Response` does not take. */
function responseOf({ status, type, url, contentType, bytes }: Exclude<Answer, undefined>): Response {
  const headers = new Headers(contentType === null ? {} : { "content-type": contentType });
  const body = new Blob([bytes]).stream();
  return { status, type, url, headers, body, ok: status >= 200 && status < 300 } as Response;
}
