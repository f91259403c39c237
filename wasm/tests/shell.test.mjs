// The shell around the module: misuse, faults, memory, resources, views.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as small from "ler-verify";
import { LerError, Resources, Verifier, catalogue, init, version } from "ler-verify";
import * as inline from "ler-verify/inline";
import { WorkerVerifier } from "ler-verify/worker";
import { entries, given, root, wasm } from "./support.mjs";

const policy = { acceptedIssuers: "anyone" };
const occasion = { now: "2026-11-21T12:00:00Z" };
const badge = readFileSync(join(root, "test-vectors/credentials/ob3-small.json"));

const thrown = (code, message) => (error) =>
  error instanceof LerError && error.code === code && (message === undefined || message.test(error.message));

test("before `init` everything says so; `init` can be called again", async () => {
  assert.throws(() => new inline.Verifier(policy), thrown("notInitialized", /await init\(\)/));
  await assert.rejects(inline.init("data:application/wasm,no"), thrown("load"));
  await Promise.all([inline.init(), inline.init()]);
  await inline.init("https://never.example/");
  assert.equal(new inline.Verifier(policy).verify(badge, occasion).verdict, "verified");
});

await init();

test("a record that does not verify throws nothing", () => {
  const verifier = new Verifier(policy);
  for (const document of ["", "{", "[]", "null", "\ud800", new Uint8Array(1_000), new ArrayBuffer(3), "e30.e30.", "~"]) {
    assert.notEqual(verifier.verify(document, occasion).verdict, "verified");
  }
  assert.notEqual(verifier.verify(new Uint8Array(9 * 1024 * 1024), occasion).verdict, "verified");
});

test("misuse throws its code and a sentence", () => {
  const verifier = new Verifier(policy);
  assert.throws(() => new Verifier({}), thrown("policy", /policy cannot be read.*acceptedIssuers/));
  assert.throws(() => new Verifier({ acceptedIssuers: { oneOf: [] } }), thrown("policy", /names nobody/));
  assert.throws(() => new Verifier(undefined), thrown("policy"));
  assert.throws(() => verifier.verify(badge, {}), thrown("occasion", /occasion cannot be read.*now/));
  assert.throws(() => verifier.verify(badge, undefined), thrown("occasion", /new Date/));
  assert.throws(() => verifier.verify(badge, { now: new Date(NaN) }), thrown("occasion"));
  assert.throws(() => verifier.verify({}, occasion), thrown("document", /Uint8Array/));
  assert.throws(() => verifier.verify(new Uint8Array(65 * 1024 * 1024), occasion), thrown("document", /64 MiB/));
  assert.throws(() => verifier.verify(badge, occasion, []), thrown("resources"));
  assert.throws(() => verifier.view("nothing", badge, occasion), thrown("view"));
  const wrong = new Resources().supply("diploma", "https://a.example/", { bytes: "" });
  assert.throws(() => verifier.verify(badge, occasion, wrong), thrown("resources", /kind/));
  assert.throws(() => new Resources().supply("context", "https://a.example/", { bytes: 1 }), thrown("resources"));
  verifier.free();
  verifier.free();
  assert.throws(() => verifier.verify(badge, occasion), thrown("freed"));
});

test("a verifier that goes out of scope is freed", () => {
  const verifier = new Verifier(policy);
  verifier[Symbol.dispose]();
  assert.throws(() => verifier.verify(badge, occasion), thrown("freed"));
});

test("a trap is an error with a code, and the next call has a new instance", () => {
  const verifier = new Verifier(policy);
  const resources = new Resources().supply("context", "https://a.example/", { bytes: "{}" });
  const before = verifier.verify(badge, occasion, resources).json;
  // Nothing is known that traps, so an import is made to: the module asks for an `Error` to throw.
  const { Error: own } = globalThis;
  globalThis.Error = function () {
    throw new WebAssembly.RuntimeError("unreachable");
  };
  globalThis.Error.prototype = own.prototype;
  try {
    assert.throws(() => verifier.verify(badge, { now: "no instant" }, resources), thrown("internal", /starts afresh/));
  } finally {
    globalThis.Error = own;
  }
  assert.equal(verifier.verify(badge, occasion, resources).json, before);
  verifier.free();
});

