// Measures the package: next to one bare Ed25519 check in the same module, to Node's own, to another verifier of the same
// records, and to the native library. Not a test.
//
//   cargo xtask-build wasm && cargo xtask-build measured
//   node wasm/tests/speed.mjs [--peer FOLDER] [--native]
//
// `--peer`: a folder in which `npm install @digitalbazaar/vc @digitalbazaar/data-integrity
// @digitalbazaar/eddsa-rdfc-2022-cryptosuite` was run. `--native`: the table of the library itself, in the same run.
//
// Times are those of the processor, not of the clock, and ratios are medians over rounds in which every subject has its
// turn: so they hold on a machine that does other things, too.
import { execFileSync } from "node:child_process";
import { generateKeyPairSync, sign, verify as nodeVerify } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { peerOf } from "./peer.mjs";
import { root, target } from "./support.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 60);
const PROCESSES = 11;
const occasion = { now: "2026-11-21T12:00:00Z" };
const policy = { acceptedIssuers: "anyone" };
const file = (name) => readFileSync(join(root, "test-vectors/credentials", name));
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

/** What this thread has used of the processor, in ms; a nap makes the system count it. */
function thread() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0.05);
  return Number(readFileSync("/proc/thread-self/schedstat", "utf8").split(" ")[0]) / 1e6;
}

/** What a page waits for. In a process of its own, because engines keep what they compiled. */
async function first() {
  const { Verifier, init } = await import("ler-verify");
  const document = file("ob3-typical.json");
  thread();
  const begun = [performance.now(), thread()];
  await init();
  const loaded = [performance.now(), thread()];
  const verifier = new Verifier(policy);
  if (verifier.verify(document, occasion).verdict !== "verified") throw new Error("not verified");
  const done = [thread(), performance.now()].reverse();
  console.log(JSON.stringify([loaded[0] - begun[0], loaded[1] - begun[1], done[0] - loaded[0], done[1] - loaded[1]]));
}

/** The module with a bare check beside it, its subjects by name. */
async function measured() {
  const glue = await import(join(target, "wasm-measured/glue.js"));
  glue.initSync({ module: readFileSync(join(target, "wasm-measured/measured.wasm")) });
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const message = Buffer.alloc(64, 7);
  const signature = sign(null, message, privateKey);
  const key = glue.Ed25519.key(Buffer.from(publicKey.export({ format: "jwk" }).x, "base64url"));
  if (!key.verify(message, signature)) throw new Error("a good signature is refused");
  const verifier = new glue.Verifier(JSON.stringify(policy));
  const resources = new glue.Resources();
  const now = JSON.stringify(occasion);
  const verify = (name) => {
    const bytes = file(name);
    const { verdict } = JSON.parse(verifier.verify(bytes, now, resources).report());
    if (verdict !== "verified") throw new Error(`${name} is not verified`);
    return () => verifier.verify(bytes, now, resources).free();
  };
  return {
    "Ed25519, bare": () => key.verify(message, signature),
    "Ed25519 of Node": () => nodeVerify(null, message, publicKey, signature),
    "badge, small": verify("ob3-small.json"),
    "badge, typical": verify("ob3-typical.json"),
    "badge, full": verify("ob3-full.json"),
    "JWT, typical": verify("jwt-ob-typical.jwt"),
  };
}

async function main() {
  const times = Array.from({ length: PROCESSES }, () =>
    JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), "--first"], { encoding: "utf8" })),
  );
  const [init, initThread, verdict, verdictThread] = times[0].map((_, n) => median(times.map((each) => each[n])).toFixed(1));
  console.log(`init ${init} ms (processor ${initThread}); first verdict ${verdict} ms after it (processor ${verdictThread})`);

  const subjects = await measured();
  const { Verifier, init: load } = await import("ler-verify");
  await load();
  const verifier = new Verifier(policy);
  const typical = file("ob3-typical.json");
  subjects["badge, typical, as an object"] = () => verifier.verify(typical, occasion);
  const folder = process.argv[process.argv.indexOf("--peer") + 1];
  const peer = process.argv.includes("--peer") ? await peerOf(folder, occasion) : undefined;
  if (peer !== undefined) {
    // Really checks: what was changed is refused.
    const changed = typical.toString().replace("Introduction", "Conclusion");
    if (!(await peer(typical.toString())) || (await peer(changed))) throw new Error("the peer does not verify");
    subjects["badge, typical, @digitalbazaar/vc"] = () => peer(typical.toString());
  }
  const all = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let round = -ROUNDS / 2; round < ROUNDS; round += 1) {
    for (const [name, subject] of Object.entries(subjects)) {
      const begun = process.cpuUsage();
      for (let n = 0; n < 20; n += 1) await subject();
      const { user, system } = process.cpuUsage(begun);
      // The rounds before the first let the engine find out what is worth optimising.
      if (round >= 0) all[name].push((user + system) / 20);
    }
  }
  const ratio = (name, to) => median(all[name].map((time, round) => time / all[to][round])).toFixed(2);
  for (const name of Object.keys(all)) {
    console.log(`${name}: ${median(all[name]).toFixed(0)} µs, ${ratio(name, "Ed25519, bare")}`);
  }
  if (peer !== undefined) {
    const times = ratio("badge, typical, @digitalbazaar/vc", "badge, typical, as an object");
    console.log(`@digitalbazaar/vc takes ${times} times as long as the package`);
  }
  if (process.argv.includes("--native")) {
    execFileSync("cargo", ["run", "--release", "-p", "ler-verify-bench"], { cwd: root, stdio: "inherit" });
  }
}

await (process.argv.includes("--first") ? first() : main());
