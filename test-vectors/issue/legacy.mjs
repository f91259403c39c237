// Legacy suites, which count only where the policy names them: signatures as detached JWS over canonical linked data.
import {createPublicKey, constants, verify as nodeVerify} from 'node:crypto';
import {Ed25519Signature2018} from '@digitalbazaar/ed25519-signature-2018';
import {JwsLinkedDataSignature} from '@digitalbazaar/jws-linked-data-signature';
import * as base58 from 'base58-universal';
import jsigs from 'jsonld-signatures';
import {CREATED, OB301, V1, clone, documentOf, indeterminate, loader, notVerified, oneOf, publish, verified} from './lib.mjs';
import {base64url, joseKey, jwkDocument} from './jose_keys.mjs';
import {EDDSA, ES256, RS256, others} from './jwt.mjs';
import {issuer, web} from './people.mjs';
import * as samples from './samples.mjs';
import {resource} from './valid.mjs';

const JWS2020 = 'https://w3id.org/security/suites/jws-2020/v1';
const ED2018 = 'https://w3id.org/security/suites/ed25519-2018/v1';
const SECURITY2 = 'https://w3id.org/security/v2';
const forged = checks => notVerified(checks, {authentic: 'failed'});
const INVALID = forged({'proof.signature': 'proof.signature.invalid', 'securing.proofs': 'securing.proofs.failed'});

/** A suite of the library for any type and algorithm. `optionsContext`: another context for the options of the proof
 * than the document's, as some signers had it. */
class JwsSuite extends JwsLinkedDataSignature {
  constructor({type, key, optionsContext}) {
    const verifier = () => ({verify: async ({data, signature}) => verifies(key, data, signature)});
    super({type, alg: key.alg, LDKeyClass: {from: async () => ({verifier})}, contextUrl: V1, date: CREATED,
      signer: {id: key.id, sign: async ({data}) => key.sign(Buffer.from(data))}});
    this.optionsContext = optionsContext;
    this.verificationMethod = key.id;
  }

  ensureSuiteContext() {}

  async canonizeProof(proof, options) {
    const document = this.optionsContext ? {'@context': this.optionsContext} : options.document;
    // A context that does not know the type drops it: the signers who used it did not look.
    this.canonizeOptions = this.optionsContext ? {safe: false} : undefined;
    return super.canonizeProof({...proof, '@context': document['@context']}, {...options, document});
  }

  async assertVerificationMethod() {}
}

function verifies({alg, publicJwk}, data, signature) {
  const key = createPublicKey({key: publicJwk, format: 'jwk'});
  const hash = alg === 'EdDSA' ? null : alg === 'ES256K' ? 'sha256' : `sha${alg.slice(2)}`;
  const padding = alg.startsWith('PS') ? {padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST} : {};
  return nodeVerify(hash, data, {key, dsaEncoding: 'ieee-p1363', ...padding}, signature);
}

/** For Ed25519 the library's own suite. */
const ed2018 = pair => new Ed25519Signature2018({signer: {...pair.signer(), id: pair.id}, date: CREATED});

const purpose = () => new jsigs.purposes.AssertionProofPurpose();
const sign = (document, suite) => jsigs.sign(clone(document), {suite, purpose: purpose(), documentLoader: loader()});

/** Asks the library that signed. */
const confirms = (suite, documents = {}) => async text => {
  const known = loader();
  const documentLoader = async url => documents[url] ? {documentUrl: url, document: documents[url]} : known(url);
  const {verified, error} = await jsigs.verify(JSON.parse(text), {suite, purpose: purpose(), documentLoader});
  if(!verified) {
    throw error?.errors?.[0] ?? error;
  }
};

/** A small badge in VCDM 1.1, whose context knows the legacy suites. */
const badge = (key, ...contexts) => ({...samples.obV1(key), '@context': [V1, OB301, ...contexts]});