test("names in a record do not become properties of anything", () => {
  const text = badge.toString().replace("{", '{"__proto__":{"polluted":true},"constructor":1,');
  const { report } = new Verifier(policy).verify(text, occasion);
  assert.equal(Object.getPrototypeOf(report), Object.prototype);
  assert.equal({}.polluted, undefined);
});

test("memory does not grow with the number of verifications", () => {
  const verifier = new Verifier(policy);
  const document = new Uint8Array(256 * 1024).fill(0x20);
  document.set(badge);
  const memory = () => process.memoryUsage().arrayBuffers;
  for (let n = 0; n < 20; n += 1) verifier.verify(document, occasion);
  const before = memory();
  for (let n = 0; n < 60; n += 1) verifier.verify(document, occasion);
  assert.ok(memory() - before < 4 * 1024 * 1024, `${memory() - before} bytes more`);
});

test("resources: the later counts, too large ones are none, an instant can be a Date", () => {
  const request = { kind: "context", identifier: "https://a.example/c", maxBytes: 3 };
  const resources = new Resources();
  resources.answer(request, { bytes: "four" }).answer(request, { bytes: "{}", retrievedAt: new Date(0) });
  assert.equal(resources.size, 1);
  assert.ok(resources.has("context", "https://a.example/c"));
  const [entry] = resources.since(0).entries;
  assert.deepEqual([Buffer.from(entry.bytes).toString(), entry.retrievedAt], ["{}", "1970-01-01T00:00:00.000Z"]);
  resources.answer(request, { bytes: "four" });
  assert.match(resources.since(0).entries[0].unavailable, /larger than 3 bytes/);
});

test("resources are what they were when they were supplied, whatever becomes of the buffer", () => {
  const whole = new TextEncoder().encode("--{}--");
  for (const bytes of [whole.subarray(2, 4), Buffer.from(whole.buffer, 2, 2), whole.buffer.slice(2, 4)]) {
    const resources = new Resources().supply("context", "https://a.example/c", { bytes });
    resources.answer({ kind: "context", identifier: "https://a.example/d", maxBytes: 2 }, { bytes });
    const view = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes;
    view.fill(0x20);
    const kept = resources.since(0).entries.map((entry) => Buffer.from(entry.bytes).toString());
    assert.deepEqual(kept, ["{}", "{}"]);
    view.set([0x7b, 0x7d]);
  }
});

/** A worker in this thread that runs the real script on copies, and the messages that it got. */
async function workerHere() {
  await import("ler-verify/worker-script");
  const answer = globalThis.onmessage;
  const messages = [];
  let receive;
  globalThis.postMessage = (data) => receive({ data });
  const worker = {
    addEventListener: (type, listener) => type === "message" && (receive = listener),
    postMessage(message) {
      const data = structuredClone(message);
      messages.push(data);
      answer({ data });
    },
    terminate() {},
  };
  const module = new WebAssembly.Module(readFileSync(join(wasm, "dist/ler_verify.wasm")));
  return { worker, module, messages };
}

/** A record that is verified with its resources, and unknown without. */
const needing = entries().entries.find(
  ({ expect, resources }) => expect.verdict === "verified" && resources?.some(({ kind }) => kind === "statusList"),
);

function supplyAll(resources) {
  for (const { kind, id, ...resource } of given(needing).resources) resources.supply(kind, id, resource);
}

