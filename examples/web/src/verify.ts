// The only file that knows the verifier: bytes and expectations in, a result out. Nothing here uses the network; `look up`
// gets a `fetch` from whoever has asked the person in front of the screen.
import { type Catalogue, type Policy, type Report, type ResourceRequest, Resources, type Result, Verifier, catalogue, init } from "ler-verify";
import { publicHttps, verifyWithFetch } from "ler-verify/fetch";

export type { Axis, Check, EmbeddedResult, Outcome, Report, ResourceKind, ResourceRequest, Result } from "ler-verify";
export { publicHttps };

/** What the person expects of records. It is kept in memory only. */
export interface Expectations {
  readonly accept: "anyone" | "list" | "registry";
  /** Identifiers of issuers. */
  readonly issuers: readonly string[];
  /** https URLs of registries. */
  readonly registries: readonly string[];
  /** E-mail address of the person whom records should be about. */
  readonly email: string;
  /** The day on which records should be valid (YYYY-MM-DD), or nothing: now. */
  readonly date: string;
}

/** Nobody has said yet whom to accept: every headline says so. */
export const NOTHING_EXPECTED: Expectations = { accept: "anyone", issuers: [], registries: [], email: "", date: "" };

/** Whether issuers are really demanded; an empty list demands nobody, so that nothing is checked against it. */
export function demandsIssuers(expectations: Expectations): boolean {
  return (
    (expectations.accept === "list" && expectations.issuers.length > 0) ||
    (expectations.accept === "registry" && expectations.registries.length > 0)
  );
}

function policy(expectations: Expectations): Policy {
  if (!demandsIssuers(expectations)) return { acceptedIssuers: "anyone" };
  if (expectations.accept === "list") return { acceptedIssuers: { oneOf: expectations.issuers } };
  return { acceptedIssuers: { registered: expectations.registries } };
}

function occasion(expectations: Expectations) {
  return {
    now: expectations.date === "" ? new Date() : new Date(`${expectations.date}T12:00:00Z`),
    ...(expectations.email === "" ? {} : { recipients: [{ type: "emailAddress", value: expectations.email }] }),
  };
}

/** One desk for all records of a visit: what was looked up for one is there for the next. */
export class Desk {
  #verifier: Pick<Verifier, "verify" | "free">;
  /** What makes verifiers: the small module, and once a record needs it the full one. */
  #Verifier: new (policy: Policy) => Pick<Verifier, "verify" | "free"> = Verifier;
  #expectations: Expectations;
  readonly #resources = new Resources();

  private constructor(expectations: Expectations) {
    this.#expectations = expectations;
    this.#verifier = new this.#Verifier(policy(expectations));
  }

  static async open(expectations: Expectations): Promise<Desk> {
    await init();
    return new Desk(expectations);
  }

  /** @throws LerError when what is expected cannot be: an issuer that is no URL, say. Then the old expectations stand. */
  expect(expectations: Expectations): void {
    const verifier = new this.#Verifier(policy(expectations));
    this.#verifier.free();
    this.#verifier = verifier;
    this.#expectations = expectations;
  }

  get expectations(): Expectations {
    return this.#expectations;
  }

  verify(bytes: Uint8Array): Result {
    return this.#verifier.verify(bytes, occasion(this.#expectations), this.#resources);
  }

  /** Whether a result shows that the small module does not have all that a record needs (BBS). */
  isWanting(results: readonly (Result | undefined)[]): boolean {
    const isWanting = (report: Report): boolean =>
      report.checks.some(({ code, requirement }) => requirement === "require" && code.endsWith("otBuilt")) || report.embedded.some((part) => isWanting(part.report));
    return this.#Verifier === Verifier && results.some((result) => result !== undefined && isWanting(result.report));
  }

  /** Loads the full module. */
  async enlarge(): Promise<void> {
    const full = await import("ler-verify/full");
    await full.init();
    this.#Verifier = full.Verifier;
    this.expect(this.#expectations);
  }

  /** Gets from exactly these URLs what the record needs, and verifies it again. */
  lookUp(bytes: Uint8Array, urls: ReadonlySet<string>, fetch: typeof globalThis.fetch): Promise<Result> {
    return verifyWithFetch(this.#verifier, bytes, occasion(this.#expectations), {
      allow: (request, url) => urls.has(url.href) && publicHttps(request, url),
      resources: this.#resources,
      fetch: withoutRedirects(fetch),
    });
  }

  /** Questions and answers in words, in English. */
  get words(): Catalogue {
    return catalogue();
  }
}

/** Browsers do not say where a redirect leads before they have been there: nobody could have agreed to it. */
function withoutRedirects(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    if (init?.redirect === "manual" || init?.redirect === "error") return fetch(input, init);
    throw new Error("a redirect to a host that nobody agreed to is not followed");
  };
}

/** The addresses of a request that may be contacted at all. */
export function addresses(request: ResourceRequest): URL[] {
  return request.locations.flatMap((location) => {
    try {
      const url = new URL(location);
      url.hash = "";
      return publicHttps(request, url) && url.username === "" && url.password === "" ? [url] : [];
    } catch {
      return [];
    }
  });
}
