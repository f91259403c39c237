// Runs test-vectors/manifest.json through the WebAssembly module: every report has to be, byte for byte, the one that
// `cargo test -p ler-verify --test manifest` left in target/manifest-reports. Where a record names a schema, it is the same
// but for what is said of that: the small module is built without schemas.
//
// `cargo xtask-build wasm` builds the module.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { verify, version } = createRequire(import.meta.url)("../pkg/node/ler_verify.js");

const vectors = process.env.LER_VECTORS ?? join(root, "../shared/vectors");
const folder = join(root, "test-vectors");
const reports = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "manifest-reports");
const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));

const path = (name) =>
  name.startsWith("shared:") ? join(vectors, name.slice("shared:".length)) : join(folder, name);

const text = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

/** The resources of an entry as the module reads them. */
const resources = (entry) =>
  (entry.resources ?? []).map(({ file, ...resource }) =>
    file === undefined ? resource : { ...resource, text: text(readFileSync(path(file))) },
  );

/** A report without what is said of schemas, which are not part of the small module. */
const withoutSchemas = ({ checks, requests, resourcesUsed, embedded, ...rest }) => ({
  ...rest,
  checks: checks.filter(({ id }) => id !== "schema"),
  requests: requests?.filter(({ kind }) => kind !== "credentialSchema"),
  resourcesUsed: resourcesUsed?.filter(({ kind }) => kind !== "credentialSchema"),
  embedded: embedded?.map(({ report, ...part }) => ({ ...part, report: withoutSchemas(report) })),
});

/** The codes of all checks of schemas, the records inside included. */
const schemas = ({ checks, embedded }) => [
  ...checks.filter(({ id }) => id === "schema").map(({ code }) => code),
  ...(embedded ?? []).flatMap(({ report }) => schemas(report)),
];

for (const entry of manifest) {
  const files = [entry.input, ...(entry.resources ?? []).map((resource) => resource.file ?? [])].flat();
  const shared = files.some((file) => file.startsWith("shared:"));
  const skip = shared && !existsSync(vectors) ? "no vectors" : false;
  test(`${entry.id}: the same report as in Rust`, { skip }, () => {
    const report = verify(
      JSON.stringify(entry.policy),
      readFileSync(path(entry.input)),
      JSON.stringify(entry.occasion),
      JSON.stringify(resources(entry)),
    );
    const expected = readFileSync(join(reports, `${entry.id}.json`), "utf8");
    if (schemas(JSON.parse(expected)).length === 0) {
      assert.equal(report, expected);
    } else {
      assert.deepEqual(withoutSchemas(JSON.parse(report)), withoutSchemas(JSON.parse(expected)));
      for (const code of schemas(JSON.parse(report))) assert.match(code, /^schema\.not(Built|Evaluated)$/);
    }
    assert.equal(JSON.parse(report).verdict, entry.expect.verdict);
  });
}

const policy = '{"acceptedIssuers":"anyone"}';
const occasion = '{"now":"2026-11-21T12:00:00Z"}';
const nothing = new Uint8Array();

test("a record that does not verify throws nothing", () => {
  assert.notEqual(JSON.parse(verify(policy, nothing, occasion, "[]")).verdict, "verified");
});

test("misuse throws a sentence", () => {
  assert.throws(() => verify("{}", nothing, occasion, "[]"), /policy cannot be read.*acceptedIssuers/);
  assert.throws(() => verify('{"acceptedIssuers":{"oneOf":[]}}', nothing, occasion, "[]"), /names nobody/);
  assert.throws(() => verify(policy, nothing, "{}", "[]"), /occasion cannot be read.*now/);
  assert.throws(() => verify(policy, nothing, occasion, "{}"), /resources cannot be read/);
});

test("the version is that of the report", () => {
  assert.equal(JSON.parse(verify(policy, nothing, occasion, "[]")).verifier.version, version());
});

test("the module imports nothing but what wasm-bindgen needs", () => {
  for (const target of ["node", "web"]) {
    const bytes = readFileSync(join(root, "wasm/pkg", target, "ler_verify_bg.wasm"));
    for (const { module, name } of WebAssembly.Module.imports(new WebAssembly.Module(bytes))) {
      assert.match(module, /^(\.\/ler_verify_bg\.js|wbg)$/);
      assert.match(name, /^__(wbindgen|wbg_Error)_/, `${module} ${name} is neither memory nor an error`);
    }
  }
});
