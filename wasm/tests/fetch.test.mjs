// `ler-verify/fetch`, with a `fetch` of the test's own.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { LerError, Resources, Verifier, init } from "ler-verify";
import { publicHttps, verifyWithFetch } from "ler-verify/fetch";
import { fetchable, given, location } from "./support.mjs";

await init();
process.on("warning", (warning) => {
  if (/MaxListeners/.test(warning.name)) throw warning;
});
const allow = () => true;

const fetched = fetchable();

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
      const { credentials, referrerPolicy, cache, mode, method, body } = init;
      assert.deepEqual([credentials, referrerPolicy, cache, mode], ["omit", "no-referrer", "no-store", "cors"]);
      assert.deepEqual([method, body], [undefined, undefined]);
    }
    // Whole, as everybody asks for it: the URL that the issuer wrote, without anything of the entry.
    const lists = given(entry).resources.filter(({ kind }) => kind === "statusList").map(({ id }) => id.replace(/#.*/, ""));
    for (const list of lists) assert.equal(calls.filter(({ url }) => url === list).length, 1, `${entry.id}: ${list}`);
  }
});

const [entry] = fetched;
const { document, policy, occasion } = given(entry);
const run = (options) => verifyWithFetch(new Verifier(policy), document, occasion, options);

test("`allow` must be there", async () => {
  const missing = (error) => error instanceof LerError && error.code === "fetch" && /publicHttps/.test(error.message);
  for (const options of [{}, undefined, null, { allow: true }, { allow: "https://a.example" }]) await assert.rejects(run(options), missing);
});

test("options that cannot be followed are misuse, before anything is fetched", async () => {
  const fetch = () => assert.fail("it was fetched");
  for (const wrong of [
    { fetch: 5 }, { fetch: null }, { onProgress: 5 }, { resources: {} }, { resources: null }, { timeout: "5" }, { timeout: -1 },
    { timeout: NaN }, { patience: null }, { patience: -5 }, { maxBytes: { context: "5" } }, { maxBytes: { statusList: NaN } },
  ]) {
    const misuse = (error) => error instanceof LerError && error.code === "fetch";
    await assert.rejects(run({ allow, fetch, ...wrong }), misuse, JSON.stringify(wrong));
  }
});

/** A request. */
const ask = (identifier, more = {}) => ({
  kind: "context", identifier, locations: [identifier], accept: ["application/json"],
  maxBytes: 100, why: "contexts.available", stage: 1, fromUnverified: true, ...more,
});

/** Resources, and a verifier that asks for these things until they are there. */
function asking(...requests) {
  const resources = new Resources();
  const isOpen = ({ kind, identifier }) => !resources.has(kind, identifier);
  const verify = () => ({ verdict: "indeterminate", report: { requests: requests.filter(isOpen) } });
  const run = (options = {}) => verifyWithFetch({ verify }, "", occasion, { allow, resources, ...options });
  return { resources, run, answers: () => resources.since(0).entries };
}

const never = () => new Promise(() => {});
/** A body that goes on and on. */
const endless = (chunk = new Uint8Array(1)) =>
  new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      controller.enqueue(chunk);
    },
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
    "answered 304": async () => new Response(null, { status: 304 }),
    "answered 206": async () => new Response("{}", { status: 206 }),
  };
  for (const [reason, fetch] of Object.entries(failures)) {
    const reasons = [];
    const onProgress = (step) => reasons.push(step.reason ?? "");
    const result = await run({ allow, fetch, onProgress });
    assert.equal(result.verdict, "indeterminate", reason);
    assert.ok(reasons.some((text) => text.includes(reason)), `${reason}: ${reasons}`);
  }
});

