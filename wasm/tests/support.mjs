// What all tests need: the manifest, and a server for pages.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const wasm = join(root, "wasm");
export const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
/** The published contexts, for what does not bring them. */
export const contexts = join(process.env.LER_SHARED ?? join(root, "../shared"), "contexts");
const vectors = process.env.LER_VECTORS ?? join(root, "../shared/vectors");
const folder = join(root, "test-vectors");

/** The entries of `test-vectors/manifest.json` whose files are there. */
export function entries() {
  const all = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  const files = (entry) => [entry.input, ...(entry.resources ?? []).flatMap(({ file }) => file ?? [])];
  const present = existsSync(vectors)
    ? all
    : all.filter((entry) => !files(entry).some((file) => file.startsWith("shared:")));
  return { entries: present, skipped: all.length - present.length };
}

const path = (name) =>
  name.startsWith("shared:") ? join(vectors, name.slice("shared:".length)) : join(folder, name);

/** What a verification of an entry is given; bytes as `bytes` makes them. */
export function given(entry, bytes = (buffer) => buffer) {
  const { policy, occasion } = entry;
  const resources = (entry.resources ?? []).map(({ file, text, base64, ...rest }) => {
    if (file !== undefined) return { ...rest, bytes: bytes(readFileSync(path(file))) };
    if (text !== undefined) return { ...rest, bytes: bytes(Buffer.from(text)) };
    if (base64 !== undefined) return { ...rest, bytes: bytes(Buffer.from(base64, "base64")) };
    return rest;
  });
  return { policy, occasion, resources, document: bytes(readFileSync(path(entry.input))) };
}

/** Entries of the manifest whose resources all have an https location of their own. */
export const fetchable = () => entries().entries.filter(
  ({ resources, expect }) =>
    expect.verdict === "verified" &&
    resources?.length > 0 &&
    resources.every((resource) => resource.unavailable === undefined && resource.retrievedAt === undefined) &&
    resources.some(({ kind }) => kind === "statusList"),
);

/** did:web §3.2 */
export function location(id) {
  const parts = id.replace(/^did:web:/, "").split(":").map(decodeURIComponent);
  const path = parts.length > 1 ? parts.slice(1).join("/") : ".well-known";
  return `https://${parts[0]}/${path}/did.json`;
}

/** The report that `cargo test -p ler-verify --test manifest` left, with the features of the module: `full` has BBS. */
export function expected(entry, module = "small") {
  const folder = join(target, module === "full" ? "manifest-reports-bbs" : "manifest-reports");
  return readFileSync(join(folder, `${entry.id}.json`), "utf8");
}

/** A report without what is said of schemas, which are not part of the small module. */
export const withoutSchemas = ({ checks, requests, resourcesUsed, embedded, ...rest }) => ({
  ...rest,
  checks: checks.filter(({ id }) => id !== "schema"),
  requests: requests?.filter(({ kind }) => kind !== "credentialSchema"),
  resourcesUsed: resourcesUsed?.filter(({ kind }) => kind !== "credentialSchema"),
  embedded: embedded?.map(({ report, ...part }) => ({ ...part, report: withoutSchemas(report) })),
});

/** The codes of all checks of schemas, the records inside included. */
export const schemas = ({ checks, embedded }) => [
  ...checks.filter(({ id }) => id === "schema").map(({ code }) => code),
  ...(embedded ?? []).flatMap(({ report }) => schemas(report)),
];

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".json": "application/json",
};

/** Serves a folder with these headers, and what `answers` has for a path; `media` has other media types than is usual. */
export async function serve(directory, headers = {}, answers = {}, media = {}) {
  const types = { ...TYPES, ...media };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const answer = answers[pathname];
    if (answer !== undefined) {
      response.writeHead(200, { "content-type": "application/json", ...headers }).end(answer(request));
      return;
    }
    const file = join(directory, normalize(pathname));
    if (!existsSync(file) || pathname.endsWith("/")) {
      response.writeHead(404, headers).end();
      return;
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream", ...headers });
    response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://localhost:${server.address().port}`, close: () => server.close() };
}

/** Debian's Chromium; elsewhere `CHROMIUM` says where it is. */
export async function browser(more = []) {
  const { chromium } = await import("playwright-core");
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) throw new Error(`no Chromium at ${executablePath}: install it, or set CHROMIUM`);
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", ...more];
  return chromium.launch({ executablePath, args, timeout: 120_000 });
}
