// The same bytes on every machine, also where libraries ask Web Crypto for random numbers: ECDSA is signed as RFC 6979
// says, RSA-PSS with the hash of the message as salt, and what is drawn at random comes from a seed. Import this first.
import crypto, {createHash, webcrypto} from 'node:crypto';
import {p256, p384, p521} from '@noble/curves/nist.js';
import {secp256k1} from '@noble/curves/secp256k1.js';

export const CURVES = {'P-256': p256, 'P-384': p384, 'P-521': p521, secp256k1};

const hash = (name, ...parts) => parts.reduce((hash, part) => hash.update(part), createHash(name)).digest();

/** The bytes of a name: as many as are wanted. */
export function* stream(name) {
  for(let block = 0; ; block += 1) {
    yield* hash('sha256', `ler-verify test vector: ${name}: ${block}`);
  }
}

export const take = (bytes, length) => Uint8Array.from({length}, () => bytes.next().value);

let random = stream('random');
/** What is drawn at random from here on follows from this name. */
export const seed = name => random = stream(name);

webcrypto.getRandomValues = array => {
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(take(random, array.byteLength));
  return array;
};

const {subtle} = webcrypto;
const original = {sign: subtle.sign.bind(subtle), generateKey: subtle.generateKey.bind(subtle)};

/** The key pair that was made last: of a suite that does not let go of it. */
export let generated;

subtle.generateKey = async (algorithm, extractable, usages) => {
  if(algorithm.name !== 'ECDSA') {
    return original.generateKey(algorithm, extractable, usages);
  }
  const jwk = ecJwk(algorithm.namedCurve, take(random, 32));
  const {d, ...publicJwk} = generated = jwk;
  return {privateKey: await subtle.importKey('jwk', jwk, algorithm, extractable, ['sign']),
    publicKey: await subtle.importKey('jwk', publicJwk, algorithm, true, ['verify'])};
};

subtle.sign = async (algorithm, key, data) => {
  const bytes = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) :
    new Uint8Array(data);
  const name = algorithm.name ?? algorithm;
  if(name !== 'ECDSA' && name !== 'RSA-PSS') {
    return original.sign(algorithm, key, data);
  }
  const jwk = await subtle.exportKey('jwk', key);
  return Uint8Array.from(name === 'ECDSA' ? ecdsa(jwk, bytes) :
    rsaPss(jwk, algorithm.hash?.name ?? key.algorithm.hash.name, bytes)).buffer;
};

const base64url = bytes => Buffer.from(bytes).toString('base64url');

/** The key pair of a secret number, as JSON Web Key. */
export function ecJwk(crv, secret) {
  const curve = CURVES[crv];
  const length = curve.Point.Fn.BYTES;
  const d = new Uint8Array(length);
  d.set(secret.subarray(0, length), Math.max(0, length - secret.length));
  const point = curve.getPublicKey(d, false).subarray(1);
  const half = point.length / 2;
  return {kty: 'EC', crv, x: base64url(point.subarray(0, half)), y: base64url(point.subarray(half)), d: base64url(d)};
}

/** r‖s over the curve's own hash. */
export const ecdsa = ({crv, d}, data) => CURVES[crv].sign(data, Buffer.from(d, 'base64url'), {lowS: true});

/** RFC 8017 §9.1.1 with a salt that follows from the message. */
export function rsaPss(jwk, hashName, data) {
  const name = hashName.replace('-', '').toLowerCase();
  const digest = hash(name, data);
  const salt = hash(name, 'salt', data);
  const h = hash(name, Buffer.alloc(8), digest, salt);
  const length = Buffer.from(jwk.n, 'base64url').length;
  const db = Buffer.concat([Buffer.alloc(length - 2 * h.length - 2), Buffer.from([1]), salt]);
  const mask = [];
  for(let block = 0; mask.length < db.length; block += 1) {
    mask.push(...hash(name, h, Buffer.from([0, 0, 0, block])));
  }
  const encoded = Buffer.concat([db.map((byte, index) => byte ^ mask[index]), h, Buffer.from([0xbc])]);
  encoded[0] &= 0x7f;
  return crypto.privateEncrypt({key: crypto.createPrivateKey({key: jwk, format: 'jwk'}),
    padding: crypto.constants.RSA_NO_PADDING}, encoded);
}

/** An RSA key pair whose primes follow from a name. */
export function rsaJwk(name, bits = 2048) {
  const source = stream(`rsa ${name}`);
  const e = 65537n;
  const prime = () => {
    for(;;) {
      const bytes = take(source, bits / 16);
      bytes[0] |= 0xc0;
      bytes[bytes.length - 1] |= 1;
      const candidate = BigInt('0x' + Buffer.from(bytes).toString('hex'));
      if((candidate - 1n) % e && crypto.checkPrimeSync(candidate)) {
        return candidate;
      }
    }
  };
  const inverse = (a, m) => {
    let [r, next, t, nextT] = [m, a % m, 0n, 1n];
    while(next) {
      const quotient = r / next;
      [r, next, t, nextT] = [next, r - quotient * next, nextT, t - quotient * nextT];
    }
    return (t + m) % m;
  };
  const [p, q] = [prime(), prime()].sort((a, b) => a < b ? 1 : -1);
  const d = inverse(e, (p - 1n) * (q - 1n));
  const number = value => {
    const hex = value.toString(16);
    return base64url(Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex'));
  };
  return {kty: 'RSA', n: number(p * q), e: number(e), d: number(d), p: number(p), q: number(q), dp: number(d % (p - 1n)),
    dq: number(d % (q - 1n)), qi: number(inverse(q, p))};
}
