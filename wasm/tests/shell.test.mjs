// The shell around the module: misuse, faults, memory, resources, views.
import { crash, fault } from "./faults.mjs";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as full from "ler-verify/full";
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

test("before `init` everything says so", () => {
  for (const entry of [small, inline, full]) {
    assert.throws(() => new entry.Verifier(policy), thrown("notInitialized", /await init\(\)/));
    assert.throws(() => entry.catalogue(), thrown("notInitialized"));
    assert.throws(() => entry.version(), thrown("notInitialized"));
  }
});

await Promise.all([init(), inline.init(), full.init()]);

test("a record that does not verify throws nothing", () => {
  const verifier = new Verifier(policy);
  const shared = new Uint8Array(new SharedArrayBuffer(64), 8, 8);
  const others = [new DataView(new ArrayBuffer(5)), new Uint16Array(3), new Uint8Array(0), runInNewContext("new ArrayBuffer(3)")];
  const texts = ["", "{", "[]", "null", "\0", "\ud800", "\udc00{}", '{"a":"\ud83d"}', "\ufeff{}", "e30.e30.", "~", "5", '"a"'];
  const bytes = [Uint8Array.of(0xff), Uint8Array.of(0x7b, 0xc0, 0x80, 0x7d), Uint8Array.of(0xed, 0xa0, 0x80)];
  for (const document of [...texts, ...bytes, ...others, shared, new Uint8Array(1_000), new ArrayBuffer(3)]) {
    const result = verifier.verify(document, occasion);
    assert.notEqual(result.verdict, "verified");
    assert.ok(result.report.checks.length > 0);
    assert.deepEqual(result.embedded, []);
  }
});

test("a record is read from whatever holds its bytes", () => {
  const verifier = new Verifier(policy);
  const { json } = verifier.verify(badge, occasion);
  const around = new Uint8Array(badge.length + 20);
  around.set(badge, 7);
  const shared = new Uint8Array(new SharedArrayBuffer(badge.length));
  shared.set(badge);
  const copy = Uint8Array.from(badge);
  const elsewhere = runInNewContext("(bytes) => Uint8Array.from(bytes).buffer")([...badge]);
  const documents = [badge.toString(), around.subarray(7, 7 + badge.length), shared, copy.buffer, new DataView(copy.buffer), elsewhere];
  for (const document of documents) assert.equal(verifier.verify(document, occasion).json, json);
});

test("half a surrogate pair is not read as the character that stands for what cannot be read", () => {
  const verifier = new Verifier(policy);
  for (const half of ["\ud800", "\udfff", "\ud83d-\ude00"]) {
    const { report } = verifier.verify(`{"é😀": "${half}"}`, occasion);
    assert.ok(report.checks.some(({ code, outcome }) => code === "json.utf8" && outcome === "failed"), JSON.stringify(report.checks[0]));
  }
  assert.ok(verifier.verify('{"a": "\ufffd😀"}', occasion).report.checks.every(({ code }) => code !== "json.utf8"));
});

test("larger than any policy allows: a limit that was reached, and nothing of it is kept", () => {
  const verifier = new Verifier({ ...policy, limits: { inputBytes: 64 * 1024 * 1024 } });
  const resources = new Resources().supply("context", "https://a.example/", { bytes: "{}" });
  const before = verifier.verify(badge, occasion, resources).json;
  for (const [bytes, given] of [[9, undefined], [64, resources], [65, undefined], [100, resources], [256, undefined]]) {
    const { verdict, report } = verifier.verify(new Uint8Array(bytes * 1024 * 1024), occasion, given);
    assert.notEqual(verdict, "verified");
    if (bytes > 64) assert.deepEqual([verdict, report.checks[0].code], ["indeterminate", "limits.bytes"]);
    assert.match(report.inputDigest, /[0-9a-f]{64}$/);
  }
  assert.ok(fault.memory.buffer.byteLength < 64 * 1024 * 1024);
  assert.equal(verifier.verify(badge, occasion, resources).json, before);
});

