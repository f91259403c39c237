// What only a browser has: CORS, redirects that are not shown, workers. The internet is the test's own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { internet } from "./internet.mjs";
import { browser, fetchable, given, location, serve, wasm } from "./support.mjs";

const [entry] = fetchable();
const { document, policy, occasion, resources } = given(entry);
const CORS = { "access-control-allow-origin": "*" };
let chromium, server, net;
/** What the internet answers for a URL, and what it was asked. */
let answers, asked;

before(async () => {
  net = await internet((url, request, response) => {
    // Browsers have errands of their own.
    if (request.headers.origin === server.url) asked.push({ url, method: request.method, headers: request.headers });
    const { status = 200, headers = {}, body = "" } = answers(url);
    response.writeHead(status, headers).end(body);
  });
  chromium = await browser(net.arguments);
  server = await serve(wasm, {}, {
    "/page": () => "",
    "/record": () => document,
    "/given": () => JSON.stringify({ policy, occasion }),
  });
});
after(async () => {
  await chromium?.close();
  server?.close();
  net?.close();
});

/** A page, in an internet that answers so. */
async function open(test, answer) {
  [answers, asked] = [answer, []];
  const context = await chromium.newContext();
  test.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(`${server.url}/page`);
  return page;
}

/** The resources of the record, as servers have them that let pages read them. */
function published(url) {
  const found = resources.find(({ id }) => id.replace(/#.*/, "") === url || location(id) === url);
  if (found === undefined) return { status: 404, headers: CORS };
  const headers = { ...CORS, "content-type": found.mediaType ?? "application/json", "cache-control": "max-age=9999", etag: '"you"' };
  return { body: found.bytes, headers: { ...headers, "set-cookie": "who=you; SameSite=None; Secure; Max-Age=9999" } };
}

/** In the page, or in a worker: verifies the record with its resources, and tells what happened. */
async function verified(origin, kind, limit = {}) {
  const at = (path) => new URL(path, origin).href;
  const [{ publicHttps, verifyWithFetch }, small, worker] = await Promise.all(
    ["/dist/fetch.js", "/dist/index.js", "/dist/worker.js"].map((path) => import(at(path))),
  );
  const { policy, occasion } = await (await fetch(at("/given"))).json();
  const bytes = await (await fetch(at("/record"))).arrayBuffer();
  await small.init();
  const verifier = kind === "worker" ? await worker.WorkerVerifier.start(policy) : new small.Verifier(policy);
  const steps = [];
  const onProgress = ({ state, reason }) => steps.push(reason === undefined ? state : `${state}: ${reason}`);
  const result = await verifyWithFetch(verifier, bytes, occasion, { allow: publicHttps, onProgress, ...limit });
  return { verdict: result.verdict, json: result.json, steps, size: bytes.byteLength };
}

/** The same in a worker of the page's own. */
async function inWorker([origin, text]) {
  const script = `onmessage = async () => postMessage(await (${text})("${origin}"))`;
  const own = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })), { type: "module" });
  return new Promise((resolve, reject) => {
    own.onmessage = ({ data }) => resolve(data);
    own.onerror = ({ message }) => reject(new Error(message));
    own.postMessage("go");
  });
}

