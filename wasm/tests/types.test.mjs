// The types, as a strict program sees them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Resources, Verifier, catalogue, init } from "ler-verify";
import { entries, given, root, wasm } from "./support.mjs";

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
  const head = `
    import { init, Verifier, type LearningRecord, type Code } from "ler-verify";
    import { publicHttps, verifyWithFetch } from "ler-verify/fetch";
    await init();
    using verifier = new Verifier({ acceptedIssuers: { oneOf: ["did:web:a.example"] }, checks: { schema: "require" } });
    const result = await verifyWithFetch(verifier, new Uint8Array(), { now: new Date() }, { allow: publicHttps });
  `;
  /** Each line by itself, and what the compiler has to say of it; nothing for those that are right. */
  const expected = [
    ["if (result.verdict === 'verified') { const record: LearningRecord | null = result.record; }"],
    ["const verdict: 'verified' | 'notVerified' | 'indeterminate' = result.verdict;"],
    ["for (const part of result.embedded) if (part.verdict === 'verified') part.record?.title;"],
    ["const code: Code | undefined = result.report.checks[0]?.code;"],
    ["result.record;", /Property 'record' does not exist/],
    ["const { record } = result;", /Property 'record' does not exist/],
    ["if (result.verdict === 'indeterminate') result.record;", /Property 'record' does not exist/],
    ["if (result.verdict === 'notVerified') result.record;", /Property 'record' does not exist/],
    ["if (result.verdict !== 'verified') result.document;", /'document' does not exist/],
    ["if (result.report.verdict === 'verified') result.record;", /Property 'record' does not exist/],
    ["for (const part of result.embedded) part.record;", /Property 'record' does not exist/],
    ["if (result.verdict === 'verified') result.authenticRecord;", /'authenticRecord' does not exist/],
    ["if (result.verdict === 'verified') result.record.title;", /possibly 'null'/],
    ["result.verdict = 'verified';", /read-only/],
    ["new Verifier({});", /acceptedIssuers/],
    ["new Verifier({ acceptedIssuers: 'anyone', checks: { nothing: 'skip' } });", /nothing/],
    ["new Verifier({ acceptedIssuers: 'anyone', checks: { schema: 'perhaps' } });", /not assignable/],
    ["verifier.verify({}, { now: '' });", /not assignable/],
    ["verifier.verify('', {});", /now/],
    ["verifier.view('nothing', '', { now: '' });", /not assignable/],
    ["verifyWithFetch(verifier, '', { now: '' }, {});", /allow/],
    ["verifyWithFetch(verifier, '', { now: '' });", /Expected 4/],
    ["const code: Code = 'proof.signature.fine';", /not assignable/],
  ];
  const said = compile(`${head.replaceAll("\n", " ")}\n${expected.map(([line]) => `{ ${line} }`).join("\n")}`);
  expected.forEach(([line, problem], index) => {
    const of = said.split(/^(?=\S)/m).filter((text) => text.includes(`program.ts(${index + 2},`)).join("");
    if (problem === undefined) assert.equal(of, "", line);
    else assert.match(of, problem, line);
  });
  assert.doesNotMatch(said, /program\.ts\(1,/);
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

/** What the compiler needs to compare types with names. */
const COMPARING = `
  type Plain<T> = Exclude<Extract<T, object>, readonly unknown[] | Date>;
  type Keys<T> = Plain<T> extends infer O ? (O extends unknown ? keyof O : never) : never;
  type Needed<T> = { [K in keyof T]-?: {} extends Pick<T, K> ? never : K }[keyof T];
  type Get<T, K> = Plain<T> extends infer O ? (O extends unknown ? (K extends keyof O ? NonNullable<O[K]> : never) : never) : never;
  type Item<T> = Extract<T, readonly unknown[]>[number];
  type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
`;
const union = (names) => names.map((name) => JSON.stringify(name)).join(" | ") || "never";

test("the unions of checks and codes are those of the module that comes with them", () => {
  const { checks, codes } = catalogue();
  assert.ok(Object.keys(checks).length > 50 && Object.keys(codes).length > 200);
  const program = (checks, codes) => `
    import type { CheckId, Code } from "ler-verify";
    ${COMPARING}
    const checks: Same<CheckId, ${union(checks)}> = true;
    const codes: Same<Code, ${union(codes)}> = true;
  `;
  const [ids, names] = [Object.keys(checks), Object.keys(codes)];
  assert.equal(compile(program(ids, names)), "");
  assert.match(compile(program(ids.slice(1), names)), /'false'/);
  assert.match(compile(program(ids, [...names, "proof.signature.fine"])), /'false'/);
});

/**
 * Lines that compile if the type has the names of the schema: members, which of them must be there, and values where they
 * are listed. (Types of texts and numbers are compared with all reports of the manifest, above.)
 */
function comparisons(name, type) {
  const read = (name) => JSON.parse(readFileSync(join(root, "core/schemas", name), "utf8"));
  const schema = read(`${name}.schema.json`);
  const lines = [];
  const seen = new Set();
  const line = (path, text) => lines.push(`const _${lines.length}: ${text} = true; // ${path}`);
  const resolve = (part) => {
    if (part.$ref === undefined) return part;
    const [file, pointer] = part.$ref.split("#");
    const whole = file === "" ? schema : read(file);
    return pointer.split("/").slice(1).reduce((value, name) => value[name], whole);
  };
  const variants = (part) => {
    const whole = resolve(part);
    const among = whole.oneOf ?? whole.anyOf;
    return among === undefined ? [whole] : among.flatMap(variants);
  };
  const walk = (part, type, path) => {
    if (part.$ref !== undefined && seen.has(part.$ref)) return;
    seen.add(part.$ref);
    const all = variants(part);
    const values = all.flatMap((one) => one.enum ?? ("const" in one ? [one.const] : []));
    if (values.length > 0 && all.every((one) => "enum" in one || "const" in one)) line(path, `Same<NonNullable<${type}>, ${union(values)}>`);
    const objects = all.filter(({ properties }) => properties !== undefined);
    const names = [...new Set(objects.flatMap(({ properties }) => Object.keys(properties)))];
    if (names.length > 0) line(path, `Same<Keys<${type}>, ${union(names)}>`);
    if (objects.length === 1) line(path, `Same<Needed<Plain<${type}>>, ${union(objects[0].required ?? [])}>`);
    for (const name of names) {
      const anyOf = objects.flatMap(({ properties }) => properties[name] ?? []);
      walk(anyOf.length === 1 ? anyOf[0] : { anyOf }, `Get<${type}, "${name}">`, `${path}.${name}`);
    }
    for (const { items } of all) if (items !== undefined) walk(items, `Item<${type}>`, `${path}[]`);
  };
  walk(schema, type, type);
  return lines;
}

test("the types have the members, and the listed values, of the JSON Schemas", () => {
  const least = { Policy: 8, Occasion: 3, Report: 30, LearningRecord: 50 };
  const lines = Object.entries(least).flatMap(([type, least]) => {
    const lines = comparisons(type === "LearningRecord" ? "record" : type.toLowerCase(), type);
    assert.ok(lines.length >= least, `${type}: ${lines.length}`);
    return lines;
  });
  const head = `import type { Policy, Occasion, Report, LearningRecord } from "ler-verify";${COMPARING}`.replaceAll("\n", " ");
  const program = [head, ...lines.map((line, index) => line.replace("const _", `const _${index}_`))];
  const said = compile(program.join("\n"));
  const wrong = [...said.matchAll(/program\.ts\((\d+),/g)].map(([, number]) => program[number - 1]);
  assert.deepEqual(wrong, [], said.slice(0, 500));
});

test("everything that is exported says what it is", () => {
  const names = readdirSync(join(wasm, "dist")).filter((name) => /^(?!glue|raw|inline-bytes).*\.d\.ts$/.test(name));
  assert.ok(names.length > 15);
  for (const name of names) {
    const lines = readFileSync(join(wasm, "dist", name), "utf8").split("\n");
    const silent = lines.filter((line, index) => /^export (declare |interface |type \w+(<.*>)? =)/.test(line) && !/\*\/$/.test(lines[index - 1] ?? ""));
    assert.deepEqual(silent, [], name);
    // Public methods, and members of what people write themselves: options, limits, policies.
    const member = /^ {4}(?!private|#|readonly #|static #)(static |readonly |get )?\[?[\w.]+\]?\??[(:<]/;
    const written = /^(fetch|resources|worker|verifier|errors)\.d\.ts$/.test(name);
    const undocumented = lines.filter((line, index) => written && !/constructor\(code/.test(line) && member.test(line) && !/\*\/$/.test(lines[index - 1]));
    assert.deepEqual(undocumented.filter((line) => !/Symbol\.dispose|readonly (kind|id|bytes|mediaType|retrievedAt|httpStatus|request|unavailable|name)\b/.test(line)), [], name);
  }
  const types = readFileSync(join(wasm, "js/types.ts"), "utf8");
  for (const name of ["Policy", "Limits", "Occasion", "ResourceRequest", "Axes", "VerifiedRecord"]) {
    const [, members] = types.match(new RegExp(`export interface ${name}\\b[^{]*\\{\\n([^]*?)\\n\\}`));
    const lines = members.split("\n");
    const silent = lines.filter((line, index) => /^ {2}readonly /.test(line) && !/\*\/$/.test(lines[index - 1] ?? ""));
    assert.deepEqual(silent.filter((line) => !/readonly (verdict|report|kind)\b/.test(line)), [], name);
  }
});
