// The only file that uses the network, and only for what `allow` allows.
//
// A document that nobody has verified yet decides what is asked for here. Whatever goes wrong is a reason, never an error:
// what could not be fetched makes a verdict indeterminate, not wrong.
import { LerError } from "./errors.js";
import { Resources, type Resource } from "./resources.js";
import type { Occasion, ResourceKind, ResourceRequest, Result } from "./types.js";

/** More rounds than this are never needed. */
const ROUNDS = 8;
/** How many documents one record may make this page fetch. */
const FETCHES = 40;
/** How many locations of one request are tried. */
const LOCATIONS = 4;
/** How many documents are fetched at the same time. */
const AT_ONCE = 6;
/** A longer `Accept` makes browsers ask the server first (CORS), which hardly any answers. */
const LONGEST_ACCEPT = 128;
/** What a federation says of an issuer; with a body under 404 that it does not know it (OpenID Federation 1.0 §8.9). */
const ENTITY_STATEMENT = "application/entity-statement+jwt";

/** A verifier of any entry, the one in a worker included. */
export interface AnyVerifier {
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
  /** How many documents were fetched so far, with or without success. */
  readonly done: number;
}

/** What may be fetched, and how. */
export interface FetchOptions {
  /**
   * Whether this request may be sent to this URL: asked for each location, and again for each redirect. `publicHttps` is the
   * obvious argument. What is refused stays in `report.requests`, so that people can be asked and the call repeated.
   */
  readonly allow: (request: ResourceRequest, url: URL) => boolean | Promise<boolean>;
  /** What was fetched so far; what is fetched now is added. */
  readonly resources?: Resources;
  /** Instead of the global one: in Node, one that resolves names itself and refuses private addresses. */
  readonly fetch?: typeof globalThis.fetch;
  /** Stops it: the promise is then rejected with the reason of the signal. */
  readonly signal?: AbortSignal;
  /** Told of every step. */
  readonly onProgress?: (progress: Progress) => void;
  /** The most bytes of one document, by kind; never more than the verifier allows. */
  readonly maxBytes?: { readonly [Kind in ResourceKind]?: number };
  /** Milliseconds for one document, redirects included (20,000). */
  readonly timeout?: number;
  /** Milliseconds for all documents together (60,000); what is left then stays in `report.requests`. */
  readonly patience?: number;
}

/**
 * Verifies a record, fetching what is needed: call, fetch what the report asks for, call again until it asks for nothing (at
 * most 8 rounds).
 *
 * Requests carry no cookies, no referrer and nothing about the record but the URL that its issuer wrote. Keys, registries and
 * status lists are taken from where their identifier says, never after a redirect.
 *
 * @throws LerError `fetch`: there is no `allow`. What `verify` throws. The reason of `signal`.
 */
export async function verifyWithFetch(
  verifier: AnyVerifier,
  document: Uint8Array | ArrayBuffer | string,
  occasion: Occasion,
  options: FetchOptions,
): Promise<Result> {
  if (typeof options?.allow !== "function") {
    throw new LerError("fetch", "`allow` has to say what may be fetched: `{ allow: publicHttps }`, for instance.");
  }
  const { resources = new Resources(), signal, patience = 60_000, onProgress } = options;
  const until = Date.now() + patience;
  const seen = new Set<string>();
  let done = 0;
  signal?.throwIfAborted();
  let result = await verifier.verify(document, occasion, resources);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const open = result.report.requests.filter((request) => !seen.has(key(request))).slice(0, FETCHES - seen.size);
    if (open.length === 0) break;
    let answered = false;
    await each(open, async (request) => {
      const tell = (state: Progress["state"], reason?: string) =>
        onProgress?.({ round, request, state, done, ...(reason === undefined ? {} : { reason }) });
      if (Date.now() >= until) return;
      seen.add(key(request));
      const answer = await obtain(request, options, () => tell("fetching"));
      signal?.throwIfAborted();
      if (answer === "refused") return tell("refused");
      resources.answer(request, answer);
      answered = true;
      done += 1;
      if ("unavailable" in answer) tell("unavailable", answer.unavailable);
      else tell("found");
    });
    if (!answered) break;
    result = await verifier.verify(document, occasion, resources);
    signal?.throwIfAborted();
  }
  return result;
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
  options: FetchOptions,
  begin: () => void,
): Promise<Resource | { unavailable: string } | "refused"> {
  const reasons = new Set<string>();
  let refused = false;
  for (const location of request.locations.slice(0, LOCATIONS)) {
    const url = https(location);
    if (url === undefined) {
      reasons.add("only plainly written https URLs are fetched");
    } else if (!(await options.allow(request, url))) {
      refused = true;
    } else {
      begin();
      try {
        return await get(request, url, options);
      } catch (error) {
        options.signal?.throwIfAborted();
        if (!(error instanceof Unavailable)) throw error;
        reasons.add(error.message);
      }
    }
  }
  if (refused && reasons.size === 0) return "refused";
  if (reasons.size === 0) return { unavailable: "it has no https location of its own: supply it" };
  return { unavailable: [...reasons].join("; ") };
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

async function get(request: ResourceRequest, start: URL, options: FetchOptions): Promise<Resource> {
  const fetch = options.fetch ?? globalThis.fetch;
  const controller = new AbortController();
  const stop = () => controller.abort();
  options.signal?.addEventListener("abort", stop);
  const timer = setTimeout(stop, options.timeout ?? 20_000);
  const accept = request.accept.join(", ").slice(0, LONGEST_ACCEPT).replace(/,[^,]*$/, (rest) =>
    request.accept.join(", ").length > LONGEST_ACCEPT ? "" : rest,
  );
  const send = (url: URL, redirect: RequestRedirect) =>
    fetch(url.href, {
      headers: { accept: accept || "*/*" },
      credentials: "omit",
      referrerPolicy: "no-referrer",
      mode: "cors",
      redirect,
      signal: controller.signal,
    });
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
          url = await target(request, response.headers.get("location"), url, options);
          continue;
        }
        // Browsers do not say where to: they follow by themselves, and say where they arrived.
        response = await send(url, "follow");
        if (response.url !== url.href) await target(request, response.url, url, options);
      }
      return await read(request, response, options);
    }
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    if (controller.signal.aborted) throw new Unavailable("it took too long");
    // A `fetch` of the caller's may throw anything; browsers throw a `TypeError` that says nothing.
    const says = error instanceof Error && !(error instanceof TypeError) && error.message !== "";
    throw new Unavailable(says ? `the request failed: ${error.message}` : UNREADABLE);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", stop);
  }
}