test("`./fetch` in a page, with a verifier in a worker, and in a worker: the same", { timeout: 300_000 }, async (context) => {
  const reports = new Set();
  const page = await open(context, published);
  let requests;
  for (const where of ["page", "worker", "inside"]) {
    asked = [];
    const { verdict, json, steps, size } = where === "inside"
      ? await page.evaluate(inWorker, [server.url, verified.toString()])
      : await page.evaluate(`(${verified})(${JSON.stringify(server.url)}, "${where}")`);
    assert.equal(verdict, "verified", `${where}: ${steps}`);
    assert.ok(steps.includes("found"));
    // The bytes are the page's still: they were copied, not handed over.
    assert.equal(size, document.length);
    reports.add(json.replace(/"retrievedAt":"[^"]*"/g, ""));
    // Every time anew: nothing was kept that would tell, here or there, that somebody asked before.
    requests ??= asked.length;
    assert.ok(requests > 0);
    assert.equal(asked.length, requests, where);
    for (const { url, method, headers } of asked) {
      assert.equal(method, "GET");
      assert.deepEqual(["cookie", "referer", "if-none-match", "authorization"].filter((name) => name in headers), [], where);
      assert.ok(!/[#?]/.test(url), url);
    }
  }
  assert.equal(reports.size, 1);
});

/** In the page: fetches one thing of a kind, from a URL, and tells what came. */
async function obtained({ origin, kind, url, refuse }) {
  const { verifyWithFetch } = await import(`${origin}/dist/fetch.js`);
  const { Resources } = await import(`${origin}/dist/index.js`);
  const resources = new Resources();
  const request = { kind, identifier: url, locations: [url], accept: ["application/ld+json", "application/json"], maxBytes: 100 };
  const verify = () => ({ report: { requests: resources.size === 0 ? [request] : [] } });
  const asked = [];
  const allow = (_, { href }) => (asked.push(href), href !== refuse);
  const heard = [];
  const onProgress = ({ state, reason }) => heard.push(reason ?? state);
  await verifyWithFetch({ verify }, "", { now: new Date() }, { allow, resources, onProgress, timeout: 60_000 });
  return { asked, said: heard.at(-1) };
}

test("what a page may not read, or who cannot be reached, is a reason that says what to do", { timeout: 300_000 }, async (context) => {
  const page = await open(context, (url) => ({ body: "{}", headers: url.includes("silent") ? {} : CORS }));
  const get = (url, kind = "context") => page.evaluate(obtained, { origin: server.url, kind, url });
  assert.equal((await get("https://open.example.org/c")).said, "found");
  const silent = await get("https://silent.example.org/c");
  assert.match(silent.said, /does not let pages of other origins read what it has \(CORS\)\. A server of yours can fetch it, and `resources\.answer`/);
  // Nobody was asked for leave first: the request is one that browsers simply send.
  assert.deepEqual(asked.map(({ method }) => method), ["GET", "GET"]);
});

test("redirects in a browser: not of keys and lists, and where it arrives is asked about", { timeout: 300_000 }, async (context) => {
  const moved = { status: 302, headers: { ...CORS, location: "https://b.example.org/there" } };
  const page = await open(context, (url) => (url.includes("//a.") ? moved : { body: "{}", headers: CORS }));
  const url = "https://a.example.org/here";
  const get = (kind, refuse) => page.evaluate(obtained, { origin: server.url, kind, url, refuse });
  for (const kind of ["controlledIdentifierDocument", "statusList", "issuerRegistry"]) {
    assert.match((await get(kind)).said, /redirects elsewhere/, kind);
  }
  const followed = await get("context");
  assert.deepEqual(followed, { asked: [url, "https://b.example.org/there"], said: "found" });
  assert.match((await get("context", "https://b.example.org/there")).said, /nothing is allowed to be fetched/);
});

/** In the page: what happens to calls of a verifier in a worker whose module traps at its second verification. */
async function trapped({ origin }) {
  const { WorkerVerifier, Resources } = await import(`${origin}/dist/worker.js`);
  const script = `
    const { fault } = await import("${origin}/tests/faults.mjs");
    fault.next = "verifier_verify";
    fault.after = 1;
    await import("${origin}/dist/worker-script.js");
    postMessage("ready");
  `;
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })), { type: "module" });
  await new Promise((resolve, reject) => {
    worker.addEventListener("message", resolve, { once: true });
    worker.addEventListener("error", ({ message }) => reject(new Error(message)), { once: true });
  });
  const { policy, occasion } = await (await fetch("/given")).json();
  const bytes = await (await fetch("/record")).arrayBuffer();
  const verifier = await WorkerVerifier.start(policy, { worker });
  const resources = new Resources().unavailable("context", "https://a.example/", "offline");
  const verify = () => verifier.verify(bytes, occasion, resources);
  const all = await Promise.allSettled([verify(), verify(), verify()]);
  return all.map(({ value, reason }) => value?.json ?? `${reason.name} ${reason.code}`);
}

