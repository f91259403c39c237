// The only file that uses the network, and only for what `allow` allows.
//
// A document that nobody has verified yet decides what is asked for here. Whatever goes wrong is a reason, never an error:
// what could not be fetched makes a verdict indeterminate, not wrong.
import { LerError } from "./errors.js";
import { Resources, type Resource, bytesOf } from "./resources.js";
import type { Occasion, ResourceKind, ResourceRequest, Result } from "./types.js";

/** More rounds than this are never needed. */
const ROUNDS = 8;
/** How many documents one record may make this page fetch. */
const FETCHES = 40;
/** How many locations of one request are tried. */
const LOCATIONS = 4;
/** How many documents are fetched at the same time. */
const AT_ONCE = 6;
/** Milliseconds for one document. */
const TIMEOUT = 20_000;
/** Milliseconds for all documents. */
const PATIENCE = 60_000;
/** A timer for longer goes off at once. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** A longer `Accept` makes browsers ask the server first (CORS), which hardly any answers. */
const LONGEST_ACCEPT = 128;
/** What a federation says of an issuer; with a body under 404 that it does not know it (OpenID Federation 1.0 §8.9). */
const ENTITY_STATEMENT = "application/entity-statement+jwt";

/** A verifier of any entry, the one in a worker included. */
export interface AnyVerifier {
  /** As `Verifier.verify`, at once or later. */
  verify(document: Uint8Array | ArrayBuffer | string, occasion: Occasion, resources?: Resources): Result | Promise<Result>;
}

/** What is going on. */
export interface Progress {
  /** The round, from 1. */
  readonly round: number;
  readonly request: ResourceRequest;
  /** `refused`: `allow` said no; the request stays open. */
  readonly state: "fetching" | "found" | "unavailable" | "refused";
  /** Why it is unavailable. */
  readonly reason?: string;
  /** How many requests were answered so far, with or without success. */
  readonly done: number;
}

/** What may be fetched, and how. */
export interface FetchOptions {
  /**
   * Whether this request may be sent to this URL: asked for each location, and again for each redirect. `publicHttps` is the
   * obvious argument. What is refused stays in `report.requests`, so that people can be asked and the call repeated.
   */
  readonly allow: (request: ResourceRequest, url: URL) => boolean | Promise<boolean>;
  /** What was fetched so far; what is fetched now is added, even if it is stopped. */
  readonly resources?: Resources;
  /** Instead of the global one: in Node, one that resolves names itself and refuses private addresses. */
  readonly fetch?: typeof globalThis.fetch;
  /** Stops it, whatever it is waiting for: the promise is then rejected with the reason of the signal. */
  readonly signal?: AbortSignal;
  /** Told of every step. */
  readonly onProgress?: (progress: Progress) => void;
  /** The most bytes of one document, by kind; never more than the verifier allows. */
  readonly maxBytes?: { readonly [Kind in ResourceKind]?: number };
  /** Milliseconds for one document, redirects included (20,000); then it is unavailable. */
  readonly timeout?: number;
  /** Milliseconds for all documents together (60,000); what was not begun then stays in `report.requests`. */
  readonly patience?: number;
}

/**
 * Verifies a record, fetching what is needed: call, fetch what the report asks for, call again until it asks for nothing (at
 * most 8 rounds).
 *
 * Requests carry no cookies, no referrer and nothing about the record but the URL that its issuer wrote. Keys, registries and
 * status lists are taken from where their identifier says, never after a redirect.
 *
 * @throws LerError `fetch`: there is no `allow`, or another option cannot be followed. What `verify`, `allow` and `onProgress`
 *   throw. The reason of `signal`. Nothing is fetched any more when the promise is settled.
 */
