// A browser, a server that has nothing but the built page, and records that somebody hostile has signed.
import assert from "node:assert/strict";
import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
export const DIST = here("../dist");
export const VECTORS = here("../../../test-vectors");
/** The instant of the project's test vectors, as the page takes it. */
export const DAY = "2026-11-21";
/** The issuer of most of them. */
export const ISSUER = "did:key:z6Mku3PhBLJstYskJUpBE2kmNxXYQrWTHCBtLee5w5xPvu1Q";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".webmanifest": "application/manifest+json" };

/** Serves the built page and remembers what it was asked for. */
export async function serve() {
  assert.ok(existsSync(join(DIST, "index.html")), "build the page first: npm run build");
  const asked = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://page");
    asked.push(`${request.method} ${pathname}`);
    const path = normalize(join(DIST, pathname === "/" ? "index.html" : pathname));
    try {
      const body = path.startsWith(DIST) ? await readFile(path) : undefined;
      response.writeHead(body === undefined ? 404 : 200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return { asked, origin: `http://localhost:${port}`, close: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))) };
}

/** How long anything may take before it counts as failed, in milliseconds: machines of CI are slow and shared. */
const PATIENCE = 120_000;

export function launch() {
  return chromium.launch({
    timeout: PATIENCE,
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** How many times slower than this machine the page runs: `SLOWER=6 npm test`. */
const SLOWER = Number(process.env.SLOWER ?? 1);

/**
 * Opens the page in a context of its own. Every request to elsewhere is remembered and answered from `outside` (by URL), or
 * not at all. Errors of scripts and of the policy fail the test at `close`, but for those that match `expected`.
 */
export async function open(browser, origin, options = {}) {
  const { outside = {}, date = DAY, serviceWorkers = "block", expected = /$^/, ...context } = options;
  const opened = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 }, serviceWorkers, ...context });
  const requests = [];
  const reached = [];
  const errors = [];
  opened.on("request", (request) => requests.push(request.url()));
  await opened.route((url) => url.origin !== origin && url.protocol.startsWith("http"), (route) => {
    reached.push(route.request().url());
    const answer = outside[route.request().url()];
    return answer === undefined ? route.abort() : route.fulfill({ headers: { "access-control-allow-origin": "*" }, ...answer });
  });
  const page = await opened.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("dialog", (dialog) => (errors.push(`a dialog: ${dialog.message()}`), dialog.dismiss()));
  if (SLOWER > 1) await (await opened.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  /** Waits until everything that was begun is done and shown. */
  const settled = () => page.waitForSelector("#results:not([aria-busy])", { state: "attached" });
  await page.goto(`${origin}/`);
  await page.waitForSelector("body.is-ready");
  if (date !== "") {
    await page.evaluate((date) => {
      const field = document.getElementById("date");
      field.value = date;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }, date);
    await settled();
  }
  const elsewhere = () => requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith("blob:") && !url.startsWith("data:"));
  return {
    page,
    context: opened,
    settled,
    elsewhere,
    /** What got past the policy of the page to the network. */
    reached,
    /** Drops files of the test vectors, or `{name, mimeType, buffer}`. */
    async drop(...files) {
      const given = await Promise.all(files.map(async (file) => (typeof file === "string" ? { name: file, mimeType: "application/octet-stream", buffer: await readFile(join(VECTORS, "credentials", file)) } : file)));
      await page.setInputFiles("#files", given);
      await settled();
    },
    /** Pastes onto the page: a record is shown afterwards, a web address is asked about. */
    async paste(text) {
      await page.evaluate((text) => {
        const data = new DataTransfer();
        data.setData("text/plain", text);
        document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
      }, text);
      await settled();
    },
    async verdict() {
      await settled();
      return page.textContent("#verdict");
    },
    /** Waits until exactly this is announced. */
    announced: (text) => page.waitForFunction((text) => document.querySelector("[role=status]").textContent === text, text),
    /** Waits for the focus. */
    focusOn: (id) => page.waitForFunction((id) => document.activeElement.id === id, id),
    /** Gives the dialog this answer, and waits until it is gone. */
    async answer(id) {
      await page.click(id);
      await page.waitForSelector("dialog", { state: "detached" });
    },
    /** Says whose records are accepted. */
    async accept(...issuers) {
      await page.evaluate(() => (document.getElementById("expect").open = true));
      await page.check("#accept-list");
      await page.fill("#issuers", issuers.join("\n"));
      await page.dispatchEvent("#issuers", "change");
      await settled();
    },
    async close() {
      await opened.close();
      assert.deepEqual(errors.filter((error) => !expected.test(error)), [], "errors of scripts or of the content security policy");
    },
  };
}

// ----------------------------------------------------------------------------------------------------- hostile issuers

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

function base58(bytes) {
  let number = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  let text = "";
  for (; number > 0n; number /= 58n) text = BASE58[Number(number % 58n)] + text;
  return text;
}

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
const multikey = `z${base58(Buffer.concat([Buffer.from([0xed, 0x01]), raw]))}`;
/** Anybody can have such an identifier. */
export const ANYBODY = `did:key:${multikey}`;

/** A badge that anybody has signed, as a token: `change` makes it hostile. */
export function forged(change) {
  const badge = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    id: "urn:uuid:0b1f7a52-6d6d-4f7e-9f0e-0c6f2f2f9a11",
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    issuer: { id: ANYBODY, type: ["Profile"], name: "Anybody" },
    validFrom: "2026-01-15T00:00:00Z",
    name: "A badge",
    credentialSubject: {
      id: "did:example:ada",
      type: ["AchievementSubject"],
      achievement: { id: "urn:uuid:9c5f3b0e-6f0a-4f5b-8f4f-0a7d7e6b1c22", type: ["Achievement"], name: "An achievement", description: "Described.", criteria: { narrative: "Do it." } },
    },
  };
  change(badge);
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const input = `${part({ alg: "EdDSA", typ: "vc+jwt", kid: `${ANYBODY}#${multikey}` })}.${part(badge)}`;
  return `${input}.${sign(null, Buffer.from(input), createPrivateKey(privateKey.export({ type: "pkcs8", format: "pem" }))).toString("base64url")}`;
}