test("a trap in a worker is an error of that call; the next has a new instance, with its resources", { timeout: 300_000 }, async (context) => {
  const page = await open(context, published);
  const [first, fault, next] = await page.evaluate(trapped, { origin: server.url });
  assert.match(first, /^\{/);
  assert.equal(fault, "LerError internal");
  assert.equal(next, first);
});

/** In the page: a verifier in a worker, and how each of many calls ends. */
async function used({ origin }) {
  const { WorkerVerifier, LerError } = await import(`${origin}/dist/worker.js`);
  const { verifyWithFetch } = await import(`${origin}/dist/fetch.js`);
  const { policy, occasion } = await (await fetch("/given")).json();
  const bytes = new Uint8Array(await (await fetch("/record")).arrayBuffer());
  const how = (promise) => promise.then(({ verdict }) => verdict, (error) => (error instanceof LerError ? error.code : error.message));
  const said = {};

  const verifier = await WorkerVerifier.start(policy);
  const order = [];
  const calls = [bytes, "{", bytes.buffer, new Uint8Array(0)].map((document, index) =>
    verifier.verify(document, occasion).then(() => order.push(index)),
  );
  await Promise.all(calls);
  said.order = order;
  said.length = bytes.length;
  said.misuse = await Promise.all([
    how(verifier.verify(5, occasion)),
    how(verifier.verify(bytes, {})),
    how(verifier.verify(bytes, occasion, {})),
    how(verifier.view("nothing", bytes, occasion)),
    how(verifier.verify(bytes, { ...occasion, holder: () => {} })),
    how(WorkerVerifier.start({})),
    how(WorkerVerifier.start(policy, { worker: {} })),
  ]);

  // A call that waits while its page loses patience: `verifyWithFetch` ends at once, the worker is none the worse for it.
  const controller = new AbortController();
  const stopped = verifyWithFetch(verifier, bytes, occasion, { allow: () => false, signal: controller.signal });
  controller.abort(new Error("enough"));
  said.stopped = await how(stopped);
  const hanging = new AbortController();
  const fetching = verifyWithFetch(verifier, bytes, occasion, {
    allow: () => true,
    signal: hanging.signal,
    fetch: () => (hanging.abort(new Error("enough of it")), new Promise(() => {})),
  });
  said.fetching = await how(fetching);
  said.after = await how(verifier.verify("{", occasion));

  const waiting = [how(verifier.verify(bytes, occasion)), how(verifier.view("w3c", bytes, occasion))];
  verifier.terminate();
  verifier.terminate();
  said.ended = await Promise.all([...waiting, how(verifier.verify(bytes, occasion))]);

  const start = (text) => {
    const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })), { type: "module" });
    return WorkerVerifier.start(policy, { worker });
  };
  said.unloadable = await how(WorkerVerifier.start(policy, { worker: new Worker("/nowhere.js", { type: "module" }) }));
  said.faulty = await how(start("throw new Error('of its own')"));
  const later = await start(`onmessage = ({ data }) => {
    if (data.call === "verify") throw new Error("later");
    postMessage({ number: data.number });
  }`);
  said.later = await Promise.all([how(later.verify(bytes, occasion)), how(later.verify(bytes, occasion))]);
  said.afterwards = await how(later.verify(bytes, occasion));
  return said;
}

test("calls of a worker: in order, misuse with codes, an end for each", { timeout: 300_000 }, async (context) => {
  const page = await open(context, published);
  assert.deepEqual(await page.evaluate(used, { origin: server.url }), {
    order: [0, 1, 2, 3],
    length: document.length,
    misuse: ["document", "occasion", "resources", "view", "worker", "policy", "worker"],
    stopped: "enough",
    fetching: "enough of it",
    after: "notVerified",
    ended: ["freed", "freed", "freed"],
    unloadable: "worker",
    faulty: "worker",
    later: ["worker", "worker"],
    afterwards: "worker",
  });
});
