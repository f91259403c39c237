// What the scripts share: fixed keys, contexts from a folder, and signing by independent libraries.
import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as jcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import * as ecdsaJcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import * as vc from '@digitalbazaar/vc';
import jsigs from 'jsonld-signatures';
import jsonld from 'jsonld';

const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, '..');
export const shared = process.env.LER_SHARED ?? path.resolve(here, '../../../shared');
if(!existsSync(path.join(shared, 'contexts'))) {
  throw new Error(`LER_SHARED must name the folder with contexts/ and vectors/: ${shared} is not one`);
}

export const V1 = 'https://www.w3.org/2018/credentials/v1';
export const V2 = 'https://www.w3.org/ns/credentials/v2';
export const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
export const OB301 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json';
export const OB_EXT = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
export const CLR = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json';
export const ED2020 = 'https://w3id.org/security/suites/ed25519-2020/v1';
export const DI2 = 'https://w3id.org/security/data-integrity/v2';

/** The instant of every verification that does not say otherwise. */
export const NOW = '2026-11-21T12:00:00Z';
/** The instant of every proof that does not say otherwise. */
export const CREATED = '2026-01-15T09:30:00Z';

/** Without shared parts: the libraries put the document's own array of contexts into a proof. */
export const clone = value => JSON.parse(JSON.stringify(value));

// --- contexts: read from the folder of published documents, never copied into the project

const index = new Map(readFileSync(path.join(shared, 'contexts/index.tsv'), 'utf8').split('\n').slice(1)
  .map(line => line.split('\t')).filter(([url, file]) => url && file?.startsWith('contexts/') && !file.includes('/history/'))
  .map(([url, file]) => [url, file]));
const contextCache = new Map();

function context(url, dated = {}) {
  const file = dated[url] ? `contexts/history/${dated[url]}` : index.get(url);
  if(!file) {
    return undefined;
  }
  if(!contextCache.has(file)) {
    contextCache.set(file, JSON.parse(readFileSync(path.join(shared, file), 'utf8')));
  }
  return contextCache.get(file);
}

const documents = new Map();
/** Makes a controlled identifier document and its methods known to the libraries' loader. */
export function publish(document) {
  documents.set(document.id, document);
  for(const relationship of ['verificationMethod', 'assertionMethod', 'authentication']) {
    for(const method of document[relationship] ?? []) {
      if(method.id) {
        documents.set(method.id, {'@context': 'https://w3id.org/security/multikey/v1', ...method});
      }
    }
  }
}

/** Whether a document of this identifier was published. */
export const known = id => documents.has(id);

