// The package as it is published: packed, installed into an empty folder, and used in each way that the README names, in
// Chromium under the Content Security Policy that the README gives, and in Node.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { build, createServer } from "vite";
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

/** The policies of the README: nothing is allowed that is not named. */
const SCRIPT = "script-src 'self' 'wasm-unsafe-eval'";
const CSP = {
  "": `default-src 'none'; ${SCRIPT}; connect-src 'self'`,
  inline: `default-src 'none'; ${SCRIPT}`,
  worker: `default-src 'none'; ${SCRIPT}; connect-src 'self'; worker-src 'self'`,
  without: "default-src 'none'; script-src 'self'; connect-src 'self'",
};

const chromium = await browser();
after(async () => {
  await chromium.close();
  rmSync(folder, { recursive: true });
});

const WAIT = { timeout: 120_000 };

/** What a page says in the end, and that its policy was never violated: `broken` if that is what is tested. */
async function said(directory, path, policy = CSP[""], { broken = false, others = false, url, media = {} } = {}) {
  const badge = () => readFileSync(join(folder, "badge.json"));
  const headers = { "content-security-policy": policy };
  const server = url === undefined ? await serve(directory, headers, { "/badge.json": badge }, media) : { url, close() {} };
  const page = await chromium.newPage();
  const problems = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  const requests = [];
  page.on("request", (request) => requests.push(new URL(request.url())));
  try {
    await page.goto(`${server.url}/${path}`, WAIT);
    await page.waitForFunction(() => globalThis.said !== undefined, undefined, WAIT);
    const text = await page.evaluate(() => globalThis.said);
    if (!broken) assert.deepEqual(problems.filter((problem) => !/favicon|404/.test(problem)), []);
    assert.ok(others || requests.every(({ origin, protocol }) => origin === server.url || protocol === "blob:"), String(requests));
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

test("what is packed: the entries, and nothing that they do not need", () => {
  const names = files.map(({ path }) => path);
  const others = names.filter((path) => !/^dist\//.test(path));
  assert.deepEqual(others.sort(), ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "package.json"]);
  for (const licence of ["LICENSE-APACHE", "LICENSE-MIT"]) {
    const packed = readFileSync(join(folder, "node_modules/ler-verify", licence), "utf8");
    assert.equal(packed, readFileSync(join(root, licence), "utf8"));
  }
  assert.ok(!names.some((path) => /test|\.map$|(?<!\.d)\.ts$/.test(path)), String(names));
  const { exports } = JSON.parse(readFileSync(join(wasm, "package.json"), "utf8"));
  const named = Object.values(exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry)));
  for (const file of named) assert.ok(names.some((path) => `./${path}` === file), `${file} is not there`);
  // Each script has its types beside it, and each of them is reached from an entry.
  const dist = join(folder, "node_modules/ler-verify/dist");
  const reached = new Set(named.filter((file) => file.endsWith("s") && file.startsWith("./dist/")).map((file) => file.slice(7)));
  for (const file of reached) {
    for (const [, next] of readFileSync(join(dist, file), "utf8").matchAll(/(?:from |import\(|URL\()"\.\/([^"]+)"/g)) {
      reached.add(file.endsWith(".d.ts") ? next.replace(/\.js$/, ".d.ts") : next);
    }
  }
  for (const file of reached) assert.ok(names.includes(`dist/${file}`), `${file} is not there`);
});

test("each entry is where its name says", () => {
  const { exports } = JSON.parse(readFileSync(join(wasm, "package.json"), "utf8"));
  const names = Object.keys(exports).map((name) => name.replace(/^\./, "ler-verify"));
  assert.deepEqual(names.filter((name) => !/wasm$|json$/.test(name)), [
    "ler-verify", "ler-verify/full", "ler-verify/inline", "ler-verify/worker", "ler-verify/worker-script", "ler-verify/fetch",
  ]);
  write("resolve.mjs", `import { existsSync } from "node:fs"; import { fileURLToPath } from "node:url";
    for (const name of ${JSON.stringify(names)}) if (!existsSync(fileURLToPath(import.meta.resolve(name)))) throw new Error(name);
    await import("ler-verify/worker"); await import("ler-verify/fetch");`);
  execFileSync("node", ["resolve.mjs"], { cwd: folder });
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

test("fetching, in a plain module script", async () => {
  const imports = `import { init, Verifier } from "${PACKAGE}/index.js"; import { publicHttps, verifyWithFetch } from "${PACKAGE}/fetch.js";`;
  write("fetching.js", inPage(imports).replace(/verifier\.verify\((.*), (\{ now.*?\})\)/s, "verifyWithFetch(verifier, $1, $2, { allow: publicHttps })"));
  assert.match(readFileSync(join(folder, "fetching.js"), "utf8"), /await verifyWithFetch\(verifier, await/);
  write("fetching.html", html("fetching.js"));
  assert.equal((await said(folder, "fetching.html")).text, TITLE);
});

test("what each entry needs of the policy, and nothing more", async () => {
  // The badge comes as a script, so that nothing but the package connects to anything.
  write("badge.js", `export default ${JSON.stringify(readFileSync(join(folder, "badge.json"), "utf8"))};`);
  const own = (text) => `import badge from "/badge.js"; ${text.replace('await (await fetch("/badge.json")).arrayBuffer()', "badge")}`;
  for (const entry of ["inline", "index"]) {
    write(`own-${entry}.js`, own(inPage(`import { init, Verifier } from "${PACKAGE}/${entry}.js";`)));
    write(`own-${entry}.html`, html(`own-${entry}.js`));
  }
  assert.equal((await said(folder, "own-inline.html", CSP.inline)).text, TITLE);
  assert.match((await said(folder, "own-index.html", CSP.inline, { broken: true })).text, /^load: /);
  for (const entry of ["index", "full", "inline"]) {
    write("plain.js", inPage(`import { init, Verifier } from "${PACKAGE}/${entry}.js";`));
    write("plain.html", html("plain.js"));
    const { text } = await said(folder, "plain.html", CSP.without, { broken: true });
    assert.match(text, /^load: .*(unsafe-eval|Content Security Policy)/, entry);
  }
  worker("worker.js", `${PACKAGE}/worker.js`);
  assert.match((await said(folder, "worker.html", `${CSP[""]}; worker-src 'none'`, { broken: true })).text, /^worker: /);
});

test("fetching reaches what `connect-src` names, and nothing else", async () => {
  const elsewhere = await serve(folder, { "access-control-allow-origin": "*" });
  after(() => elsewhere.close());
  // `https:` without https: the request is sent here all the same, unless the policy forbids it.
  write("reach.js", `
    import { Resources } from "${PACKAGE}/index.js"; import { verifyWithFetch } from "${PACKAGE}/fetch.js";
    const resources = new Resources();
    const request = { kind: "context", identifier: "https://a.example/", locations: ["https://a.example/"], accept: [], maxBytes: 1e6 };
    const verifier = { verify: () => ({ report: { requests: resources.size === 0 ? [request] : [] } }) };
    const here = (_, init) => fetch("${elsewhere.url}/badge.json", init);
    await verifyWithFetch(verifier, "", { now: new Date() }, { allow: () => true, fetch: here, resources });
    globalThis.said = "unavailable" in resources.since(0).entries[0] ? "unavailable" : "found";
  `);
  write("reach.html", html("reach.js"));
  const policy = (connect) => `default-src 'none'; ${SCRIPT}; connect-src ${connect}`;
  const only = { broken: true, others: true };
  assert.equal((await said(folder, "reach.html", policy("'self'"), only)).text, "unavailable");
  assert.equal((await said(folder, "reach.html", policy(`'self' ${elsewhere.url}`), only)).text, "found");
});

test("the module is found on servers that do not know its media type, and a missing one is an error with a code", async () => {
  for (const [name, headers] of [["parameter", "application/wasm; charset=utf-8"], ["unknown", "application/octet-stream"]]) {
    write("plain.js", inPage(`import { init, Verifier } from "${PACKAGE}/index.js";`));
    write("plain.html", html("plain.js"));
    assert.equal((await said(folder, "plain.html", CSP[""], { media: { ".wasm": headers } })).text, TITLE, name);
  }
  write("elsewhere.js", inPage(`import { init, Verifier } from "${PACKAGE}/index.js";`, 'await init("/nowhere.wasm");'));
  write("elsewhere.html", html("elsewhere.js"));
  assert.match((await said(folder, "elsewhere.html", CSP[""], { broken: true })).text, /^load: .*answered 404/);
  write("elsewhere.js", inPage(`import { init, Verifier } from "${PACKAGE}/index.js";`, `await init(new URL("${PACKAGE}/ler_verify.wasm", location));`));
  assert.equal((await said(folder, "elsewhere.html")).text, TITLE);
});

/** A page that verifies in a worker, with `options` for it. */
function worker(name, from, options = "") {
  const start = `const verifier0 = await WorkerVerifier.start({ acceptedIssuers: "anyone" }${options});`;
  const script = inPage(`import { WorkerVerifier } from "${from}";`, start);
  write(name, script.replace('new Verifier({ acceptedIssuers: "anyone" })', "verifier0"));
  write(name.replace(".js", ".html"), html(name));
}

test("a worker", async () => {
  worker("worker.js", `${PACKAGE}/worker.js`);
  assert.equal((await said(folder, "worker.html", CSP.worker)).text, TITLE);
});

test("a worker tells misuse like the page does", async () => {
  write("wrong.js", inPage(`import { WorkerVerifier } from "${PACKAGE}/worker.js";`, "await WorkerVerifier.start({});"));
  write("wrong.html", html("wrong.js"));
  assert.match((await said(folder, "wrong.html", CSP.worker)).text, /^policy: the policy cannot be read/);
});

/** A worker script of the page's own, which is all that the package's is imported by. */
const OWN = ', { worker: new Worker(new URL("./own.js", import.meta.url), { type: "module" }) }';
write("own.js", 'import "ler-verify/worker-script";');

const VITE = { root: folder, logLevel: "error", configFile: false };

/** What a page says that Vite has built. */
async function vite(name, policy) {
  write("index.html", html("/main.js"));
  const outDir = join(folder, name);
  await build({ ...VITE, worker: { format: "es" }, build: { outDir, modulePreload: false } });
  return (await said(outDir, "index.html", policy)).text;
}

for (const entry of ["", "/full", "/inline"]) {
  test(`Vite: ler-verify${entry}`, async () => {
    write("main.js", inPage(`import { init, Verifier } from "ler-verify${entry}";`));
    assert.equal(await vite("vite", entry === "/inline" ? undefined : CSP[""]), TITLE);
  });
}

test("Vite, a worker", async () => {
  worker("main.js", "ler-verify/worker");
  assert.equal(await vite("vite-worker", CSP.worker), TITLE);
});

test("Vite, a worker script of one's own", async () => {
  worker("main.js", "ler-verify/worker", OWN);
  assert.equal(await vite("vite-own", CSP.worker), TITLE);
});

test("Vite, the module placed by oneself", async () => {
  write("main.js", inPage('import { init, Verifier } from "ler-verify"; import url from "ler-verify/ler_verify.wasm?url";', "await init(url);"));
  assert.equal(await vite("vite-url"), TITLE);
});

test("Vite, its development server, as the README sets it up", async () => {
  for (const [main, from] of [["page", "ler-verify"], ["worker", "ler-verify/worker"]]) {
    if (main === "page") write("main.js", inPage(`import { init, Verifier } from "${from}";`));
    else worker("main.js", from);
    write("index.html", html("/main.js"));
    const optimizeDeps = { exclude: ["ler-verify"] };
    const server = await createServer({ ...VITE, optimizeDeps, worker: { format: "es" }, server: { port: 0, host: "127.0.0.1", hmr: false, ws: false } });
    try {
      await server.listen();
      const url = `http://127.0.0.1:${server.httpServer.address().port}`;
      // Its own connection for changes is switched off, and says so.
      assert.equal((await said(folder, "index.html", "", { url, broken: true })).text, TITLE, main);
    } finally {
      await server.close();
    }
  }
});

for (const [name, write] of [
  ["webpack", (name) => plain(name, "ler-verify")],
  ["webpack, full", (name) => plain(name, "ler-verify/full")],
  ["webpack, inline", (name) => plain(name, "ler-verify/inline")],
  ["webpack, a worker", (name) => worker(name, "ler-verify/worker")],
  ["webpack, a worker script of one's own", (name) => worker(name, "ler-verify/worker", OWN)],
]) {
  test(name, async () => {
    write("entry.js");
    const { default: webpack } = await import("webpack");
    const path = join(folder, name.replace(/\W+/g, "-"));
    const output = { path, filename: "main.js", publicPath: "/" };
    // As it comes, but for the loops of the test itself: `await` outside of functions.
    const configuration = { mode: "production", context: folder, entry: "./entry.js", output, experiments: { topLevelAwait: true } };
    const stats = await new Promise((resolve, reject) =>
      webpack(configuration, (error, stats) => (error ? reject(error) : resolve(stats))),
    );
    assert.equal(stats.hasErrors(), false, stats.toString("errors-only"));
    writeFileSync(join(path, "index.html"), html("/main.js"));
    assert.equal((await said(path, "index.html", CSP.worker)).text, TITLE);
  });
}

function plain(name, from) {
  write(name, inPage(`import { init, Verifier } from "${from}";`));
}

/** The snippets of a page that use this package: imports, and the rest. */
function snippets(page) {
  const blocks = [...readFileSync(page, "utf8").matchAll(/```js\n([^]*?)```/g)].map(([, text]) => text);
  return blocks.filter((text) => text.includes('"ler-verify')).map((text) => {
    const lines = text.split("\n");
    const isImport = (line) => line.startsWith("import ");
    return { imports: lines.filter(isImport).join("\n"), rest: lines.filter((line) => !isImport(line)).join("\n") };
  });
}

test("the snippets of the README and of the migration pages run as they are written", async () => {
  const pages = [join(folder, "node_modules/ler-verify/README.md"), ...["didkit", "verifier-core"].map((name) => join(root, `docs/migration/${name}.md`))];
  const all = pages.flatMap(snippets);
  assert.deepEqual(pages.map((page) => snippets(page).length), [3, 1, 1]);
  for (const [index, { imports, rest }] of all.entries()) {
    const told = 'const said = []; const [show, explain, accept, refuse, fatal] = ["show", "explain", "accept", "refuse", "fatal"].map((name) => (given) => said.push([name, typeof given]));';
    if (imports.includes("worker")) {
      write("snippet.js", `${imports}\n ${told} const bytes = await (await fetch("/badge.json")).arrayBuffer();\n${rest}\nglobalThis.said = result.verdict;`.replace('"ler-verify/worker"', `"${PACKAGE}/worker.js"`));
      write("snippet.html", html("snippet.js"));
      assert.equal((await said(folder, "snippet.html", CSP.worker)).text, "verified");
      continue;
    }
    // What the reader has; nothing is reached.
    write("snippet.mjs", `import { readFileSync } from "node:fs"; import * as all from "ler-verify"; ${imports}
      await all.init(); ${told}
      globalThis.fetch = async () => new Response("", { status: 404 });
      const file = new Blob([readFileSync("badge.json")]), credential = readFileSync("badge.json", "utf8");
      const knownDIDRegistries = [{ name: "A", type: "dcc-legacy", url: "https://registry.example/issuers.json" }, { name: "B", type: "oidf", fetchEndpoint: "https://b.example/fetch", trustAnchorEC: "e30.e30.e30" }];
      const yourServer = async () => new Uint8Array();
      const outer = { bytes: readFileSync("badge.json"), verifier: new all.Verifier({ acceptedIssuers: "anyone" }) };
      ${/const verifier\b/.test(rest) ? "" : "const { verifier } = outer;"} ${/const bytes\b/.test(rest) ? "" : "const { bytes } = outer;"}
      ${rest}
      console.log(JSON.stringify([said, result.verdict ?? null]));`);
    const [calls, verdict] = JSON.parse(execFileSync("node", ["snippet.mjs"], { cwd: folder, encoding: "utf8" }));
    // Nobody of theirs issued the badge, and registries cannot be reached.
    const expected = { 0: [[["explain", "object"]], "notVerified"], 1: [[], "verified"], 3: [[["refuse", "object"]], "notVerified"], 4: [[["show", "object"]], null] };
    assert.deepEqual([calls, verdict], expected[index], rest);
  }
});

test("types: a strict program finds them, whichever way it resolves names", () => {
  for (const name of ["@types", "undici-types"]) {
    cpSync(join(wasm, "node_modules", name), join(folder, "node_modules", name), { recursive: true, dereference: true });
  }
  const readme = readFileSync(join(folder, "node_modules/ler-verify/README.md"), "utf8");
  const [, ten] = readme.match(/```js\n([^`]*verifyWithFetch[^`]*)```/);
  write("types.ts", `
    import * as full from "ler-verify/full"; import * as inline from "ler-verify/inline"; import { WorkerVerifier } from "ler-verify/worker";
    declare const file: File; declare function show(record: full.LearningRecord | null): void; declare function explain(checks: readonly full.Check[]): void;
    const worker: Promise<WorkerVerifier> = WorkerVerifier.start({ acceptedIssuers: "anyone" });
    const verifiers: full.Verifier[] = [new inline.Verifier({ acceptedIssuers: "anyone" })];
    ${ten}`);
  const tsc = (...options) => {
    try {
      execFileSync(join(wasm, "node_modules/.bin/tsc"), ["--ignoreConfig", "--noEmit", "--strict", "--target", "es2022", ...options, "types.ts"], { cwd: folder, encoding: "utf8" });
      return "";
    } catch (error) {
      return error.stdout;
    }
  };
  for (const [module, resolution] of [["nodenext", "nodenext"], ["esnext", "bundler"]]) {
    const how = ["--module", module, "--moduleResolution", resolution];
    assert.equal(tsc(...how, "--types", "", "--lib", "es2022,dom"), "", module);
    assert.equal(tsc(...how, "--types", "node", "--lib", "es2023,dom,dom.iterable"), "", module);
  }
});
