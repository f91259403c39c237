// The verifier of another project, for speed.mjs: `verifyCredential` of `@digitalbazaar/vc` with its own suite for
// `eddsa-rdfc-2022`. Documents come from memory and are marked as never changing, so that it keeps what it made of them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { contexts } from "./support.mjs";

/** A function that says whether a credential, as text, verifies. */
export async function peerOf(folder, { now }) {
  const load = (name) => {
    const path = join(folder, "node_modules", name);
    const { exports, main } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
    const entry = exports?.["."] ?? exports ?? main;
    return import(pathToFileURL(join(path, entry.import ?? entry.default ?? entry)).href);
  };
  const [{ verifyCredential }, { DataIntegrityProof }, { cryptosuite }] = await Promise.all(
    ["vc", "data-integrity", "eddsa-rdfc-2022-cryptosuite"].map((name) => load(`@digitalbazaar/${name}`)),
  );
  const rows = readFileSync(join(contexts, "index.tsv"), "utf8").trim().split("\n").map((row) => row.split("\t"));
  const files = new Map(rows.map(([url, path]) => [url, join(contexts, "..", path)]));
  const documents = new Map();
  const document = (url) => {
    if (url.startsWith("did:key:")) return didKey(url);
    if (!files.has(url)) throw new Error(`${url} is not at hand`);
    return JSON.parse(readFileSync(files.get(url), "utf8"));
  };
  const documentLoader = async (url) => {
    if (!documents.has(url)) documents.set(url, document(url));
    return { contextUrl: null, documentUrl: url, document: documents.get(url), tag: "static" };
  };
  const suite = new DataIntegrityProof({ cryptosuite });
  return async (text) => {
    const credential = JSON.parse(text);
    return (await verifyCredential({ credential, suite, documentLoader, now: new Date(now) })).verified;
  };
}

/** The document of a did:key, or its only verification method. */
function didKey(url) {
  const [did, fragment] = url.split("#");
  const publicKeyMultibase = did.slice("did:key:".length);
  const id = `${did}#${publicKeyMultibase}`;
  const context = "https://w3id.org/security/multikey/v1";
  const method = { "@context": context, id, type: "Multikey", controller: did, publicKeyMultibase };
  if (fragment !== undefined) return method;
  const contexts = ["https://www.w3.org/ns/did/v1", context];
  return { "@context": contexts, id: did, verificationMethod: [method], assertionMethod: [id] };
}