export async function verifyWithFetch(
  verifier: AnyVerifier,
  document: Uint8Array | ArrayBuffer | string,
  occasion: Occasion,
  options: FetchOptions,
): Promise<Result> {
  const misuse = misuseOf(options);
  if (misuse !== undefined) throw new LerError("fetch", misuse);
  const { resources = new Resources(), signal, patience = PATIENCE, onProgress } = options;
  // As it is now: pages use their buffers again while they wait.
  const bytes = typeof document === "string" ? document : bytesOf(document, "document").slice();
  // However it ends, nothing goes on in the background.
  const end = new AbortController();
  const stop = () => end.abort(signal?.reason);
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  const run: Run = { options, signal: end.signal, until: performance.now() + patience, got: new Map() };
  const verify = () => {
    end.signal.throwIfAborted();
    return before(end.signal, verifier.verify(bytes, occasion, resources));
  };
  try {
    const seen = new Set<string>();
    let done = 0;
    let result = await verify();
    for (let round = 1; round <= ROUNDS; round += 1) {
      const open = result.report.requests.filter((request) => !seen.has(key(request))).slice(0, FETCHES - seen.size);
      let answered = false;
      await each(open, async (request) => {
        const tell = (state: Progress["state"], reason?: string) =>
          onProgress?.({ round, request, state, done, ...(reason === undefined ? {} : { reason }) });
        if (performance.now() >= run.until) return;
        seen.add(key(request));
        const answer = await obtain(request, run, () => tell("fetching"));
        end.signal.throwIfAborted();
        if (answer === "refused") return tell("refused");
        resources.answer(request, answer);
        answered = true;
        done += 1;
        if ("unavailable" in answer) tell("unavailable", answer.unavailable);
        else tell("found");
      });
      if (!answered) break;
      result = await verify();
    }
    return result;
  } finally {
    signal?.removeEventListener("abort", stop);
    end.abort();
  }
}

/** What is wrong with the options. */
function misuseOf(options: FetchOptions): string | undefined {
  const isFunction = (value: unknown) => value === undefined || typeof value === "function";
  const isAmount = (value: unknown) => value === undefined || (typeof value === "number" && value >= 0);
  if (typeof options?.allow !== "function") {
    return "`allow` has to say what may be fetched: `{ allow: publicHttps }`, for instance.";
  }
  const { resources, fetch = globalThis.fetch, onProgress, timeout, patience, maxBytes = {} } = options;
  if (resources !== undefined && !(resources instanceof Resources)) return "`resources` has to be a `Resources` of ler-verify.";
  if (typeof fetch !== "function" || !isFunction(onProgress)) return "`fetch` and `onProgress` are functions.";
  if (!isAmount(timeout) || !isAmount(patience)) return "`timeout` and `patience` are milliseconds.";
  if (!Object.values(maxBytes).every(isAmount)) return "`maxBytes` has a number of bytes for each kind.";
  return undefined;
}

/** One call of `verifyWithFetch`. */
interface Run {
  readonly options: FetchOptions;
  /** Aborted when the call ends, however it does. */
  readonly signal: AbortSignal;
  /** When patience is over, by the clock of `performance.now()`. */
  readonly until: number;
  /** What was asked for already: identifiers can differ and lead to one URL. */
  readonly got: Map<string, Promise<Resource>>;
}

/** What a promise gives, unless the signal is aborted before: some promises never end. */
function before<T>(signal: AbortSignal, value: T | PromiseLike<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason);
    /** First nobody listens any more: Node warns where many do. */
    const settle = <A>(how: (given: A) => void) => (given: A) => {
      signal.removeEventListener("abort", stop);
      how(given);
    };
    signal.addEventListener("abort", stop);
    Promise.resolve(value).then(settle(resolve), settle(reject));
    if (signal.aborted) stop();
  });
}

const key = (request: ResourceRequest) => `${request.kind} ${request.identifier}`;