test("a worker forgets resources that were cleared, and judges by the new ones", async () => {
  const { worker, module, messages } = await workerHere();
  const { policy, occasion, document, resources: all } = given(needing);
  const verifier = await WorkerVerifier.start(policy, { worker, module });
  const resources = new Resources();
  for (const { kind, id } of all) resources.unavailable(kind, id, "offline");
  assert.equal((await verifier.verify(document, occasion, resources)).verdict, "indeterminate");
  resources.clear();
  supplyAll(resources);
  assert.equal((await verifier.verify(document, occasion, resources)).verdict, "verified");
  resources.clear();
  assert.equal((await verifier.verify(document, occasion, resources)).verdict, "indeterminate");
  const [, first, forgotten, second] = messages;
  assert.deepEqual(messages.map(({ call }) => call), ["start", "verify", "forget", "verify", "forget", "verify"]);
  assert.equal(forgotten.set, first.set);
  assert.notEqual(second.set, first.set);
  verifier.terminate();
});

test("resources of a call that cannot be sent to a worker go with the next", async () => {
  const { worker, module } = await workerHere();
  const { policy, occasion, document } = given(needing);
  const verifier = await WorkerVerifier.start(policy, { worker, module });
  const resources = new Resources();
  supplyAll(resources);
  const unsendable = { ...occasion, purpose: () => {} };
  await assert.rejects(verifier.verify(document, unsendable, resources), thrown("worker", /cannot be sent/));
  await assert.rejects(verifier.view("w3c", document, unsendable, resources), thrown("worker", /cannot be sent/));
  assert.equal((await verifier.verify(document, occasion, resources)).verdict, "verified");
  verifier.terminate();
});

test("views have the shapes that they say", () => {
  const verifier = new Verifier(policy);
  assert.deepEqual(verifier.view("didkit", badge, occasion).errors, []);
  assert.ok(verifier.view("verifier-core", badge, occasion).log.length > 0);
  assert.equal(verifier.view("w3c", badge, occasion).status, true);
  assert.equal(verifier.view("velocity", badge, occasion)[0].credentialChecks.UNTAMPERED, "PASS");
});

test("the catalogue has words for everything that a report can say", () => {
  const { checks, codes } = catalogue();
  const verifier = new Verifier(policy);
  for (const check of verifier.verify(badge, occasion).report.checks) {
    assert.match(checks[check.id].title, /\?$/);
    assert.equal(codes[check.code].check, check.id);
    assert.match(codes[check.code].spec, /^https:|^SECURITY|^README|^design|/);
  }
});

test("the version is that of the package, and of the report", () => {
  const { verifier } = new Verifier(policy).verify(badge, occasion).report;
  const json = JSON.parse(readFileSync(join(wasm, "package.json"), "utf8"));
  assert.deepEqual([verifier.version, version()], [json.version, json.version]);
});

test("the modules import nothing but what wasm-bindgen needs, and no randomness", () => {
  for (const name of ["ler_verify", "ler_verify_full"]) {
    const module = new WebAssembly.Module(readFileSync(join(wasm, "dist", `${name}.wasm`)));
    const imports = WebAssembly.Module.imports(module);
    assert.ok(imports.length <= 4, JSON.stringify(imports));
    for (const { module, name } of imports) {
      assert.match(module, /^\.\/glue(-full)?_bg\.js$/);
      assert.match(name, /^__(wbindgen_|wbg_Error_|wbg___wbindgen_throw_)/, `${module} ${name} is neither memory nor an error`);
    }
  }
});

test("32-bit arithmetic: an index beyond any list is no panic", () => {
  // Status lists of the manifest with the largest indexes run in manifest.test.mjs; here the memory of the module is 32 bit.
  const huge = entries().entries.filter(({ id }) => /index/.test(id));
  for (const entry of huge) {
    const { document, policy, occasion } = given(entry);
    new small.Verifier(policy).verify(document, occasion);
  }
  assert.ok(huge.length > 0);
});

test("nothing in either module can draw random numbers", () => {
  for (const features of [[], ["--features", "full"]]) {
    const options = ["tree", "-p", "ler-verify-wasm", "--target", "wasm32-unknown-unknown", "-e", "normal", ...features];
    const tree = execFileSync("cargo", options, { cwd: root, encoding: "utf8" });
    assert.match(tree, /ed25519-dalek/);
    assert.doesNotMatch(tree, /getrandom/);
  }
});