test("nothing is waited for longer than `timeout`, whether it heeds the signal or not", async () => {
  const signals = [];
  for (const fetch of [
    never,
    (_, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    async () => new Response(new ReadableStream({ pull: never })),
    async () => new Response(new ReadableStream({ pull: never, cancel: never })),
    async () => new Response(endless()),
    async () => ({ status: 200, headers: new Headers(), arrayBuffer: never }),
  ]) {
    const { run, answers } = asking(ask("https://a.example/", { maxBytes: 1e9 }));
    await run({ timeout: 20, fetch: (url, init) => (signals.push(init.signal), fetch(url, init)) });
    assert.equal(answers()[0].unavailable, "it took too long");
  }
  assert.ok(signals.every(({ aborted }) => aborted));
  const { run, answers } = asking(ask("https://a.example/"));
  await run({ timeout: Infinity, patience: Infinity, fetch: async () => new Response("{}") });
  assert.ok("bytes" in answers()[0]);
});

test("all together take no longer than `patience`; what was not begun stays a request", async () => {
  const all = Array.from({ length: 9 }, (_, n) => ask(`https://a.example/${n}`));
  const some = asking(...all);
  const begun = [];
  const result = await some.run({ patience: 1_500, fetch: (url) => (begun.push(url), never()) });
  assert.deepEqual(some.answers().map(({ unavailable }) => unavailable), Array(6).fill("it took too long"));
  assert.equal(begun.length, 6);
  assert.equal(result.report.requests.length, 3);
  const none = asking(...all);
  assert.equal((await none.run({ patience: 0, fetch: () => assert.fail("it was fetched") })).report.requests.length, 9);
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
    ["the request failed: getaddrinfo ENOTFOUND", async () => {
      throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND a.example") });
    }],
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
  const through = async (hop, options = {}, kind = "context") => {
    const { run, answers } = asking(ask("https://a.example/0", { kind }));
    await run({ fetch: async (url) => hop(Number(new URL(url).pathname.slice(1))), ...options });
    return answers()[0];
  };
  const to = (location) => new Response("", { status: 302, headers: { location } });
  const chain = (length) => (n) => (n < length ? to(`/${n + 1}`) : new Response("{}"));
  assert.ok("bytes" in (await through(chain(3))));
  assert.match((await through(chain(4))).unavailable, /more than 3 redirects/);
  assert.match((await through(() => to("http://a.example/1"))).unavailable, /not fetched/);
  const asked = [];
  await through(chain(2), { allow: (_, url) => asked.push(url.pathname) });
  assert.deepEqual(asked, ["/0", "/1", "/2"]);
  for (const elsewhere of ["http://b.example/", "https://user@b.example/", "data:,{}", "file:///etc/passwd", "https://["]) {
    assert.match((await through(() => to(elsewhere))).unavailable, /not fetched/, elsewhere);
  }
  assert.match((await through(() => new Response("", { status: 302 }))).unavailable, /not fetched/);
  for (const status of [301, 302, 303, 307, 308]) {
    const hop = (n) => (n === 0 ? new Response("", { status, headers: { location: "/1" } }) : new Response("{}"));
    assert.ok("bytes" in (await through(hop)), String(status));
    assert.ok("bytes" in (await through(hop, {}, "credentialSchema")), String(status));
    for (const kind of ["controlledIdentifierDocument", "issuerRegistry", "statusList", "hostedDocument", "newerVersion"]) {
      assert.match((await through(hop, {}, kind)).unavailable, /redirects elsewhere/, kind);
    }
  }
  const allowFirst = (_, url) => url.pathname === "/0";
  assert.match((await through(chain(1), { allow: allowFirst })).unavailable, /nothing is allowed/);
});

test("it can be stopped, wherever it is, and nothing goes on", { timeout: 300_000 }, async () => {
  const open = ask("https://a.example/");
  const one = { report: { requests: [open] } };
  const ok = async () => new Response("{}");
  const wait = (n, then) => (n === 0 ? never() : then);
  for (const [where, { verify = () => one, fetch = ok, allow: allows = allow }] of Object.entries({
    "the first verification": { verify: never },
    "allow": { allow: never },
    "fetch": { fetch: never },
    "the body": { fetch: async () => new Response(endless()) },
    "allow, of a redirect": {
      allow: (_, { pathname }) => wait(pathname.length - 2, true),
      fetch: async () => new Response("", { status: 302, headers: { location: "/b" } }),
    },
    "the second verification": { verify: (_, __, resources) => wait(1 - resources.size, one) },
  })) {
    const controller = new AbortController();
    const calls = [];
    const noting = (name, call) => (...given) => {
      calls.push(name);
      if (controller.signal.aborted) calls.push("after the end");
      return call(...given);
    };
    const verifier = { verify: noting("verify", verify) };
    const options = { allow: noting("allow", allows), fetch: noting("fetch", fetch), signal: controller.signal };
    const promise = verifyWithFetch(verifier, "", occasion, options);
    let calm = 0;
    // It is where it is meant to be when nothing new happens.
    for (let seen = -1; calm < 5; calm = calls.length === seen ? calm + 1 : 0, seen = calls.length) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    controller.abort(new Error("enough"));
    await assert.rejects(promise, /enough/, where);
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(!calls.includes("after the end"), `${where}: ${calls}`);
  }
  const before = { allow, fetch: () => assert.fail("it was fetched"), signal: AbortSignal.abort(new Error("before")) };
  await assert.rejects(verifyWithFetch({ verify: () => assert.fail("it was verified") }, "", occasion, before), /before/);
});

test("what `allow` or `onProgress` throws ends it, and nothing goes on", async () => {
  for (const faulty of ["allow", "onProgress"]) {
    const all = Array.from({ length: 20 }, (_, n) => ask(`https://a.example/${n}`));
    const { run } = asking(...all);
    const signals = [];
    const fetch = async (url, { signal }) => (signals.push(signal), url.endsWith("/0") ? new Response("{}") : never());
    const options = { fetch };
    options[faulty] = (given) => {
      if ((given.request ?? given).identifier.endsWith("/6")) throw new Error("of the page");
      return true;
    };
    await assert.rejects(run(options), /of the page/);
    assert.ok(signals.length === 6 && signals.every(({ aborted }) => aborted), `${faulty}: ${signals.length}`);
  }
});

test("one URL is fetched once, however many identifiers lead to it, and in however many rounds", async () => {
  const [first, second] = [ask("https://a.example/c#1"), ask("https://a.example/c#2")];
  const later = ask("https://A.example:443/c#3");
  const urls = [];
  const { resources, answers } = asking();
  const verify = () => ({ report: { requests: resources.size === 0 ? [first, second] : resources.size === 2 ? [later] : [] } });
  const fetch = async (url) => (urls.push(url), new Response("{}"));
  await verifyWithFetch({ verify }, "", occasion, { allow, fetch, resources });
  assert.deepEqual(urls, ["https://a.example/c"]);
  assert.deepEqual(answers().map(({ id, bytes }) => [id, bytes.length]), [first, second, later].map(({ identifier }) => [identifier, 2]));
});

test("what asks for itself again, or for each other, is asked once", async () => {
  const [a, b] = [ask("https://a.example/a"), ask("https://a.example/b")];
  const urls = [];
  let rounds = 0;
  const verify = () => ({ report: { requests: (rounds += 1) % 2 === 0 ? [a] : [b, a] } });
  await verifyWithFetch({ verify }, "", occasion, { allow, fetch: async (url) => (urls.push(url), new Response("{}")) });
  assert.deepEqual(urls, ["https://a.example/b", "https://a.example/a"]);
  assert.equal(rounds, 2);
});

test("no more than 40 documents, 4 locations of one, 6 at a time", async () => {
  const locations = (n) => Array.from({ length: 9 }, (_, m) => `https://a.example/${n}/${m}`);
  const { run, answers } = asking(...Array.from({ length: 60 }, (_, n) => ask(`urn:${n}`, { locations: locations(n) })));
  const urls = [];
  let [now, most] = [0, 0];
  const fetch = async (url) => {
    urls.push(url);
    most = Math.max(most, (now += 1));
    await new Promise((resolve) => setTimeout(resolve, 1));
    now -= 1;
    return new Response("", { status: 500 });
  };
  const result = await run({ fetch });
  assert.deepEqual([answers().length, urls.length, most, result.report.requests.length], [40, 160, 6, 20]);
});

test("progress: every step, in order, with what was done", async () => {
  const { run } = asking(ask("https://a.example/", { locations: ["https://a.example/1", "https://a.example/2"] }), ask("urn:a", { locations: [] }));
  const steps = [];
  const onProgress = ({ round, request, state, reason, done }) => steps.push([round, request.identifier, state, reason, done]);
  await run({ onProgress, fetch: async (url) => new Response("{}", { status: url.endsWith("1") ? 500 : 200 }) });
  const of = (id) => steps.filter(([, identifier]) => identifier === id).map(([round, , state, reason]) => [round, state, reason]);
  assert.deepEqual(of("https://a.example/"), [[1, "fetching", undefined], [1, "fetching", undefined], [1, "found", undefined]]);
  assert.deepEqual(of("urn:a"), [[1, "unavailable", "it has no https location of its own: supply it"]]);
  const counts = steps.map(([, , , , done]) => done);
  assert.deepEqual(counts, counts.toSorted());
  assert.equal(counts.at(-1), 2);
});

test("where one location is refused and another fails, the request stays: people can still be asked", async () => {
  const { run, answers } = asking(ask("urn:a", { locations: ["https://a.example/1", "https://a.example/2"] }));
  const allowSecond = (_, { pathname }) => pathname === "/2";
  const result = await run({ allow: allowSecond, fetch: async () => new Response("", { status: 500 }) });
  assert.deepEqual([answers().length, result.report.requests.length], [0, 1]);
  await run({ fetch: async () => new Response("{}") });
  assert.ok("bytes" in answers()[0]);
});

test("no location but an https URL that says plainly where it leads is fetched", async () => {
  for (const location of [
    "http://a.example/", "https://user@a.example/", "https://user:word@a.example/", "ftp://a.example/", "file:///etc/passwd",
    "data:application/json,{}", "blob:https://a.example/1", "javascript:alert(1)", "//a.example/", "a.example", "", "https://",
  ]) {
    const { run, answers } = asking(ask("urn:a", { locations: [location] }));
    await run({ allow: () => assert.fail(location), fetch: () => assert.fail(location) });
    assert.match(answers()[0].unavailable, /https URLs/, location);
  }
});

test("sizes are counted, whatever the headers promise, and there need not be a stream", async () => {
  const get = async (response, more = {}) => {
    const { run, answers } = asking(ask("https://a.example/", { maxBytes: 5, ...more }));
    await run({ fetch: async () => response });
    return answers()[0].unavailable ?? answers()[0].bytes.length;
  };
  const promising = (length, body) => new Response(body, { headers: { "content-length": String(length) } });
  assert.equal(await get(promising(2, "123456")), "it is larger than 5 bytes");
  assert.equal(await get(promising(2, endless())), "it is larger than 5 bytes");
  assert.equal(await get(promising(1e9, "12345")), 5);
  assert.equal(await get(new Response(null)), 0);
  const unstreamed = (text) => ({ status: 200, headers: new Headers(), arrayBuffer: async () => new TextEncoder().encode(text).buffer });
  assert.equal(await get(unstreamed("12345")), 5);
  assert.equal(await get(unstreamed("123456")), "it is larger than 5 bytes");
  assert.equal(await get(new Response("", { status: 410 }), { kind: "hostedDocument" }), 0);
  assert.equal(await get(new Response("", { status: 410 })), "the server answered 410");
});

test("the record is the one that was given, whatever becomes of its buffer meanwhile", async () => {
  const buffer = Uint8Array.from(document);
  const fetch = async (...given) => {
    buffer.fill(0);
    if (buffer.buffer.byteLength > 0) structuredClone(buffer.buffer, { transfer: [buffer.buffer] });
    return network(entry)(...given);
  };
  const result = await verifyWithFetch(new Verifier(policy), buffer, occasion, { allow, fetch });
  assert.equal(result.verdict, "verified");
  for (const wrong of [{}, 5, buffer]) {
    await assert.rejects(verifyWithFetch(new Verifier(policy), wrong, occasion, { allow }), (error) => error.code === "document");
  }
});

test("with the `fetch` of Node: packed bodies, endless ones, redirects, no server", { timeout: 300_000 }, async (context) => {
  const closed = [];
  const heads = [];
  const server = createServer((request, response) => {
    heads.push(request.headers);
    response.on("close", () => closed.push(request.url));
    if (request.url === "/packed") response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("[]"));
    else if (request.url === "/bomb") response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(5e7)));
    else if (request.url === "/endless") response.writeHead(200).write("[");
    else if (request.url === "/moved") response.writeHead(302, { location: "/packed" }).end();
    else if (request.url === "/cut") response.writeHead(200, { "content-length": "9" }).write("[", () => response.destroy());
    else response.writeHead(404, { "set-cookie": "a=b" }).end("not here");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => (server.closeAllConnections(), server.close()));
  // Only that the certificates of the network are left out.
  const fetch = (url, init) => globalThis.fetch(url.replace("https://a.example", `http://127.0.0.1:${server.address().port}`), init);
  const get = async (path, options = {}) => {
    const { run, answers } = asking(ask(`https://a.example${path}`));
    await run({ fetch, ...options });
    return answers()[0].unavailable ?? Buffer.from(answers()[0].bytes).toString();
  };
  assert.equal(await get("/packed"), "[]");
  assert.equal(await get("/moved"), "[]");
  assert.equal(await get("/bomb"), "it is larger than 100 bytes");
  assert.equal(await get("/endless", { timeout: 5_000 }), "it took too long");
  assert.equal(await get("/missing"), "the server answered 404");
  assert.match(await get("/cut"), /^the request failed: /);
  while (!closed.includes("/endless")) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(heads.every((head) => !("cookie" in head) && !("referer" in head) && head.accept === "application/json"));
  // Where nobody listens.
  const { port } = server.address();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const { run, answers } = asking(ask("https://a.example/"));
  await run({ fetch: (_, init) => globalThis.fetch(`http://127.0.0.1:${port}/`, init) });
  assert.match(answers()[0].unavailable, /^the request failed: /);
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
  for (const url of [
    "https://example.org/a", "https://a.b.example.com./?x=1", "https://example.org:443/", "https://bücher.example/", "https://EXAMPLE.org/",
    "https://local.example.org/", "https://notlocal.org/", "https://1.2.3.4.example.org/", "https://xn--bcher-kva.example/",
  ]) assert.ok(allows(url), url);
  for (const url of [
    // Not https, or not plainly.
    "http://example.org/", "ftp://example.org/", "wss://example.org/", "https://example.org:8443/", "https://example.org:80/",
    "https://user@example.org/", "https://user:word@example.org/", "https://example.org@127.0.0.1/",
    // Names of this machine and of local networks.
    "https://localhost/", "https://a.localhost/", "https://localhost./", "https://localhost../", "https://LOCALHOST/", "https://ｌocalhost/",
    "https://localhost.localdomain/", "https://intranet/", "https://printer.local/", "https://printer.local./", "https://db.internal/",
    "https://metadata.google.internal/", "https://router.home.arpa/", "https://nas.lan/", "https://a.test/", "https://a.onion/",
    // Addresses, in all ways to write them.
    "https://127.0.0.1/", "https://127.0.0.1./", "https://127.1/", "https://0x7f.1/", "https://0x7f000001/", "https://017700000001/",
    "https://2130706433/", "https://0177.0.0.01/", "https://１２７.0.0.1/", "https://8.8.8.8/", "https://10.0.0.1/", "https://169.254.169.254/",
    "https://0/", "https://[::1]/", "https://[fd00::1]/", "https://[fe80::1]/", "https://[::ffff:10.0.0.1]/", "https://[::ffff:a00:1]/",
    "https://[64:ff9b::a00:1]/", "https://[2606:4700::1111]/", "https://[::]/",
  ]) assert.ok(!allows(url), url);
  for (const url of ["https://127.0.0.1%00.example.org/", "https://a b/", "https://[fe80::1%25eth0]/"]) assert.throws(() => new URL(url));
});
