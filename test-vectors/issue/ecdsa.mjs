// ECDSA over P-256 and P-384: what is valid, and what a verifier must not take for it.
import {createHash} from 'node:crypto';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as jcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import {cryptosuite as rdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {cryptosuite as eddsa} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {p256, p384} from '@noble/curves/nist.js';
import {CREATED, clone, documentOf, issue, notVerified, oneOf, publish, sign, verified} from './lib.mjs';
import {issuer} from './people.mjs';
import * as samples from './samples.mjs';
import {bytesOf, multibase} from './tampered.mjs';
import {resource} from './valid.mjs';

const SPEC = 'https://www.w3.org/TR/vc-di-ecdsa/';
const forged = checks => notVerified(checks, {authentic: 'failed'});
const INVALID = forged({'proof.signature': 'proof.signature.invalid', 'securing.proofs': 'securing.proofs.failed'});
const ENCODING = forged({'proof.signature': 'proof.signature.encoding'});

const CURVES = {
  'P-256': {curve: p256, hash: 'sha256', length: 32, order: p256.Point.CURVE().n},
  'P-384': {curve: p384, hash: 'sha384', length: 48, order: p384.Point.CURVE().n}
};

/** A key pair whose secret is the hash of its name. Web Crypto signs at random; RFC 6979 makes the same bytes on every
 * machine, here with the lower of the two values of s. */
async function keyPair(name, curveName, {controller, fragment} = {}) {
  const {curve, hash} = CURVES[curveName];
  const secret = new Uint8Array(createHash(hash).update(`ler-verify test vector: ${name}`).digest());
  const pair = await EcdsaMultikey.fromRaw({curve: curveName, secretKey: secret,
    publicKey: curve.getPublicKey(secret, true)});
  const {publicKeyMultibase} = pair;
  pair.controller = controller ?? `did:key:${publicKeyMultibase}`;
  pair.id = `${pair.controller}#${fragment ?? publicKeyMultibase}`;
  pair.signer = () => ({id: pair.id, algorithm: curveName,
    sign: async ({data}) => curve.sign(data, secret, {lowS: true})});
  publish(documentOf(pair));
  return pair;
}

const suites = {
  rdfc: (pair, cryptosuite = rdfc) => new DataIntegrityProof({signer: pair.signer(), date: CREATED, cryptosuite}),
  jcs: pair => suites.rdfc(pair, jcs.createSignCryptosuite())
};

const numberOf = bytes => BigInt('0x' + Buffer.from(bytes).toString('hex'));
const bytesOfNumber = (number, length) => Buffer.from(number.toString(16).padStart(2 * length, '0'), 'hex');

/** The signature as an ASN.1 SEQUENCE of two INTEGERs, as X.509 and many libraries have it. */
function der(signature) {
  const integer = bytes => {
    const hex = BigInt('0x' + Buffer.from(bytes).toString('hex')).toString(16);
    const even = Buffer.from(hex.length % 2 ? '0' + hex : hex, 'hex');
    const content = even[0] & 0x80 ? Buffer.concat([Buffer.from([0]), even]) : even;
    return Buffer.concat([Buffer.from([2, content.length]), content]);
  };
  const half = signature.length / 2;
  const content = Buffer.concat([integer(signature.slice(0, half)), integer(signature.slice(half))]);
  return Buffer.concat([Buffer.from([0x30, content.length]), content]);
}

export async function ecdsa(output) {
  // Twelve nodes without identifiers, some of them alike: which is which is decided by the hash inside RDFC-1.0.
  const samplesOf = pair => ({...samples.obSmall(pair), credentialSubject: {...samples.obSmall().credentialSubject,
    result: Array.from({length: 12}, (_, index) => ({type: ['Result'], value: String(index % 5)}))}});
  const good = (id, title, document, controller, more = {}) => {
    output.entry({id, title, spec: SPEC, document, policy: oneOf(controller), expect: verified(), ...more});
    return document;
  };

  // --- valid
  const signed = {};
  for(const name of ['P-256', 'P-384']) {
    const short = name.toLowerCase().replace('-', '');
    const pair = await keyPair(`ecdsa ${name}`, name);
    const document = samplesOf(pair);
    signed[short] = {pair, short, ...CURVES[name],
      rdfc: good(`ecdsa-rdfc-2019-${short}`, `ecdsa-rdfc-2019 with a key over ${name}, did:key`,
        await issue(document, suites.rdfc(pair)), pair.controller,
        {expect: verified({'proof.suite': 'proof.suite.known', 'key.resolved': 'key.found'})}),
      jcs: good(`ecdsa-jcs-2019-${short}`, `ecdsa-jcs-2019 with a key over ${name}, did:key`,
        await issue(document, suites.jcs(pair)), pair.controller)};
  }
  const {pair} = signed.p256;
  const policy = oneOf(pair.controller);
  const jwk = async of => {
    const {kty, crv, x, y} = await EcdsaMultikey.toJwk({keyPair: of});
    return {kty, crv, x, y};
  };
  const didJwk = await keyPair('ecdsa did:jwk', 'P-256', {controller: `did:jwk:${Buffer.from(JSON.stringify(
    await jwk(await keyPair('ecdsa did:jwk', 'P-256')))).toString('base64url')}`, fragment: '0'});
  good('ecdsa-did-jwk', 'the issuer is a did:jwk over P-256', await issue(samples.obSmall(didJwk), suites.rdfc(didJwk)),
    didJwk.controller);
  const web = await keyPair('ecdsa did:web', 'P-384', {controller: 'did:web:academy.example', fragment: 'key-1'});
  const webDocument = {'@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
    id: web.controller, verificationMethod: [{id: web.id, type: 'JsonWebKey', controller: web.controller,
      publicKeyJwk: {...await jwk(web), alg: 'ES384'}}], assertionMethod: [web.id]};
  good('ecdsa-did-web-jwk', 'the issuer is a did:web with a JSON Web Key over P-384',
    await issue(samples.obSmall(web), suites.jcs(web)), web.controller,
    {resources: resource(output, 'ecdsa-did-web', webDocument)});
  good('suite-ecdsa-2019', 'the name ecdsa-2019 from before the standard, for what is now ecdsa-rdfc-2019',
    await sign(samples.obSmall(pair), suites.rdfc(pair, {...rdfc, name: 'ecdsa-2019'})), pair.controller,
    {expect: verified({'proof.suite': 'proof.suite.preStandard'})});

  // --- changed after signing
  const change = (id, title, original, how, expect, spec, more = {}) => {
    const document = clone(original);
    how(document);
    output.entry({id: `ecdsa-${id}`, title, spec, document, policy, expect, ...more});
  };
  const value = how => vc => vc.proof.proofValue = multibase(Uint8Array.from(how(bytesOf(vc.proof.proofValue))));
  for(const {pair: {controller}, short, length, order, ...by} of Object.values(signed)) {
    for(const suite of ['rdfc', 'jcs']) {
      const changed = (id, what, how, expect, spec) => change(`${id}-${suite}-${short}`,
        `${what} (ecdsa-${suite}-2019, ${short})`, by[suite], how, expect, spec, {policy: oneOf(controller)});
      changed('tampered-name', 'the name of the badge was changed', vc => vc.name = 'Another badge', INVALID, SPEC);
      changed('tampered-created', 'the instant of the proof was changed',
        vc => vc.proof.created = '2026-01-16T09:30:00Z', INVALID, SPEC);
      changed('tampered-value', 'one bit of the signature was changed',
        value(bytes => (bytes[40] ^= 1, bytes)), INVALID, SPEC);
    }
    const changed = (id, what, how, expect, spec) => change(`${id}-${short}`, `${what} (${short})`, by.rdfc, value(how),
      expect, spec, {policy: oneOf(controller)});
    changed('high-s', 'n − s in place of s: another signature for the same message, as good as the first', bytes =>
      [...bytes.slice(0, length), ...bytesOfNumber(order - numberOf(bytes.slice(length)), length)], verified(),
    'threats.md C07');
    changed('der', 'the signature in DER', der, ENCODING, 'threats.md D18');
    changed('zero', 'r and s are 0: a verifier that does not look accepts it for everything', () =>
      Array(2 * length).fill(0), INVALID, 'threats.md C06');
    changed('order', 'r and s are the order of the group', () => [...bytesOfNumber(order, length),
      ...bytesOfNumber(order, length)], INVALID, 'threats.md C06');
    changed('short', 'a signature without its last byte', bytes => bytes.slice(0, -1), ENCODING, 'threats.md D17');
    changed('long', 'a signature with a byte too many', bytes => [...bytes, 0], ENCODING, 'threats.md D17');
  }
  change('base64url', 'the signature in base64url, as ecdsa-sd-2023 has its values', signed.p256.rdfc, vc =>
    vc.proof.proofValue = 'u' + Buffer.from(bytesOf(vc.proof.proofValue)).toString('base64url'), ENCODING,
  'threats.md D17');

  // --- other curves and other hashes
  change('signature-of-other-curve', 'a key over P-256 with a signature over P-384', signed.p256.rdfc, vc =>
    vc.proof.proofValue = signed.p384.rdfc.proof.proofValue, ENCODING, 'threats.md D16');
  const half = {...rdfc, createVerifyData: options => rdfc.createVerifyData({...options,
    dataIntegrityProof: {ensureSuiteContext: () => undefined, signer: {algorithm: 'P-256'}}})};
  const p384 = signed.p384.pair;
  output.entry({id: 'ecdsa-p384-with-sha-256', title: 'a key over P-384 that signed hashes by SHA-256', spec:
    'threats.md R08', document: await sign(samplesOf(p384), suites.rdfc(p384, half)), policy: oneOf(p384.controller),
  expect: INVALID});
  output.entry({id: 'ecdsa-suite-ed25519-key', title: 'ecdsa-rdfc-2019 with an Ed25519 key', spec: 'threats.md D16',
    document: await sign(samples.obSmall(), new DataIntegrityProof({signer: issuer.signer(), date: CREATED,
      cryptosuite: {...eddsa, name: 'ecdsa-rdfc-2019'}})), policy: oneOf(issuer.controller),
    expect: forged({'key.resolved': 'key.type'})});

  // --- keys that are none
  const document = (id, title, how, spec, expect = forged({'key.resolved': 'key.encoding'})) => {
    const changed = clone(webDocument);
    how(changed.verificationMethod[0]);
    output.entry({id: `ecdsa-key-${id}`, title, spec, input: 'credentials/ecdsa-did-web-jwk.json',
      policy: oneOf(web.controller), resources: resource(output, `ecdsa-did-web-${id}`, changed), expect});
  };
  document('multikey', 'the same key as a Multikey', method => {
    delete method.publicKeyJwk;
    Object.assign(method, {type: 'Multikey', publicKeyMultibase: web.publicKeyMultibase});
  }, SPEC, verified());
  document('off-curve', 'a point that is not on the curve', method => method.publicKeyJwk.y = method.publicKeyJwk.x,
    'threats.md C08');
  document('uncompressed', 'a Multikey that is not compressed', method => {
    const {x, y} = method.publicKeyJwk;
    delete method.publicKeyJwk;
    Object.assign(method, {type: 'Multikey', publicKeyMultibase: multibase(Buffer.concat([Buffer.from('812404', 'hex'),
      Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]))});
  }, 'threats.md C09');
  document('other-curve', 'a JSON Web Key whose coordinates are of another curve than it names',
    method => method.publicKeyJwk.crv = 'P-256', 'threats.md C10');
  document('other-alg', 'a JSON Web Key over P-384 for ES256', method => method.publicKeyJwk.alg = 'ES256',
    'threats.md C10');
}
