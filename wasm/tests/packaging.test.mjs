// The package as it is published: packed, installed into an empty folder, and used in each way that the README names, in
// Chromium under the Content Security Policy that the README gives, and in Node.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { browser, root, serve, wasm } from "./support.mjs";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "ler-verify-")));
const npm = (...options) => execFileSync("npm", options, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const [{ filename, files }] = JSON.parse(npm("pack", "--json", wasm));
writeFileSync(join(folder, "package.json"), '{"private":true,"type":"module"}');
npm("install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", join(folder, filename));
writeFileSync(join(folder, "badge.json"), readFileSync(join(root, "test-vectors/credentials/ob3-small.json")));

/** What every page and script does: verify one badge, and say what came of it. */
const use = (document) => `
  const verifier = new Verifier({ acceptedIssuers: "anyone" });
  const result = await verifier.verify(${document}, { now: "2026-11-21T12:00:00Z" });
  const said = result.verdict === "verified" ? result.record.title[0].value : JSON.stringify(result);
`;
const inPage = (imports, start = "await init();") => `
  ${imports}
  try {
    ${start}
    ${use('await (await fetch("/badge.json")).arrayBuffer()')}
    globalThis.said = said;
  } catch (error) {
    globalThis.said = error.code + ": " + error.message;
  }
`;
const html = (script) => `<!doctype html><title>t</title><script type="module" src="${script}"></script>`;
const write = (name, text) => {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
};

/** The policy of the README: nothing is allowed that is not named. */
const CSP = {
  "": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
  worker: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'",
  without: "default-src 'none'; script-src 'self'; connect-src 'self'",
};

const chromium = await browser();
after(async () => {
  await chromium.close();
  rmSync(folder, { recursive: true });
});

/** What a page says in the end, and that its policy was never violated. */
async function said(directory, path, policy = CSP[""], broken = false) {
  const badge = () => readFileSync(join(folder, "badge.json"));
  const server = await serve(directory, { "content-security-policy": policy }, { "/badge.json": badge });
  const page = await chromium.newPage();
  const problems = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  const requests = [];
  page.on("request", (request) => requests.push(new URL(request.url())));
  try {
    await page.goto(`${server.url}/${path}`);
    await page.waitForFunction(() => globalThis.said !== undefined, undefined, { timeout: 20_000 });
    const text = await page.evaluate(() => globalThis.said);
    if (!broken) assert.deepEqual(problems.filter((problem) => !/favicon|404/.test(problem)), []);
    assert.ok(requests.every(({ origin, protocol }) => origin === server.url || protocol === "blob:"), String(requests));
    return { text, requests: requests.map(({ pathname }) => pathname) };
  } catch (error) {
    throw new Error(`${path}: ${error.message}; ${problems.join("; ")}`, { cause: error });
  } finally {
    await page.close();
    server.close();
  }
}

const TITLE = "Teamwork Badge";
const PACKAGE = "/node_modules/ler-verify/dist";

test("what is packed: the entries, nothing else", () => {
  const names = files.map(({ path }) => path).filter((path) => !/^dist\//.test(path));
  assert.deepEqual(names.sort(), ["README.md", "package.json"]);
  const { exports } = JSON.parse(readFileSync(join(wasm, "package.json"), "utf8"));
  const named = Object.values(exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry)));
  for (const file of named) assert.ok(files.some(({ path }) => `./${path}` === file), `${file} is not there`);
});

for (const entry of ["", "/full", "/inline"]) {
  test(`Node: ler-verify${entry}`, () => {
    const badge = 'readFileSync("badge.json")';
    write("use.mjs", `import { readFileSync } from "node:fs"; import { init, Verifier } from "ler-verify${entry}";
      await init(); ${use(badge)} console.log(said);`);
    assert.equal(execFileSync("node", ["use.mjs"], { cwd: folder, encoding: "utf8" }).trim(), TITLE);
  });
}

