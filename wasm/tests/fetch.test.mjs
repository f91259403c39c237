// `ler-verify/fetch`, with a `fetch` of the test's own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LerError, Resources, Verifier, init } from "ler-verify";
import { publicHttps, verifyWithFetch } from "ler-verify/fetch";
import { entries, given } from "./support.mjs";

await init();
const allow = () => true;

/** Entries of the manifest whose resources all have an https location of their own. */
const fetched = entries().entries.filter(
  ({ resources, expect }) =>
    expect.verdict === "verified" &&
    resources?.length > 0 &&
    resources.every((resource) => resource.unavailable === undefined && resource.retrievedAt === undefined) &&
    resources.some(({ kind }) => kind === "statusList"),
);

/** A network that has the resources of an entry, whatever the URL of an identifier is. */
function network(entry, calls = []) {
  const { resources } = given(entry);
  return async (url, init) => {
    calls.push({ url, init });
    const found = resources.find(({ id }) => id === url || location(id) === url);
    return found === undefined
      ? new Response("", { status: 404 })
      : new Response(found.bytes, { headers: { "content-type": found.mediaType ?? "application/json" } });
  };
}

/** did:web §3.2 */
function location(id) {
  const parts = id.replace(/^did:web:/, "").split(":").map(decodeURIComponent);
  const path = parts.length > 1 ? parts.slice(1).join("/") : ".well-known";
  return `https://${parts[0]}/${path}/did.json`;
}