const UNREADABLE =
  "the request failed: the server cannot be reached, or it does not let pages of other origins read what it has (CORS). " +
  "A server of yours can fetch it, and `resources.answer` takes it";

function isRedirect(response: Response): boolean {
  return response.type === "opaqueredirect" || [301, 302, 303, 307, 308].includes(response.status);
}

/** Where a redirect leads to, if that is allowed. */
async function target(request: ResourceRequest, to: string | null, from: URL, options: FetchOptions): Promise<URL> {
  const url = to === null ? undefined : https(to, from);
  if (url === undefined) throw new Unavailable("it redirects to something that is not fetched");
  if (!(await options.allow(request, url))) throw new Unavailable("it redirects to where nothing is allowed to be fetched");
  return url;
}

async function read(request: ResourceRequest, response: Response, options: FetchOptions): Promise<Resource> {
  const { status } = response;
  const gone = request.kind === "hostedDocument" && status === 410;
  const unknown = status === 404 && request.accept.includes(ENTITY_STATEMENT);
  if (status !== 200 && !gone && !unknown) throw new Unavailable(`the server answered ${status}`);
  const most = Math.min(request.maxBytes, options.maxBytes?.[request.kind] ?? request.maxBytes);
  return {
    bytes: await body(response, most),
    mediaType: response.headers.get("content-type") ?? undefined,
    retrievedAt: new Date(),
    httpStatus: gone ? status : undefined,
  };
}

/** No more than so many bytes are kept, whatever the headers promise. */
async function body(response: Response, most: number): Promise<Uint8Array> {
  const tooLarge = () => new Unavailable(`it is larger than ${most} bytes`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) break;
    length += chunk.value.length;
    if (length > most) {
      await reader?.cancel();
      throw tooLarge();
    }
    chunks.push(chunk.value);
  }
  const bytes = new Uint8Array(length);
  let position = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, position);
    position += chunk.length;
  }
  return bytes;
}

/** Names that do not belong to anybody on the public internet (RFC 6761, RFC 6762, RFC 8375, RFC 9476). */
const PRIVATE_NAMES = ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "onion", "alt", "test", "invalid", "home.arpa"];

/**
 * Allows https URLs on the usual port of hosts with a public name: no addresses, no names of local networks.
 *
 * It looks at the name, not at what the name stands for. In a browser that is all there is; a server that can reach private
 * networks gives `fetch` one that looks at the addresses, too.
 */
export function publicHttps(_request: ResourceRequest, url: URL): boolean {
  const host = url.hostname.replace(/\.$/, "");
  const isAddress = host.startsWith("[") || /^[\d.]+$/.test(host);
  const isPrivate = PRIVATE_NAMES.some((name) => host === name || host.endsWith(`.${name}`));
  return url.protocol === "https:" && url.port === "" && host.includes(".") && !isAddress && !isPrivate;
}
