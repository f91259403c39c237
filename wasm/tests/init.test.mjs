// `init` and `initSync`, each in a process that has not loaded anything yet.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { wasm } from "./support.mjs";

/** What a program says that has the entries at hand, not loaded. */
function program(text) {
  const head = `
    import "./tests/faults.mjs";
    import assert from "node:assert/strict";
    import { readFileSync } from "node:fs";
    import { LerError, Verifier, init, initSync, version } from "ler-verify";
    import * as inline from "ler-verify/inline";
    import * as full from "ler-verify/full";
    import { fault } from "./tests/faults.mjs";
    const bytes = readFileSync("dist/ler_verify.wasm");
    const others = readFileSync("dist/ler_verify_full.wasm");
    const load = (error) => error instanceof LerError && error.code === "load";
    const answer = (type, body = bytes, status = 200) => new Response(body, { status, headers: type ? { "content-type": type } : {} });
    const calls = [];
    for (const name of ["compile", "compileStreaming"]) {
      const own = WebAssembly[name];
      // Node compiles a small module of its own when it first fetches something.
      WebAssembly[name] = (source) => (source.byteLength < 1e6 || calls.push(name), own.call(WebAssembly, source));
    }
    const works = () => new Verifier({ acceptedIssuers: "anyone" }).verify("{}", { now: new Date() }).report.checks.length > 0;
  `;
  execFileSync("node", ["--input-type=module", "--eval", head + text], { cwd: wasm, stdio: "pipe" });
}

test("it takes a URL, a response, a promise of one, bytes, and a compiled module", () => {
  for (const [source, way] of [
    ["`data:application/wasm;base64,${bytes.toString('base64')}`", "compileStreaming"],
    ["new URL(`data:application/wasm;base64,${bytes.toString('base64')}`)", "compileStreaming"],
    ["answer('application/wasm')", "compileStreaming"],
    ["Promise.resolve(answer('application/wasm'))", "compileStreaming"],
    // Streams are compiled of exactly this media type alone.
    ["answer('Application/WASM')", "compile"],
    ["answer('application/wasm; charset=utf-8')", "compile"],
    ["answer('application/octet-stream')", "compile"],
    ["answer()", "compile"],
    ["bytes", "compile"],
    ["Uint8Array.from(bytes).buffer", "compile"],
    ["new WebAssembly.Module(bytes)"],
    ["undefined", "compile"],
  ]) {
    program(`await init(${source}); assert.ok(works()); assert.deepEqual(calls, ${JSON.stringify(way ? [way] : [])});`);
  }
});

test("once is enough: later and concurrent calls load nothing, whatever they are given", () => {
  program(`
    let asked = 0;
    globalThis.fetch = async () => (asked += 1, answer("application/wasm"));
    const promises = [init("https://a.example/"), init("https://b.example/"), init(), init(bytes)];
    assert.equal(new Set(promises).size, 1);
    await Promise.all(promises);
    await init("https://c.example/");
    initSync(new WebAssembly.Module(others));
    assert.deepEqual([asked, fault.instances, calls.length], [1, 1, 1]);
    assert.ok(works());
  `);
});

test("one that failed can be repeated", () => {
  program(`
    const failures = ["https://[", "data:application/wasm,no", answer("application/wasm", "no"), answer("text/html", "no", 404),
      () => Promise.reject(new TypeError("offline")), new Uint8Array(9), others, {}, 5, [], Symbol("a"), new WebAssembly.Module(others)];
    for (const failure of failures) {
      const source = typeof failure === 'function' ? failure() : failure;
      const both = await Promise.allSettled([init(source), init()]);
      for (const { reason } of both) assert.ok(load(reason), String(reason));
      assert.throws(() => works(), (error) => error.code === "notInitialized");
    }
    await init();
    assert.ok(works());
  `);
});

test("`initSync` takes the module of its entry, and makes `init` do nothing", () => {
  program(`
    for (const wrong of [undefined, null, 5, {}, "https://a.example/", new Uint8Array(9), new WebAssembly.Module(others)]) {
      assert.throws(() => initSync(wrong), load);
    }
    initSync(new WebAssembly.Module(bytes));
    assert.ok(works());
    initSync(undefined);
    await init("https://never.example/");
    assert.deepEqual([fault.instances, calls.length], [1, 0]);
  `);
});

test("`.` and `./inline` share an instance, `./full` has its own", () => {
  program(`
    await Promise.all([init(), inline.init()]);
    await inline.init("https://never.example/");
    assert.equal(fault.instances, 1);
    assert.equal(inline.Verifier, Verifier);
    assert.throws(() => full.version(), (error) => error.code === "notInitialized");
    await Promise.all([full.init(), full.init(bytes)]);
    assert.equal(fault.instances, 2);
    assert.equal(full.version(), version());
  `);
  program(`
    const [failed] = await Promise.allSettled([init("data:application/wasm,no"), inline.init()]);
    assert.ok(load(failed.reason));
    assert.ok(works());
  `);
});