/** A loader that knows the published contexts and the documents above, and nothing else. */
export const loader = (dated = {}) => async url => {
  const document = documents.get(url) ?? context(url, dated);
  if(!document) {
    throw new Error(`The loader does not know ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: clone(document)};
};

// --- keys

/** A key pair whose seed is the SHA-256 of its name: everyone can recompute it, so it secures nothing. */
export async function keyPair(name, controller, fragment) {
  const seed = createHash('sha256').update(`ler-verify test vector: ${name}`).digest();
  const pair = await Ed25519Multikey.generate({seed: new Uint8Array(seed)});
  const multibase = pair.publicKeyMultibase;
  pair.controller = controller ?? `did:key:${multibase}`;
  pair.id = `${pair.controller}#${fragment ?? multibase}`;
  return pair;
}

export const publicKeyJwk = async pair => {
  const {x} = await Ed25519Multikey.toJwk({keyPair: pair});
  return {kty: 'OKP', crv: 'Ed25519', x};
};

const DID_CONTEXT = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'];

/** The controlled identifier document of one key, under the relationships given. */
export function documentOf(pair, {relationships = ['assertionMethod', 'authentication'], ...more} = {}) {
  const method = {id: pair.id, type: 'Multikey', controller: pair.controller,
    publicKeyMultibase: pair.publicKeyMultibase};
  const document = {'@context': DID_CONTEXT, id: pair.controller, verificationMethod: [method], ...more};
  for(const relationship of relationships) {
    document[relationship] = [pair.id];
  }
  return document;
}

// --- signing

/** A suite of Data Integrity that signs over the proofs named by `previousProof`, which the library leaves out. */
class ChainedProof extends DataIntegrityProof {
  constructor(options) {
    super(options);
    this.previous = options.previous;
  }

  async createVerifyData({document, proof, documentLoader}) {
    this._hashCache = undefined;
    const secured = this.previous?.length ? {...document, proof: this.previous} : document;
    return super.createVerifyData({document: secured, proof, documentLoader});
  }
}

const date = created => created === undefined ? CREATED : created;

export const suites = {
  /** `createdText` is taken as it is; the library reads and rewrites `created`. */
  rdfc: (pair, {created, createdText, previous, ...members} = {}) => {
    const suite = new ChainedProof({signer: pair.signer(), date: createdText ? null : date(created),
      cryptosuite: rdfc, previous});
    suite.proof = createdText ? {...members, created: createdText} : members;
    return suite;
  },
  jcs: (pair, {created, ...members} = {}) => {
    const suite = new DataIntegrityProof({signer: pair.signer(), date: date(created),
      cryptosuite: jcs.createSignCryptosuite()});
    suite.proof = members;
    return suite;
  },
  ed2020: (pair, {created, ...members} = {}) => {
    const suite = new Ed25519Signature2020({signer: pair.signer(), date: date(created)});
    suite.proof = members;
    return suite;
  }
};

const purposeOf = ({challenge, domain, purpose} = {}) => purpose === 'authentication' ?
  new jsigs.purposes.AuthenticationProofPurpose({challenge, domain}) :
  new jsigs.purposes.AssertionProofPurpose();

/** Issues a credential that the library accepts to issue. */
export async function issue(credential, suite, {dated} = {}) {
  return vc.issue({credential: clone(credential), suite, documentLoader: loader(dated), now: NOW});
}

/** Signs any document, however odd. */
export async function sign(document, suite, {dated, ...options} = {}) {
  const signed = await jsigs.sign(clone(document), {suite, purpose: purposeOf(options),
    documentLoader: loader(dated)});
  return signed;
}

// --- what the peer says

export const peerSuites = () => [new Ed25519Signature2020(), ...[rdfc, jcs.createVerifyCryptosuite(), ecdsaRdfc,
  ecdsaJcs.createVerifyCryptosuite()].map(cryptosuite => new DataIntegrityProof({cryptosuite}))];

/** What the libraries that issued it say of a credential: true when every proof verifies and it is in force. */
export async function peerVerifies(credential, {now = NOW, dated} = {}) {
  const suite = peerSuites();
  return vc.verifyCredential({credential: clone(credential), suite, documentLoader: loader(dated), now,
    checkStatus: async () => ({verified: true})});
}

export async function peerVerifiesPresentation(presentation, {challenge, domain, unsigned, now = NOW} = {}) {
  const suite = peerSuites();
  return vc.verify({presentation: clone(presentation), suite, documentLoader: loader(), challenge, domain,
    unsignedPresentation: unsigned, now});
}

/** Whether the proof of a document is good, whatever is in the document. */
export async function proofVerifies(document, options) {
  const {verified, error} = await jsigs.verify(clone(document), {suite: peerSuites(), purpose: purposeOf(options),
    documentLoader: loader()});
  if(!verified) {
    throw error;
  }
}

/** Whether every proof of a document is good, each over those that its `previousProof` names (which the library leaves
 * out). The W3C's own chains must pass, too: see `valid.mjs`. */
export async function chainVerifies(document) {
  const {proof, ...unsecured} = document;
  for(const one of [proof].flat()) {
    const names = [one.previousProof ?? []].flat();
    const previous = [proof].flat().filter(({id}) => names.includes(id));
    const [did, multibase] = one.verificationMethod.split('#');
    publish(documentOf({id: one.verificationMethod, controller: did, publicKeyMultibase: multibase}));
    const {verified, error} = await new ChainedProof({cryptosuite: rdfc, previous})
      .verifyProof({proof: one, document: unsecured, documentLoader: loader()});
    if(!verified || previous.length !== names.length) {
      throw error ?? new Error('a previous proof is missing');
    }
  }
}

/** The canonical N-Quads of a document without its proof: equal for two documents that one signature covers. */
export async function quads(document, dated) {
  const unsecured = clone(document);
  delete unsecured.proof;
  return jsonld.canonize(unsecured, {algorithm: 'RDFC-1.0', format: 'application/n-quads', base: null,
    safe: false, documentLoader: loader(dated)});
}

// --- the output: kept in memory, then written or compared

export const json = value => JSON.stringify(value, null, 2) + '\n';

/** Which check decides of the tests whose scripts do not say: read in a report once, and read by a person. */
const DECIDING = JSON.parse(readFileSync(path.join(here, 'deciding.json'), 'utf8'));

export class Output {
  files = new Map();
  entries = [];

  /** Adds a file under test-vectors/ and returns its path. */
  file(name, content) {
    const text = typeof content === 'string' || content instanceof Uint8Array ? content : json(content);
    const known = this.files.get(name);
    if(known !== undefined && Buffer.compare(Buffer.from(known), Buffer.from(text))) {
      throw new Error(`Two contents for ${name}`);
    }
    this.files.set(name, text);
    return name;
  }

  /** What a library says of a record that is no linked data: id of the test -> a function that throws if it refuses. */
  peers = new Map();

  /** Adds one test to the manifest. A document that is text or bytes is written as it is, to a file of this extension.
   * `peer` verifies it with a library; of what we refuse, `lenient` says why the library does not. */
  entry({id, title, spec, document, extension = 'json', input, resources = [], policy, occasion = {}, expect, note, peer,
    lenient}) {
    if(this.entries.some(entry => entry.id === id)) {
      throw new Error(`Two tests named ${id}`);
    }
    const file = input ?? this.file(`credentials/${id}.${extension}`, document);
    if(peer) {
      this.peers.set(id, {peer, lenient});
    }
    if(file.startsWith('shared:') && !existsSync(path.join(shared, 'vectors', file.slice(7)))) {
      throw new Error(`${file} is not there`);
    }
    this.entries.push({id, title, spec, input: file, resources, policy: policy ?? {acceptedIssuers: 'anyone'},
      occasion: {now: NOW, ...occasion}, expect: {...expect, checks: {...expect.checks, ...DECIDING[id]}},
      ...(note ? {note} : {})});
  }
}

// --- expectations

export const oneOf = (...ids) => ({acceptedIssuers: {oneOf: ids}});

const SIGNED = {'securing.present': 'securing.present', 'securing.proofs': 'securing.proofs.satisfied',
  'proof.signature': 'proof.signature.good', 'issuer.bound': 'issuer.bound'};

/** Everything required passes. */
export const verified = (checks = {}, axes = {}) => ({verdict: 'verified',
  axes: {authentic: 'passed', current: 'passed', addressed: 'notApplicable', trusted: 'passed', ...axes},
  checks: {...SIGNED, 'issuer.accepted': 'issuer.accepted', ...checks}});

/** There is evidence against it. */
export const notVerified = (checks = {}, axes) => ({verdict: 'notVerified', ...(axes ? {axes} : {}), checks});

/** Something could not be found out, and nothing speaks against it. */
export const indeterminate = (checks = {}, axes) =>
  ({verdict: 'indeterminate', ...(axes ? {axes} : {}), checks});

/** The signature is the issuer's, but something else is wrong. */
export const authenticBut = (axes, checks) => notVerified({...SIGNED, ...checks}, {authentic: 'passed', ...axes});
