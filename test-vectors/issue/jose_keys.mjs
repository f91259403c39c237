// Keys for JOSE and COSE, each with an identifier and the document that lists it, and tokens made with them.
import './deterministic.mjs';
import {createHash, sign as nodeSign, createPrivateKey} from 'node:crypto';
import * as jose from 'jose';
import {multibase as base58btc} from './tampered.mjs';
import {CURVES, ecJwk, ecdsa, rsaJwk, rsaPss} from './deterministic.mjs';
import {keyPair, publicKeyJwk} from './lib.mjs';

const CURVE_OF = {ES256: 'P-256', ES384: 'P-384', ES512: 'P-521', ES256K: 'secp256k1'};
const CODE_OF = {'P-256': '8024', 'P-384': '8124', secp256k1: 'e701'};

export const base64url = bytes => Buffer.from(bytes).toString('base64url');
const text = value => typeof value === 'string' ? value : JSON.stringify(value);

/** A key pair for an algorithm; seeds are names, as everywhere. Without a controller it is a did:key, or a did:jwk where
 * did:key has no form for it. */
export async function joseKey(name, alg, {controller, fragment} = {}) {
  const secret = createHash('sha256').update(`ler-verify test vector: ${name}`).digest();
  let privateJwk;
  let multibase;
  if(alg === 'EdDSA') {
    const pair = await keyPair(name);
    privateJwk = {...await publicKeyJwk(pair), d: base64url(secret)};
    multibase = pair.publicKeyMultibase;
  } else if(CURVE_OF[alg]) {
    const crv = CURVE_OF[alg];
    privateJwk = ecJwk(crv, secret);
    if(CODE_OF[crv]) {
      const point = CURVES[crv].getPublicKey(Buffer.from(privateJwk.d, 'base64url'), true);
      multibase = base58btc(Buffer.concat([Buffer.from(CODE_OF[crv], 'hex'), point]));
    }
  } else {
    privateJwk = rsaJwk(name);
  }
  const {d, p, q, dp, dq, qi, ...publicJwk} = privateJwk;
  const own = multibase ? `did:key:${multibase}` : `did:jwk:${base64url(JSON.stringify(publicJwk))}`;
  const did = controller ?? own;
  const id = `${did}#${fragment ?? (controller ? 'key-1' : multibase ?? '0')}`;
  return {alg, privateJwk, publicJwk, multibase, controller: did, id,
    cryptoKey: alg === 'ES256K' ? undefined : await jose.importJWK(privateJwk, alg, {extractable: true}),
    sign: data => rawSign(alg, privateJwk, data)};
}

/** The signature alone, for tokens that no library would make. */
export function rawSign(alg, jwk, data) {
  if(CURVE_OF[alg]) {
    return ecdsa(jwk, data);
  }
  if(alg.startsWith('PS')) {
    return rsaPss(jwk, `SHA-${alg.slice(2)}`, data);
  }
  const hash = alg.startsWith('RS') ? `sha${alg.slice(2)}` : null;
  return nodeSign(hash, data, createPrivateKey({key: jwk, format: 'jwk'}));
}

/** A compact JWS by the library; ES256K, which it no longer has, and whatever it refuses to make, by hand. */
export async function jws(key, payload, header = {}) {
  const protectedHeader = {alg: key.alg, ...header};
  if(!key.cryptoKey) {
    return byHand(key, payload, protectedHeader);
  }
  return new jose.CompactSign(Buffer.from(text(payload))).setProtectedHeader(protectedHeader).sign(key.cryptoKey);
}

/** The same from any texts. */
export function byHand(key, payload, header, {sign = key.sign} = {}) {
  const input = `${base64url(text(header))}.${base64url(text(payload))}`;
  return `${input}.${base64url(sign(Buffer.from(input)))}`;
}

const CONTEXT = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'];

/** The document of a controller with its keys as JSON Web Keys. */
export const jwkDocument = (keys, {id = keys[0].controller, ...more} = {}) => ({
  '@context': CONTEXT, id,
  verificationMethod: keys.map(key => ({id: key.id, type: 'JsonWebKey2020', controller: id, publicKeyJwk: key.publicJwk})),
  assertionMethod: keys.map(key => key.id), authentication: keys.map(key => key.id), ...more
});

/** Asks the library: the key that the issuer really has, the algorithm it has, times judged at `now`. */
export const verifiesWith = (key, {now, typ} = {}) => async token => {
  if(key.alg === 'ES256K') {
    const {verifyJWS} = await import('did-jwt');
    return verifyJWS(token, {id: key.id, type: 'JsonWebKey2020', controller: key.controller,
      publicKeyJwk: key.publicJwk});
  }
  return jose.jwtVerify(token, await jose.importJWK(key.publicJwk, key.alg), {algorithms: [key.alg],
    currentDate: now ? new Date(now) : undefined, clockTolerance: 300, typ});
};
