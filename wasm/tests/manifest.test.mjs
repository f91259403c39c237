// Runs test-vectors/manifest.json through the package in Node and in Chromium: every report is, byte for byte, the one that
// `cargo test -p ler-verify --test manifest` left in target/manifest-reports; for `./full`, which has BBS, what it left with
// `--features bbs`. The module of `.` is built without schemas: where a record names one, its report is the same but for
// what is said of that.
//
// `npm run build` makes the package.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import * as full from "ler-verify/full";
import * as small from "ler-verify";
import { browser, entries, expected, given, schemas, serve, wasm, withoutSchemas } from "./support.mjs";

await Promise.all([small.init(), full.init()]);
const { entries: all, skipped } = entries();
if (skipped > 0) console.log(`skipped: ${skipped} entries of the manifest: no vectors`);

function verify({ Verifier, Resources }, { policy, occasion, resources, document }) {
  const supplied = new Resources();
  for (const { kind, id, unavailable, ...resource } of resources) {
    if (unavailable === undefined) supplied.supply(kind, id, resource);
    else supplied.unavailable(kind, id, unavailable);
  }
  const verifier = new Verifier(policy);
  const result = verifier.verify(document, occasion, supplied);
  verifier.free();
  supplied.clear();
  return result;
}

/** The same report, but for schemas. */
function assertSmall(json, entry) {
  const report = expected(entry);
  if (schemas(JSON.parse(report)).length === 0) {
    assert.equal(json, report);
  } else {
    assert.deepEqual(withoutSchemas(JSON.parse(json)), withoutSchemas(JSON.parse(report)));
    for (const code of schemas(JSON.parse(json))) assert.match(code, /^schema\.not(Built|Evaluated)$/);
  }
}

test("Node, `./full`: every report is the one of Rust", () => {
  for (const entry of all) {
    const result = verify(full, given(entry));
    assert.equal(result.json, expected(entry, "full"), entry.id);
    assert.equal(result.verdict, entry.expect.verdict, entry.id);
  }
});

test("Node, `.`: every report is the one of Rust, but for schemas", () => {
  for (const entry of all) assertSmall(verify(small, given(entry)).json, entry);
});

test("a record is there where it is verified, and nowhere else", () => {
  for (const entry of all) {
    const result = verify(small, given(entry));
    if (result.verdict === "verified") {
      assert.equal(typeof result.document, "object", entry.id);
      assert.ok(!("authenticRecord" in result));
    } else {
      assert.ok(!("record" in result) && !("document" in result), entry.id);
      if (result.report.axes.authentic !== "passed") assert.equal(result.authenticRecord, null, entry.id);
    }
    // What is logged holds no record.
    assert.deepEqual(Object.keys(JSON.parse(JSON.stringify(result))).sort(), ["json", "report", "verdict"]);
    assert.equal(result.embedded.length, result.report.embedded.length);
    assert.ok(result.embedded.every(({ verdict }, index) => verdict === result.report.embedded[index].report.verdict));
  }
});

test("Chromium: every report is the one of Rust", { timeout: 900_000 }, async (context) => {
  const chromium = await browser();
  after(() => chromium.close());
  const server = await serve(wasm, {}, { "/page": () => "", "/entries": entriesAt });
  context.after(() => server.close());
  const page = await chromium.newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(`${server.url}/page`);
  const step = 50;
  for (let from = 0; from < all.length; from += step) {
    const reports = await page.evaluate(reportsFrom, { from, verify: verify.toString() });
    reports.forEach((json, index) => assert.equal(json, expected(all[from + index], "full"), all[from + index].id));
    assert.equal(reports.length, Math.min(step, all.length - from));
  }

  function entriesAt(request) {
    const from = Number(new URL(request.url, "http://localhost").searchParams.get("from"));
    const bytes = (buffer) => buffer.toString("base64");
    return JSON.stringify(all.slice(from, from + step).map((entry) => given(entry, bytes)));
  }
});

/** In the page. */
async function reportsFrom({ from, verify }) {
  const entry = await import("/dist/full.js");
  await entry.init();
  const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const run = (0, eval)(`(${verify})`);
  const given = await (await fetch(`/entries?from=${from}`)).json();
  return given.map(({ document, resources, ...rest }) => {
    const decoded = resources.map((resource) =>
      resource.bytes === undefined ? resource : { ...resource, bytes: bytes(resource.bytes) },
    );
    return run(entry, { ...rest, document: bytes(document), resources: decoded }).json;
  });
}