async function each<T>(items: readonly T[], action: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const work = async () => {
    for (const item of queue) await action(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** A reason for which there is no answer. */
class Unavailable extends Error {}

async function obtain(
  request: ResourceRequest,
  run: Run,
  begin: () => void,
): Promise<Resource | { unavailable: string } | "refused"> {
  const reasons = new Set<string>();
  let refused = false;
  for (const location of request.locations.slice(0, LOCATIONS)) {
    const url = https(location);
    if (url === undefined) {
      reasons.add("only plainly written https URLs are fetched");
    } else if (!(await before(run.signal, run.options.allow(request, url)))) {
      refused = true;
    } else {
      begin();
      try {
        return await once(request, url, run);
      } catch (error) {
        run.signal.throwIfAborted();
        if (!(error instanceof Unavailable)) throw error;
        reasons.add(error.message);
      }
    }
  }
  // Whoever refused can still be asked.
  if (refused) return "refused";
  if (reasons.size === 0) return { unavailable: "it has no https location of its own: supply it" };
  return { unavailable: [...reasons].join("; ") };
}

/** One request to a URL for the same thing, however many ask. */
function once(request: ResourceRequest, url: URL, run: Run): Promise<Resource> {
  const name = JSON.stringify([request.kind, url.href, request.accept, request.maxBytes]);
  let got = run.got.get(name);
  if (got === undefined) {
    got = get(request, url, run);
    run.got.set(name, got);
  }
  return got;
}

/** How many redirects are followed. What says whose keys are whose must be where its identifier says. */
function redirects(kind: ResourceKind): number {
  return kind === "context" || kind === "credentialSchema" ? 3 : 0;
}

/** An https URL with a host and nothing that could mislead about which host it is. */
function https(text: string, base?: URL): URL | undefined {
  try {
    const url = new URL(text, base);
    url.hash = "";
    return url.protocol === "https:" && url.username === "" && url.password === "" ? url : undefined;
  } catch {
    return undefined;
  }
}

/** Waits for something, but no longer than a document may take. */
type Wait = <T>(value: PromiseLike<T>) => Promise<T>;

async function get(request: ResourceRequest, start: URL, run: Run): Promise<Resource> {
  const { fetch = globalThis.fetch, timeout = TIMEOUT } = run.options;
  const controller = new AbortController();
  const stop = () => controller.abort();
  run.signal.addEventListener("abort", stop);
  const timer = setTimeout(stop, Math.min(timeout, run.until - performance.now(), LONGEST_TIMER));
  /** Nothing is waited for longer than that, whether it heeds signals or not. */
  const wait: Wait = (value) => before(controller.signal, value);
  const send = (url: URL, redirect: RequestRedirect) =>
    wait(
      fetch(url.href, {
        headers: { accept: acceptOf(request) },
        credentials: "omit",
        referrerPolicy: "no-referrer",
        // As it is now, and no trace of it stays on the device.
        cache: "no-store",
        mode: "cors",
        redirect,
        signal: controller.signal,
      }),
    );
  try {
    let url = start;
    let followed = 0;
    for (;;) {
      let response = await send(url, "manual");
      if (isRedirect(response)) {
        const most = redirects(request.kind);
        if (most === 0) throw new Unavailable("it redirects elsewhere, which is not followed for such a document");
        if (followed === most) throw new Unavailable(`more than ${most} redirects`);
        if (response.type !== "opaqueredirect") {
          followed += 1;
          url = await wait(target(request, response.headers.get("location"), url, run));
          continue;
        }
        // Browsers do not say where to: they follow by themselves, and say where they arrived.
        response = await send(url, "follow");
        if (response.url !== url.href) await wait(target(request, response.url, url, run));
      }
      return await read(request, response, run, wait);
    }
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    if (controller.signal.aborted) throw new Unavailable("it took too long");
    throw new Unavailable(`the request failed: ${reasonOf(error)}`);
  } finally {
    clearTimeout(timer);
    run.signal.removeEventListener("abort", stop);
    // What is left of a body is not waited for.
    controller.abort();
  }
}

/** The media types, best first: as many as browsers send without asking first. */
function acceptOf({ accept }: ResourceRequest): string {
  let text = "";
  for (const mediaType of accept) {
    const longer = text === "" ? mediaType : `${text}, ${mediaType}`;
    if (longer.length > LONGEST_ACCEPT) break;
    text = longer;
  }
  return text || "*/*";
}

/** A `fetch` of the caller's may throw anything; browsers throw a `TypeError` that says nothing, Node one with a cause. */
function reasonOf(error: unknown): string {
  const told = error instanceof TypeError ? error.cause : error;
  return told instanceof Error && told.message !== "" ? told.message : UNREADABLE;
}

const UNREADABLE =
  "the server cannot be reached, or it does not let pages of other origins read what it has (CORS). " +
  "A server of yours can fetch it, and `resources.answer` takes it";

function isRedirect(response: Response): boolean {
  return response.type === "opaqueredirect" || [301, 302, 303, 307, 308].includes(response.status);
}

/** Where a redirect leads to, if that is allowed. */
async function target(request: ResourceRequest, to: string | null, from: URL, run: Run): Promise<URL> {
  const url = to === null ? undefined : https(to, from);
  if (url === undefined) throw new Unavailable("it redirects to something that is not fetched");
  if (!(await run.options.allow(request, url))) throw new Unavailable("it redirects to where nothing is allowed to be fetched");
  return url;
}

async function read(request: ResourceRequest, response: Response, run: Run, wait: Wait): Promise<Resource> {
  const { status } = response;
  const gone = request.kind === "hostedDocument" && status === 410;
  const unknown = status === 404 && request.accept.includes(ENTITY_STATEMENT);
  if (status !== 200 && !gone && !unknown) throw new Unavailable(`the server answered ${status}`);
  const most = Math.min(request.maxBytes, run.options.maxBytes?.[request.kind] ?? request.maxBytes);
  return {
    bytes: await body(response, most, wait),
    mediaType: response.headers.get("content-type") ?? undefined,
    retrievedAt: new Date(),
    httpStatus: gone ? status : undefined,
  };
}

/** No more than so many bytes are kept, whatever the headers promise. */
async function body(response: Response, most: number, wait: Wait): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of pieces(response, wait)) {
    length += chunk.length;
    if (length > most) throw new Unavailable(`it is larger than ${most} bytes`);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let position = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, position);
    position += chunk.length;
  }
  return bytes;
}