test("misuse throws its code and a sentence", () => {
  const verifier = new Verifier(policy);
  assert.throws(() => new Verifier({}), thrown("policy", /policy cannot be read.*acceptedIssuers/));
  assert.throws(() => new Verifier({ acceptedIssuers: { oneOf: [] } }), thrown("policy", /names nobody/));
  for (const wrong of [undefined, null, [], "anyone", 1n, () => {}, Symbol("a"), { ...policy, clockSkew: "5" }, { ...policy, more: 1 }]) {
    assert.throws(() => new Verifier(wrong), thrown("policy"));
  }
  assert.throws(() => verifier.verify(badge, {}), thrown("occasion", /occasion cannot be read.*now/));
  assert.throws(() => verifier.verify(badge, undefined), thrown("occasion", /new Date/));
  const { now } = occasion;
  const circle = { now };
  circle.recipients = [circle];
  const times = [new Date(NaN), 5, null, "", "yesterday", undefined].map((now) => ({ now }));
  const whom = [{ now, recipients: "me" }, { now, recipients: [5] }, { now, challenge: "\ud800" }, { now, more: 1 }, { now, holder: 1n }];
  for (const wrong of [null, [], "now", 5, now, circle, ...times, ...whom]) {
    assert.throws(() => verifier.verify(badge, wrong), thrown("occasion"), String(wrong?.now));
  }
  const gone = new Uint8Array(badge);
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  for (const wrong of [{}, [], null, undefined, 5, new SharedArrayBuffer(3), new Date(), gone, gone.buffer]) {
    assert.throws(() => verifier.verify(wrong, occasion), thrown("document"));
  }
  assert.throws(() => verifier.verify({}, occasion), thrown("document", /Uint8Array/));
  assert.throws(() => verifier.verify(gone, occasion), thrown("document", /transferred/));
  assert.throws(() => verifier.verify(new Uint8Array(257 * 1024 * 1024), occasion), thrown("document", /256 MiB/));
  for (const wrong of [[], {}, null, "context", new Map()]) {
    assert.throws(() => verifier.verify(badge, occasion, wrong), thrown("resources"));
  }
  for (const wrong of ["nothing", "", undefined, null, 5, Symbol("a"), "\ud800", "__proto__"]) {
    assert.throws(() => verifier.view(wrong, badge, occasion), thrown("view"));
  }
  verifier.free();
  verifier.free();
  assert.throws(() => verifier.verify(badge, occasion), thrown("freed"));
  assert.throws(() => verifier.view("w3c", badge, occasion), thrown("freed"));
});

test("misuse of resources is told where it is written, and spoils nothing", () => {
  const resources = new Resources();
  const id = "https://a.example/";
  for (const kind of ["diploma", "", "toString", "__proto__", undefined, null, 5, Symbol("a")]) {
    assert.throws(() => resources.supply(kind, id, { bytes: "" }), thrown("resources", /kind/));
    assert.throws(() => resources.unavailable(kind, id, "offline"), thrown("resources", /kind/));
  }
  for (const wrong of [undefined, null, 5, {}]) {
    assert.throws(() => resources.supply("context", wrong, { bytes: "" }), thrown("resources", /`id`/));
    assert.throws(() => resources.unavailable("context", id, wrong), thrown("resources"));
    assert.throws(() => resources.supply("context", id, wrong), thrown("resources"));
    assert.throws(() => resources.answer(wrong, { bytes: "" }), thrown("resources"));
    assert.throws(() => resources.answer({ kind: "context", identifier: id, maxBytes: 9 }, wrong), thrown("resources"));
  }
  const bytes = "{}";
  for (const wrong of [
    { bytes: 1 }, { bytes: new SharedArrayBuffer(2) }, { bytes, mediaType: 5 }, { bytes, mediaType: null }, { bytes, retrievedAt: 5 },
    { bytes, retrievedAt: new Date(NaN) }, { bytes, httpStatus: "410" }, { bytes, httpStatus: 65946 }, { bytes, httpStatus: NaN },
  ]) assert.throws(() => resources.supply("context", id, wrong), thrown("resources"));
  assert.equal(resources.size, 0);
  const verifier = new Verifier(policy);
  resources.supply("context", id, { bytes, retrievedAt: "yesterday" });
  assert.throws(() => verifier.verify(badge, occasion, resources), thrown("resources", /instant/));
  resources.supply("context", id, { bytes, retrievedAt: "2026-11-21T12:00:00Z" });
  assert.equal(verifier.verify(badge, occasion, resources).verdict, "verified");
});