for (const entry of ["index", "full", "inline"]) {
  test(`a plain module script: ${entry}.js`, async () => {
    write("plain.js", inPage(`import { init, Verifier } from "${PACKAGE}/${entry}.js";`));
    write("plain.html", html("plain.js"));
    const { text, requests } = await said(folder, "plain.html");
    assert.equal(text, TITLE);
    assert.equal(requests.some((path) => path.endsWith(".wasm")), entry !== "inline");
  });
}

test("a worker", async () => {
  const start = 'const verifier0 = await WorkerVerifier.start({ acceptedIssuers: "anyone" });';
  const script = inPage(`import { WorkerVerifier } from "${PACKAGE}/worker.js";`, start);
  write("worker.js", script.replace('new Verifier({ acceptedIssuers: "anyone" })', "verifier0"));
  write("worker.html", html("worker.js"));
  assert.equal((await said(folder, "worker.html", CSP.worker)).text, TITLE);
});

test("a worker tells misuse like the page does", async () => {
  write("wrong.js", inPage(`import { WorkerVerifier } from "${PACKAGE}/worker.js";`, "await WorkerVerifier.start({});"));
  write("wrong.html", html("wrong.js"));
  assert.match((await said(folder, "wrong.html", CSP.worker)).text, /^policy: the policy cannot be read/);
});

test("without 'wasm-unsafe-eval' it is an error with a code", async () => {
  write("plain.js", inPage(`import { init, Verifier } from "${PACKAGE}/index.js";`));
  write("plain.html", html("plain.js"));
  assert.match((await said(folder, "plain.html", CSP.without, true)).text, /^load: .*(unsafe-eval|Content Security Policy)/);
});

test("Vite", async () => {
  write("main.js", inPage('import { init, Verifier } from "ler-verify";'));
  write("index.html", html("/main.js"));
  const { build } = await import("vite");
  const outDir = join(folder, "vite");
  await build({ root: folder, logLevel: "error", configFile: false, build: { outDir, modulePreload: false } });
  assert.equal((await said(outDir, "index.html")).text, TITLE);
});

test("Vite, a worker", async () => {
  const start = 'const verifier0 = await WorkerVerifier.start({ acceptedIssuers: "anyone" });';
  const script = inPage('import { WorkerVerifier } from "ler-verify/worker";', start);
  write("main.js", script.replace('new Verifier({ acceptedIssuers: "anyone" })', "verifier0"));
  write("index.html", html("/main.js"));
  const { build } = await import("vite");
  const outDir = join(folder, "vite-worker");
  const worker = { format: "es" };
  await build({ root: folder, logLevel: "error", configFile: false, worker, build: { outDir, modulePreload: false } });
  assert.equal((await said(outDir, "index.html", CSP.worker)).text, TITLE);
});

for (const [name, imports, start] of [
  ["webpack", 'import { init, Verifier } from "ler-verify";', "await init();"],
  ["webpack, a worker", 'import { WorkerVerifier } from "ler-verify/worker";',
    'const verifier0 = await WorkerVerifier.start({ acceptedIssuers: "anyone" });'],
]) {
  test(name, async () => {
    const script = inPage(imports, start);
    const own = 'new Verifier({ acceptedIssuers: "anyone" })';
    write("entry.js", start.includes("verifier0") ? script.replace(own, "verifier0") : script);
    const { default: webpack } = await import("webpack");
    const path = join(folder, name.replace(/\W+/g, "-"));
    const output = { path, filename: "main.js", publicPath: "/" };
    const configuration = { mode: "production", context: folder, entry: "./entry.js", output, experiments: { topLevelAwait: true } };
    const stats = await new Promise((resolve, reject) =>
      webpack(configuration, (error, stats) => (error ? reject(error) : resolve(stats))),
    );
    assert.equal(stats.hasErrors(), false, stats.toString("errors-only"));
    writeFileSync(join(path, "index.html"), html("/main.js"));
    assert.equal((await said(path, "index.html", CSP.worker)).text, TITLE);
  });
}
