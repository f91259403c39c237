// The types, as a strict program sees them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Resources, Verifier, init } from "ler-verify";
import { entries, given, wasm } from "./support.mjs";

await init();

/** What the compiler says of a program. */
function compile(program) {
  const folder = mkdtempSync(join(wasm, "tests/.types-"));
  writeFileSync(join(folder, "program.ts"), program);
  const options = ["--ignoreConfig", "--noEmit", "--strict", "--exactOptionalPropertyTypes", "--target", "es2022", "--module", "nodenext"];
  try {
    execFileSync(join(wasm, "node_modules/.bin/tsc"), [...options, join(folder, "program.ts")], { cwd: folder });
    return "";
  } catch (error) {
    return String(error.stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("there is a record only where the verdict was asked for", () => {
  const program = (line) => `
    import { init, Verifier, type LearningRecord, type Code } from "ler-verify";
    import { publicHttps, verifyWithFetch } from "ler-verify/fetch";
    await init();
    using verifier = new Verifier({ acceptedIssuers: { oneOf: ["did:web:a.example"] }, checks: { schema: "require" } });
    const result = await verifyWithFetch(verifier, new Uint8Array(), { now: new Date() }, { allow: publicHttps });
    ${line}
  `;
  assert.equal(compile(program('if (result.verdict === "verified") { const record: LearningRecord | null = result.record; }')), "");
  assert.equal(compile(program("const code: Code | undefined = result.report.checks[0]?.code;")), "");
  assert.match(compile(program("result.record;")), /Property 'record' does not exist/);
  assert.match(compile(program('if (result.verdict !== "verified") result.document;')), /'document' does not exist/);
  assert.match(compile(program('new Verifier({});')), /acceptedIssuers/);
  assert.match(compile(program('new Verifier({ acceptedIssuers: "anyone", checks: { nothing: "skip" } });')), /nothing/);
  assert.match(compile(program('verifyWithFetch(verifier, "", { now: "" }, {});')), /allow/);
  assert.match(compile(program('const code: Code = "proof.signature.fine";')), /not assignable/);
});

test("reports and records are what their types say", () => {
  const seen = new Set();
  const samples = [];
  for (const entry of entries().entries) {
    const { document, policy, occasion, resources } = given(entry);
    const supplied = new Resources();
    for (const { kind, id, unavailable, ...resource } of resources) {
      if (unavailable === undefined) supplied.supply(kind, id, resource);
      else supplied.unavailable(kind, id, unavailable);
    }
    const result = new Verifier(policy).verify(document, occasion, supplied);
    // One of each shape is enough.
    const shape = new Set();
    const walk = (value, path) => {
      if (value === null || typeof value !== "object") return shape.add(path);
      for (const [name, member] of Object.entries(value)) walk(member, Array.isArray(value) ? path : `${path}.${name}`);
    };
    const record = result.verdict === "verified" ? result.record : result.authenticRecord;
    walk({ report: result.report, record }, "");
    if ([...shape].some((path) => !seen.has(path))) samples.push({ report: result.report, record });
    for (const path of shape) seen.add(path);
  }
  assert.ok(samples.length > 20, `${samples.length} shapes`);
  const list = samples.map(({ report, record }, index) =>
    `export const report${index}: Report = ${JSON.stringify(report)};\nexport const record${index}: LearningRecord | null = ${JSON.stringify(record)};`,
  );
  assert.equal(compile(`import type { Report, LearningRecord } from "ler-verify";\n${list.join("\n")}`), "");
});