test("a verifier that goes out of scope is freed", () => {
  const verifier = new Verifier(policy);
  const calls = fault.calls("__wbg_verifier_free");
  verifier[Symbol.dispose]();
  verifier[Symbol.dispose]();
  assert.equal(fault.calls("__wbg_verifier_free"), calls + 1);
  assert.throws(() => verifier.verify(badge, occasion), thrown("freed"));
});

test("what nobody holds any more gives its memory back", { timeout: 300_000 }, async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const before = ["verifier", "resources"].map((name) => fault.calls(`__wbg_${name}_free`));
  const use = () => {
    for (let n = 0; n < 20; n += 1) {
      const resources = new Resources().supply("context", "https://a.example/", { bytes: "{}" });
      assert.equal(new Verifier(policy).verify(badge, occasion, resources).verdict, "verified");
    }
  };
  use();
  // When an engine collects is its own affair: it is asked until it has, but for what its stack still holds.
  for (const [index, name] of ["verifier", "resources"].entries()) {
    while (fault.calls(`__wbg_${name}_free`) < before[index] + 18) {
      collect();
      await pause(5);
    }
  }
});

/** Every function of the module that the shell calls, each in the entries and at the moment that it is given. */
const CALLS = {
  verifier_new: ({ Verifier }) => new Verifier(policy),
  verifier_verify: (_, verifier, resources) => verifier.verify(badge, occasion, resources),
  verification_report: (_, verifier, resources) => verifier.verify(badge, occasion, resources),
  verification_records: (_, verifier) => verifier.verify(badge, occasion),
  verification_view: (_, verifier) => verifier.view("w3c", badge, occasion),
  __wbg_verification_free: (_, verifier) => verifier.verify(badge, occasion),
  __wbindgen_malloc: (_, verifier) => verifier.verify(badge, occasion),
  resources_new: (_, verifier) => verifier.verify(badge, occasion),
  resources_found: (_, verifier) => verifier.verify(badge, occasion, supplied()),
  resources_unavailable: (_, verifier) => verifier.verify(badge, occasion, supplied()),
  __wbg_resources_free: (_, verifier) => verifier.verify(badge, occasion),
  __wbg_verifier_free: ({ Verifier }) => new Verifier(policy).free(),
  version: ({ version }) => version(),
};
const supplied = () =>
  new Resources().supply("context", "https://a.example/", { bytes: "{}" }).unavailable("context", "https://a.example/b", "offline");

for (const [name, entry] of Object.entries({ ".": small, "./inline": inline, "./full": full })) {
  test(`a trap in ${name} is an error with a code, and the next call has a new instance`, () => {
    const verifier = new entry.Verifier(policy);
    const resources = supplied();
    const before = verifier.verify(badge, occasion, resources).json;
    for (const [at, call] of Object.entries(CALLS)) {
      const instances = fault.instances;
      fault.next = at;
      assert.throws(() => call(entry, verifier, resources), thrown("internal", /starts afresh/), at);
      assert.equal(fault.next, undefined, at);
      assert.equal(fault.instances, instances + 1, at);
      assert.equal(verifier.verify(badge, occasion, resources).json, before, at);
      assert.equal(fault.instances, instances + 1, at);
    }
    // One in the middle of Rust: where the module asks for an `Error` to throw.
    const { Error: own } = globalThis;
    globalThis.Error = function () {
      crash();
    };
    globalThis.Error.prototype = own.prototype;
    try {
      assert.throws(() => verifier.verify(badge, { now: "no instant" }, resources), thrown("internal"));
    } finally {
      globalThis.Error = own;
    }
    assert.equal(verifier.verify(badge, occasion, resources).json, before);
    fault.next = "verifier_verify";
    assert.throws(() => verifier.verify(badge, occasion), (error) => error.cause instanceof WebAssembly.RuntimeError);
    // What is given back after its instance is gone is not taken for something of the new one.
    const frees = () => ["verifier", "resources"].map((what) => fault.calls(`__wbg_${what}_free`));
    const counted = frees();
    verifier.free();
    resources.clear();
    assert.deepEqual(frees(), counted);
  });
}

