// A certification authority for tests, and seals that it gave or did not give. Dates and serial numbers are fixed.
import 'reflect-metadata';
import {webcrypto} from 'node:crypto';
import * as x509 from '@peculiar/x509';
import * as jose from 'jose';
import {ecJwk, rsaJwk, stream, take} from './deterministic.mjs';

x509.cryptoProvider.set(webcrypto);
const RSA = {name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256'};
const EC = {name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256'};
const {digitalSignature, nonRepudiation, keyCertSign, cRLSign, keyEncipherment} = x509.KeyUsageFlags;
const ORGANIZATION = '2.5.4.97';

/** A key pair for certificates: RSA, or P-256 if its algorithm is ES256. */
export async function certificateKey(name, alg = 'RS256') {
  const privateJwk = alg === 'ES256' ? ecJwk('P-256', take(stream(`certificate ${name}`), 32)) : rsaJwk(name);
  const {d, p, q, dp, dq, qi, ...publicJwk} = privateJwk;
  const algorithm = alg === 'ES256' ? EC : RSA;
  const load = (jwk, usage) => webcrypto.subtle.importKey('jwk', jwk, algorithm, true, [usage]);
  return {name, alg, algorithm, privateJwk, publicJwk, privateKey: await load(privateJwk, 'sign'),
    publicKey: await load(publicJwk, 'verify'), cryptoKey: await jose.importJWK(privateJwk, alg, {extractable: true})};
}

/** A certificate of `key` about `subject`, by `issuer` (itself, if there is none). */
export async function certificate(subject, key, {issuer, from = '2025-01-01', until = '2035-01-01', ca = false, pathLength,
  usage = ca ? keyCertSign | cRLSign : digitalSignature | nonRepudiation, names = [], critical} = {}) {
  const extensions = [new x509.BasicConstraintsExtension(ca, pathLength, true), new x509.KeyUsagesExtension(usage, true),
    await x509.SubjectKeyIdentifierExtension.create(key.publicKey),
    await x509.AuthorityKeyIdentifierExtension.create((issuer?.key ?? key).publicKey)];
  if(names.length) {
    extensions.push(new x509.SubjectAlternativeNameExtension(names));
  }
  if(critical) {
    extensions.push(new x509.Extension(critical, true, new Uint8Array([5, 0])));
  }
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: Buffer.from([1, ...take(stream(`serial ${JSON.stringify(subject)} ${key.name}`), 8)]).toString('hex'),
    subject, issuer: issuer?.subject ?? subject, notBefore: new Date(`${from}T00:00:00Z`),
    notAfter: new Date(`${until}T00:00:00Z`), publicKey: key.publicKey, signingKey: (issuer?.key ?? key).privateKey,
    signingAlgorithm: (issuer?.key ?? key).algorithm, extensions});
  return {subject, key, certificate: made, der: Buffer.from(made.rawData), base64: Buffer.from(made.rawData)
    .toString('base64'), pem: made.toString('pem')};
}

const named = (cn, more = []) => [{C: ['AT']}, {O: ['Example University']}, ...more, {CN: [cn]}];
export const SEAL = named('Example University', [{[ORGANIZATION]: ['VATAT-U12345678']}]);

/** root → intermediate → seal; a root of somebody else's. */
export async function authority() {
  const root = await certificate([{C: ['AT']}, {O: ['Example Trust']}, {CN: ['Example Trust Root']}],
    await certificateKey('trust root'), {ca: true, from: '2020-01-01', until: '2040-01-01'});
  const intermediate = await certificate([{C: ['AT']}, {O: ['Example Trust']}, {CN: ['Example Trust Seals']}],
    await certificateKey('trust seals'), {issuer: root, ca: true, pathLength: 0, from: '2022-01-01', until: '2038-01-01'});
  const otherRoot = await certificate([{O: ['Other Trust']}, {CN: ['Other Trust Root']}], await certificateKey('other root',
    'ES256'), {ca: true, from: '2020-01-01', until: '2040-01-01'});
  return {root, intermediate, otherRoot};
}

export const USAGE = {encipherment: keyEncipherment};
