// Measures the package in Node, next to a bare signature of Node and, if asked to, to the native library. Not a test.
//
//   node wasm/tests/speed.mjs [--native]     `--native`: the benchmarks of the library itself, in the same run
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { verify as nodeVerify, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { Verifier, init } from "ler-verify";
import { root } from "./support.mjs";

const begun = performance.now();
await init();
const loaded = performance.now();
const verifier = new Verifier({ acceptedIssuers: "anyone" });
const occasion = { now: "2026-11-21T12:00:00Z" };
const file = (name) => readFileSync(join(root, "test-vectors/credentials", name));
verifier.verify(file("ob3-typical.json"), occasion);
const first = performance.now();
console.log(`init ${(loaded - begun).toFixed(1)} ms, first verdict after ${(first - loaded).toFixed(1)} ms more`);

const { privateKey } = generateKeyPairSync("ed25519");
const publicKey = createPublicKey(privateKey);
const message = Buffer.alloc(64, 7);
const signature = sign(null, message, privateKey);

const subjects = {
  "node:crypto Ed25519": () => nodeVerify(null, message, publicKey, signature),
};
for (const name of ["ob3-small", "ob3-typical", "ob3-full"]) {
  const bytes = file(`${name}.json`);
  subjects[name] = () => verifier.verify(bytes, occasion);
}
const times = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
for (let round = 0; round < 15; round += 1) {
  for (const [name, subject] of Object.entries(subjects)) {
    const start = performance.now();
    for (let n = 0; n < 100; n += 1) subject();
    times[name].push((performance.now() - start) * 10);
  }
}
for (const [name, list] of Object.entries(times)) {
  const sorted = list.sort((a, b) => a - b);
  console.log(`${name}: ${sorted[0].toFixed(0)} µs (median ${sorted[7].toFixed(0)})`);
}
if (process.argv.includes("--native")) {
  execFileSync("cargo", ["bench", "-p", "ler-verify-bench"], { cwd: root, stdio: "inherit" });
}