async function* pieces(response: Response, wait: Wait): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  // Not every `fetch` of a caller's has streams.
  if (reader === undefined) return yield new Uint8Array(await wait(response.arrayBuffer()));
  try {
    for (;;) {
      const { done, value } = await wait(reader.read());
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/** Names that do not belong to anybody on the public internet (RFC 6761, RFC 6762, RFC 8375, RFC 9476). */
const PRIVATE_NAMES = ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "onion", "alt", "test", "invalid", "home.arpa", "localdomain"];

/**
 * Allows https URLs on the usual port of hosts with a public name: no addresses, no names of local networks.
 *
 * It looks at the name, not at what the name stands for. In a browser that is all there is; a server that can reach private
 * networks gives `fetch` one that looks at the addresses, too.
 */
export function publicHttps(_request: ResourceRequest, url: URL): boolean {
  // `URL` has lower-cased the name, and made one address of all ways to write it: 0x7f.1, 017700000001, 2130706433.
  const host = url.hostname.replace(/\.+$/, "");
  const isAddress = host.startsWith("[") || /^[\d.]+$/.test(host);
  const isPrivate = PRIVATE_NAMES.some((name) => host === name || host.endsWith(`.${name}`));
  const isPlain = url.protocol === "https:" && url.port === "" && url.username === "" && url.password === "";
  return isPlain && host.includes(".") && !isAddress && !isPrivate;
}