export async function legacy(output) {
  const documents = {};
  const accepted = (key, type) => ({...oneOf(key.controller), acceptedSuites: [type]});
  /** One record, once accepted and once not. */
  const add = (id, title, spec, type, key, document, peer, resources = []) => {
    output.entry({id: `legacy-${id}`, title: `${title}, which the policy accepts`, spec, document,
      policy: accepted(key, type), resources, peer, expect: verified({'proof.suite': 'proof.suite.legacy'})});
    output.entry({id: `legacy-${id}-not-accepted`, title: `${title}, which the policy does not name`, spec:
      'threats.md D15', input: `credentials/legacy-${id}.json`, policy: oneOf(key.controller), resources,
    expect: indeterminate({'proof.suite': 'proof.suite.notAccepted',
      'securing.proofs': 'securing.proofs.undecided'}, {authentic: 'indeterminate'})});
    documents[id] = {document, type, key, resources};
  };
  const found = (name, document) => resource(output, `legacy-${name}`, document);

  // --- Ed25519Signature2018
  const E = 'https://w3c-ccg.github.io/lds-ed25519-2018/';
  const raw = base58.encode(base58.decode(web.publicKeyMultibase.slice(1)).subarray(2));
  const method = {id: web.id, type: 'Ed25519VerificationKey2018', controller: web.controller, publicKeyBase58: raw};
  const webDocument = {'@context': ['https://www.w3.org/ns/did/v1', ED2018], id: web.controller,
    verificationMethod: [method], assertionMethod: [web.id]};
  const method2018 = {[web.id]: {...method, '@context': ED2018}};
  add('ed25519-2018', 'Ed25519Signature2018 with an Ed25519VerificationKey2018', E, 'Ed25519Signature2018', web,
    await sign(badge(web), ed2018(web)), confirms(ed2018(web), method2018), found('ed25519-2018', webDocument));
  add('ed25519-2018-did-key', 'Ed25519Signature2018 with a did:key', E, 'Ed25519Signature2018', issuer,
    await sign(badge(issuer), ed2018(issuer)), confirms(ed2018(issuer), {[issuer.id]: {'@context': ED2018, id: issuer.id,
      type: 'Ed25519VerificationKey2018', controller: issuer.controller,
      publicKeyBase58: base58.encode(base58.decode(issuer.publicKeyMultibase.slice(1)).subarray(2))}}));

  // --- the others, each with the keys that its algorithm has
  const publishKey = key => publish(documentOf({...key, publicKeyMultibase: key.multibase}));
  const kinds = [['jws-2020-eddsa', 'JsonWebSignature2020', EDDSA, [JWS2020]],
    ['jws-2020-es256', 'JsonWebSignature2020', ES256, [JWS2020]],
    ['jws-2020-es384', 'JsonWebSignature2020', others.ES384, [JWS2020]],
    ['jws-2020-es256k', 'JsonWebSignature2020', others.ES256K, [JWS2020]],
    ['jws-2020-ps256', 'JsonWebSignature2020', others.PS256, [JWS2020]],
    ['rsa-2018-ps256', 'RsaSignature2018', others.PS256, []],
    ['rsa-2018-rs256', 'RsaSignature2018', RS256, []],
    ['secp256k1-2019', 'EcdsaSecp256k1Signature2019', others.ES256K, []],
    ['secp256r1-2019', 'EcdsaSecp256r1Signature2019', ES256, []]];
  const SPEC = {JsonWebSignature2020: 'https://www.w3.org/community/reports/credentials/CG-FINAL-lds-jws2020-20220721/',
    RsaSignature2018: 'https://w3c-ccg.github.io/lds-rsa2018/',
    EcdsaSecp256k1Signature2019: 'https://w3c-ccg.github.io/lds-ecdsa-secp256k1-2019/',
    EcdsaSecp256r1Signature2019: 'https://w3c-ccg.github.io/security-vocab/#EcdsaSecp256r1Signature2019'};
  const lists = key => key.controller.startsWith('did:web:') ? found(`jose-${key.alg.toLowerCase()}`, jwkDocument([key])) :
    [];
  for(const [id, type, key, contexts] of kinds) {
    publishKey(key);
    // Signers of RsaSignature2018 canonicalized the options under the security context; under that of VCDM 1.1 its
    // datatypes are not IRIs.
    const suite = () => new JwsSuite({type, key, optionsContext: type === 'RsaSignature2018' ? SECURITY2 : undefined});
    add(id, `${type} with ${key.alg}`, SPEC[type], type, key, await sign(badge(key, ...contexts), suite()),
      confirms(suite()), lists(key));
  }
  const asV2 = () => new JwsSuite({type: 'JsonWebSignature2020', key: ES256, optionsContext: SECURITY2});
  add('jws-2020-options-v2', 'JsonWebSignature2020 whose options were canonicalized under the security context, which ' +
    'does not know its type', SPEC.JsonWebSignature2020, 'JsonWebSignature2020', ES256,
  await sign(badge(ES256, JWS2020), asV2()), confirms(asV2()));

  // --- changed after signing
  const change = (id, title, from, how, expect = INVALID, spec = 'threats.md D15') => {
    const {document, type, key, resources} = documents[from];
    const changed = clone(document);
    how(changed);
    output.entry({id: `legacy-${from}-${id}`, title, spec, document: changed, policy: accepted(key, type), resources, expect,
      peer: from === 'ed25519-2018' ? confirms(ed2018(web), method2018) : confirms(new JwsSuite({type, key,
        optionsContext: type === 'RsaSignature2018' ? SECURITY2 : undefined}))});
  };
  for(const from of ['ed25519-2018', 'jws-2020-es256', 'rsa-2018-rs256', 'secp256k1-2019']) {
    change('tampered', 'the name of the badge was changed', from, vc => vc.name = 'Leadership Badge');
    change('signature', 'one bit of the signature was changed', from, vc => {
      const [head, , signature] = vc.proof.jws.split('.');
      const bytes = Buffer.from(signature, 'base64url');
      bytes[5] ^= 1;
      vc.proof.jws = `${head}..${base64url(bytes)}`;
    });
  }
  const jws = how => vc => {
    const [head, payload, signature] = vc.proof.jws.split('.');
    vc.proof.jws = how(JSON.parse(Buffer.from(head, 'base64url')), payload, signature, head);
  };
  const header = members => jws((head, payload, signature) =>
    `${base64url(JSON.stringify({...head, ...members}))}.${payload}.${signature}`);
  change('created', 'the instant of the proof was changed', 'ed25519-2018', vc => vc.proof.created = '2026-01-16T09:30:00Z');
  for(const [id, title, how, spec] of [
    ['alg-none', 'alg none', header({alg: 'none'}), 'threats.md K01'],
    ['alg-hs256', 'alg HS256', header({alg: 'HS256'}), 'threats.md K02'],
    ['alg-other', 'alg ES256', header({alg: 'ES256'}), 'threats.md C17'],
    ['b64-true', 'b64 true', header({b64: true}), 'threats.md K08'],
    ['no-crit', 'b64 that is not critical', header({crit: undefined}), 'threats.md K08'],
    ['crit-more', 'another critical header', header({crit: ['b64', 'x'], x: 1}), 'threats.md K07'],
    ['attached', 'a payload inside the signature', jws((head, payload, signature, text) =>
      `${text}.${base64url('{}')}.${signature}`), 'threats.md K08'],
    ['padded', 'padding after the signature', jws((head, payload, signature, text) => `${text}..${signature}==`),
      'threats.md K11'],
    ['two-parts', 'a signature without its dots', jws((head, payload, signature, text) => `${text}.${signature}`),
      'threats.md K11']]) {
    const {document, type, key, resources} = documents['ed25519-2018'];
    const changed = clone(document);
    how(changed);
    output.entry({id: `legacy-ed25519-2018-${id}`, title, spec, document: changed, policy: accepted(key, type), resources,
      expect: forged({'securing.proofs': 'securing.proofs.failed'})});
  }
  const other = (id, title, from, type, expect = forged({}), policy = accepted(documents[from].key, type)) => {
    const {document, resources} = documents[from];
    output.entry({id: `legacy-type-${id}`, title, spec: 'threats.md D14, D16', document: {...document, proof:
      {...document.proof, type}}, policy, resources, expect});
  };
  other('rsa-as-ed25519', 'a proof with an RSA key calls itself Ed25519Signature2018', 'rsa-2018-rs256',
    'Ed25519Signature2018');
  other('ed25519-as-rsa', 'a proof with an Ed25519 key calls itself RsaSignature2018', 'ed25519-2018', 'RsaSignature2018');
  other('p256-as-secp256k1', 'a proof with a P-256 key calls itself EcdsaSecp256k1Signature2019', 'secp256r1-2019',
    'EcdsaSecp256k1Signature2019');
  other('bbs', 'a suite that is known by name and not supported', 'ed25519-2018', 'BbsBlsSignature2020',
    indeterminate({'proof.suite': 'proof.suite.unsupported'}, {authentic: 'indeterminate'}), oneOf(web.controller));
  const attacker = await joseKey('attacker', 'EdDSA');
  publishKey(attacker);
  output.entry({id: 'legacy-of-attacker', title: 'JsonWebSignature2020 by somebody else\'s key', spec: 'threats.md D09',
    document: await sign(badge(EDDSA, JWS2020), new JwsSuite({type: 'JsonWebSignature2020', key: attacker})),
    policy: accepted(EDDSA, 'JsonWebSignature2020'), expect: forged({'issuer.bound': 'issuer.notBound'})});
}