test("what a record needs is fetched, and nothing that identifies anybody goes along", async () => {
  assert.ok(fetched.length > 0);
  for (const entry of fetched.slice(0, 12)) {
    const { document, policy, occasion } = given(entry);
    const [calls, steps] = [[], []];
    const fetch = network(entry, calls);
    const onProgress = ({ state }) => steps.push(state);
    const result = await verifyWithFetch(new Verifier(policy), document, occasion, { allow, fetch, onProgress });
    assert.equal(result.verdict, "verified", entry.id);
    assert.deepEqual(result.report.requests, []);
    assert.ok(calls.length > 0 && steps.includes("found"), entry.id);
    for (const { url, init } of calls) {
      assert.match(url, /^https:[^#]*$/);
      assert.deepEqual(Object.keys(init.headers), ["accept"]);
      assert.ok(init.headers.accept.length <= 128);
      assert.deepEqual([init.credentials, init.referrerPolicy, init.method], ["omit", "no-referrer", undefined]);
    }
  }
});

const [entry] = fetched;
const { document, policy, occasion } = given(entry);
const run = (options) => verifyWithFetch(new Verifier(policy), document, occasion, options);

test("`allow` must be there", async () => {
  const missing = (error) => error instanceof LerError && error.code === "fetch" && /publicHttps/.test(error.message);
  await assert.rejects(run({}), missing);
  await assert.rejects(verifyWithFetch(new Verifier(policy), document, occasion), missing);
});

test("what is refused stays a request, and can be fetched later", async () => {
  const resources = new Resources();
  const refused = await run({ allow: () => false, resources, fetch: () => assert.fail("it was fetched") });
  assert.equal(refused.verdict, "indeterminate");
  assert.ok(refused.report.requests.length > 0);
  const allowed = await run({ allow, resources, fetch: network(entry) });
  assert.equal(allowed.verdict, "verified");
});

test("a failure is a reason, never an error, and never a verdict", async () => {
  const failures = {
    "CORS": async () => {
      throw new TypeError("Failed to fetch");
    },
    "answered 500": async () => new Response("", { status: 500 }),
    "answered 404": async () => new Response("", { status: 404 }),
    "larger than": async () => new Response(new Uint8Array(100_000_000)),
    "redirects elsewhere": async () => new Response("", { status: 302, headers: { location: "https://b.example/" } }),
    "too long": (_, { signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  };
  for (const [reason, fetch] of Object.entries(failures)) {
    const reasons = [];
    const onProgress = (step) => reasons.push(step.reason ?? "");
    const result = await run({ allow, fetch, timeout: 20, onProgress });
    assert.equal(result.verdict, "indeterminate", reason);
    assert.ok(reasons.some((text) => text.includes(reason)), `${reason}: ${reasons}`);
  }
});

test("whatever a `fetch` throws is a reason", async () => {
  const body = (error) => new Response(new ReadableStream({ pull: (controller) => controller.error(error) }));
  const failures = [
    ["the request failed: no such host", async () => { throw new Error("no such host"); }],
    ["the request failed: at once", () => { throw new RangeError("at once"); }],
    ["the request failed: its own", async () => { throw new DOMException("its own", "AbortError"); }],
    ["CORS", async () => { throw undefined; }],
    ["CORS", async () => Promise.reject("a text")],
    ["the request failed: cut off", async () => body(new Error("cut off"))],
    ["CORS", async () => body(new TypeError("terminated"))],
    ["CORS", async () => body(null)],
  ];
  for (const [reason, fetch] of failures) {
    const reasons = [];
    const onProgress = (step) => reasons.push(step.reason ?? "");
    const result = await run({ allow, fetch, onProgress });
    assert.equal(result.verdict, "indeterminate", reason);
    assert.ok(reasons.some((text) => text.includes(reason)), `${reason}: ${reasons}`);
  }
  const controller = new AbortController();
  const fetch = async () => {
    controller.abort(new Error("enough"));
    throw new Error("no such host");
  };
  await assert.rejects(run({ allow, fetch, signal: controller.signal }), /enough/);
});

test("limits can be narrower by kind", async () => {
  const reasons = [];
  const onProgress = (step) => reasons.push(step.reason ?? "");
  const maxBytes = { statusList: 1, controlledIdentifierDocument: 1 };
  const result = await run({ allow, fetch: network(entry), maxBytes, onProgress });
  assert.equal(result.verdict, "indeterminate");
  assert.ok(reasons.some((text) => text.includes("larger than 1 bytes")));
});

test("redirects: three for contexts, each of them asked about, none to what is not https", async () => {
  const request = {
    kind: "context", identifier: "https://a.example/0", locations: ["https://a.example/0"], accept: ["application/json"],
    maxBytes: 100, why: "contexts.available", stage: 1, fromUnverified: true,
  };
  const through = async (hop, options = {}) => {
    const resources = new Resources();
    const verifier = {
      verify: () => ({ report: { requests: resources.size === 0 ? [request] : [] } }),
    };
    const fetch = async (url) => hop(Number(new URL(url).pathname.slice(1)));
    await verifyWithFetch(verifier, "", occasion, { allow, fetch, resources, ...options });
    return resources.since(0).entries[0];
  };
  const to = (location) => new Response("", { status: 302, headers: { location } });
  const chain = (length) => (n) => (n < length ? to(`/${n + 1}`) : new Response("{}"));
  assert.ok("bytes" in (await through(chain(3))));
  assert.match((await through(chain(4))).unavailable, /more than 3 redirects/);
  assert.match((await through(() => to("http://a.example/1"))).unavailable, /not fetched/);
  const asked = [];
  await through(chain(2), { allow: (_, url) => asked.push(url.pathname) });
  assert.deepEqual(asked, ["/0", "/1", "/2"]);
  const allowFirst = (_, url) => url.pathname === "/0";
  assert.match((await through(chain(1), { allow: allowFirst })).unavailable, /nothing is allowed/);
});

test("it can be stopped", async () => {
  const controller = new AbortController();
  const fetch = async (_, { signal }) => {
    controller.abort(new Error("enough"));
    signal.throwIfAborted();
  };
  await assert.rejects(run({ allow, fetch, signal: controller.signal }), /enough/);
  await assert.rejects(run({ allow, fetch, signal: AbortSignal.abort(new Error("before")) }), /before/);
});

test("a record that always asks for more ends after eight rounds", async () => {
  let round = 0;
  const verifier = {
    verify: () => {
      round += 1;
      const identifier = `https://a.example/${round}`;
      const request = { kind: "context", identifier, locations: [identifier], accept: [], maxBytes: 9 };
      return { report: { requests: [request] } };
    },
  };
  await verifyWithFetch(verifier, "", occasion, { allow, fetch: async () => new Response("{}") });
  assert.equal(round, 9);
});

test("publicHttps: names of the public internet alone", () => {
  const allows = (url) => publicHttps({}, new URL(url));
  for (const url of ["https://example.org/a", "https://a.b.example.com./?x=1"]) assert.ok(allows(url), url);
  for (const url of [
    "http://example.org/", "https://example.org:8443/", "https://localhost/", "https://a.localhost/", "https://intranet/",
    "https://printer.local/", "https://db.internal/", "https://127.0.0.1/", "https://0x7f.1/", "https://2130706433/",
    "https://8.8.8.8/", "https://[::1]/", "https://[fd00::1]/", "https://localhost./", "https://router.home.arpa/",
  ]) assert.ok(!allows(url), url);
});