test("`.` and `./inline` are one module: a trap in one leaves what the other holds", () => {
  for (const [one, other] of [[small, inline], [inline, small]]) {
    const [here, there] = [new one.Verifier(policy), new other.Verifier(policy)];
    const resources = supplied();
    const before = there.verify(badge, occasion, resources).json;
    fault.next = "verifier_verify";
    assert.throws(() => here.verify(badge, occasion, resources), thrown("internal"));
    assert.equal(there.verify(badge, occasion, resources).json, before);
    assert.equal(here.verify(badge, occasion, resources).json, before);
    fault.next = "verifier_verify";
    assert.throws(() => here.verify(badge, occasion, resources), thrown("internal"));
    there.free();
    assert.equal(here.verify(badge, occasion, resources).json, before);
    assert.throws(() => there.verify(badge, occasion), thrown("freed"));
  }
});

test("where there is no room for a new instance, it is tried again at the next call", () => {
  const verifier = new Verifier(policy);
  const resources = supplied();
  const before = verifier.verify(badge, occasion, resources).json;
  fault.refusing = true;
  try {
    fault.next = "verifier_verify";
    assert.throws(() => verifier.verify(badge, occasion, resources), thrown("internal"));
    assert.throws(() => verifier.verify(badge, occasion, resources), (error) => error.code === "internal" && /no room/.test(error.cause.message));
    assert.throws(() => new Verifier(policy), thrown("internal"));
  } finally {
    fault.refusing = false;
  }
  assert.equal(verifier.verify(badge, occasion, resources).json, before);
});

test("names in a record do not become properties of anything", () => {
  const text = badge.toString().replace("{", '{"__proto__":{"polluted":true},"constructor":1,');
  const { report } = new Verifier(policy).verify(text, occasion);
  assert.equal(Object.getPrototypeOf(report), Object.prototype);
  assert.equal({}.polluted, undefined);
});

test("memory does not grow with the number of verifications", () => {
  const verifier = new Verifier(policy);
  const counts = () => ["verifier_verify", "__wbg_verification_free", "resources_new", "__wbg_resources_free"].map(fault.calls);
  const use = (times) => {
    const before = counts();
    for (let n = 0; n < times; n += 1) {
      verifier.verify(badge, occasion);
      verifier.view("w3c", badge, occasion);
      assert.throws(() => verifier.view("nothing", badge, occasion), thrown("view"));
      assert.throws(() => verifier.verify(badge, { now: "" }), thrown("occasion"));
    }
    return counts().map((count, index) => count - before[index]);
  };
  use(20);
  const before = fault.memory.buffer.byteLength;
  assert.deepEqual(use(100), [400, 300, 400, 400]);
  assert.equal(fault.memory.buffer.byteLength, before);
});

test("of resources that are supplied again and again the last is kept", () => {
  const resources = new Resources();
  const verifier = new Verifier(policy);
  for (let n = 0; n < 50; n += 1) resources.supply("context", "https://a.example/c", { bytes: new Uint8Array(1024 * 1024) });
  assert.equal(resources.size, 1);
  assert.equal(resources.since(0).entries.length, 1);
  assert.equal(verifier.verify(badge, occasion, resources).verdict, "verified");
  resources.clear();
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
