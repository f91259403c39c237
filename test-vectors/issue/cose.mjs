// COSE_Sign1 around a credential (VC-JOSE-COSE §3.3): what is valid, and messages taken apart.
import {Headers, Sign1} from '@auth0/cose';
import * as cborg from 'cborg';
import * as jose from 'jose';
import {indeterminate, oneOf} from './lib.mjs';
import {jwkDocument} from './jose_keys.mjs';
import {EDDSA, ES256, RS256, bound, forged, foundDocument, others} from './jwt.mjs';
import * as samples from './samples.mjs';

const SPEC = 'https://www.w3.org/TR/vc-jose-cose/#securing-with-cose';
const COSE = 'https://www.rfc-editor.org/rfc/rfc9052';
const ALGORITHM = {EdDSA: -8, ES256: -7, ES384: -35, ES512: -36, RS256: -257, PS256: -37};
const [TYPE, CWT_CLAIMS] = [16, 15];
const utf8 = text => new Uint8Array(Buffer.from(text));
const cbor = value => Buffer.from(cborg.encode(value));

/** The usual header: algorithm, key, what is inside, what the whole is. */
const header = (key, more = []) => new Map([[Headers.Algorithm, ALGORITHM[key.alg]], [Headers.KeyID, utf8(key.id)],
  [Headers.ContentType, 'application/vc'], [TYPE, 'application/vc+cose'],
  ...more].filter(([label, value], _, all) => value !== undefined && !all.some(one => one.length === 1 && one[0] === label)));

/** Signs what the library says is to be signed; the signature is ours, because the library's are random for ECDSA. */
function message(key, payload, {head = header(key), unprotected = new Map(), encoded = cbor(head), sign = key.sign,
  aad = new Uint8Array()} = {}) {
  const signature = sign(Buffer.from(Sign1.Signature1(encoded, aad, payload)));
  return {encoded, unprotected, payload, signature: new Uint8Array(signature)};
}
const bytes = ({encoded, unprotected, payload, signature}) =>
  Buffer.concat([Buffer.from([0xd2]), cbor([encoded, unprotected, payload, signature])]);

/** Asks the library, with the key that the issuer really has and the algorithm it has. */
const verifies = key => async data => {
  const decoded = Sign1.decode(Buffer.from(data));
  await decoded.verify(await jose.importJWK(key.publicJwk, key.alg), {algorithms: [ALGORITHM[key.alg]]});
};

export async function cose(output) {
  const vc = key => utf8(JSON.stringify(samples.obSmall(key)));
  const add = (id, title, document, expect, {spec = SPEC, key = EDDSA, ...more} = {}) => output.entry({id: `cose-${id}`,
    title, spec, document, extension: 'cose', policy: oneOf(key.controller), expect, peer: verifies(key), ...more});
  for(const key of [EDDSA, ES256, others.ES384, others.ES512, RS256, others.PS256]) {
    const resources = key.controller.startsWith('did:web:') ?
      foundDocument(output, `jose-${key.alg.toLowerCase()}`, jwkDocument([key])) : [];
    add(key.alg.toLowerCase(), `vc+cose, ${key.alg}`, bytes(message(key, vc(key))), bound(), {key, resources});
  }
  const library = await Sign1.sign(header(EDDSA), new Map(), vc(EDDSA), await jose.importJWK(EDDSA.privateJwk, 'EdDSA'));
  const own = message(EDDSA, vc(EDDSA), {encoded: Buffer.from(library.encodedProtectedHeaders)});
  if(Buffer.compare(Buffer.from(library.signature), Buffer.from(own.signature))) {
    throw new Error('the library signs something else');
  }
  const usual = message(EDDSA, vc(EDDSA));
  const other = (id, title, how, expect, more = {}) => add(id, title, bytes(message(EDDSA, vc(EDDSA), how)), expect, more);
  const REFUSED = 'the library looks at the signature, not at the credential';
  const LENIENT = {lenient: REFUSED};

  // --- headers
  other('kid-unprotected', 'the kid is a hint, and may stand unprotected', {head: header(EDDSA, [[Headers.KeyID]]),
    unprotected: new Map([[Headers.KeyID, utf8(EDDSA.id)]])}, bound());
  other('bare', 'nothing but an algorithm: the key of a did:key is known', {head: new Map([[1, -8]])}, bound());
  other('alg-unprotected', 'the algorithm stands unprotected', {head: header(EDDSA, [[Headers.Algorithm]]),
    unprotected: new Map([[Headers.Algorithm, -8]])}, forged(), {spec: `${COSE}#section-3.1`, ...LENIENT});
  other('alg-twice', 'an algorithm in each of the headers', {unprotected: new Map([[Headers.Algorithm, -7]])}, forged(),
    {spec: `${COSE}#section-3`, ...LENIENT});
  other('alg-missing', 'no algorithm', {head: header(EDDSA, [[Headers.Algorithm]])}, forged(), {spec: `${COSE}#section-3.1`});
  other('alg-unknown', 'an algorithm that is not known', {head: header(EDDSA, [[Headers.Algorithm, -65000]])}, indeterminate(
    {}, {authentic: 'indeterminate'}), {spec: 'design.md §3'});
  other('alg-es256', 'ES256 with an Ed25519 key', {head: header(EDDSA, [[Headers.Algorithm, -7]])}, forged(),
    {spec: 'threats.md C17'});
  other('alg-hs256', 'HMAC with the public key', {head: header(EDDSA, [[Headers.Algorithm, 5]])}, forged(),
    {spec: 'threats.md K02'});
  other('alg-ed25519', 'the fully specified algorithm Ed25519 (RFC 9864)', {head: header(EDDSA, [[Headers.Algorithm, -19]])},
    bound(), {spec: 'https://www.rfc-editor.org/rfc/rfc9864#section-2.2', peer: undefined});
  other('crit-unknown', 'a critical header that is not understood', {head: header(EDDSA, [[2, ['rules']], ['rules', true]])},
    {verdict: 'indeterminate', axes: {authentic: 'indeterminate'}, checks: {}}, {spec: 'threats.md K07', ...LENIENT});
  other('crit-absent', 'a critical header that is not there', {head: header(EDDSA, [[2, ['rules']]])}, forged(),
    {spec: `${COSE}#section-3.1`, ...LENIENT});
  other('crit-unprotected', 'the list of critical headers stands unprotected', {unprotected: new Map([[2, [1]]])}, forged(),
    {spec: `${COSE}#section-3.1`, ...LENIENT});
  other('typ-vp', 'a credential whose type is that of a presentation', {head: header(EDDSA, [[TYPE,
    'application/vp+cose']])}, forged(), {spec: 'threats.md K09', ...LENIENT});
  other('content-type', 'a credential whose content type is that of a presentation', {head: header(EDDSA, [[
    Headers.ContentType, 'application/vp']])}, forged(), {spec: 'threats.md K09', ...LENIENT});
  other('cwt-iss-differs', 'the header names another issuer', {head: header(EDDSA, [[CWT_CLAIMS, new Map([[1,
    'did:web:university.example']])]])}, forged(), {spec: 'threats.md K13', ...LENIENT});
  other('cwt-iss', 'the header repeats the issuer', {head: header(EDDSA, [[CWT_CLAIMS, new Map([[1,
    EDDSA.controller]])]])}, bound());
  other('cwt-exp-text', 'the header has an expiry that is text', {head: header(EDDSA, [[CWT_CLAIMS, new Map([[4,
    '2036-01-15T00:00:00Z']])]])}, forged({'proof.claims': 'cose.claims.malformed'}), {spec: 'threats.md K16', ...LENIENT});
  other('external-aad', 'signed together with data that did not come along', {aad: utf8('more')}, forged(),
    {spec: `${COSE}#section-4.3`});
  other('duplicate-label', 'the header has its algorithm twice', {encoded: Buffer.concat([Buffer.from([0xa5]),
    cbor(header(EDDSA)).subarray(1), Buffer.from('01', 'hex'), cbor(-7)])}, forged(),
  {spec: 'threats.md K12'});

  // --- changed after signing
  const change = (id, title, how, expect = forged(), more = {}) => add(id, title, bytes({...usual, ...how}), expect,
    {spec: COSE, ...more});
  change('payload', 'another payload', {payload: utf8(JSON.stringify({...samples.obSmall(EDDSA),
    name: 'Leadership Badge'}))});
  change('header', 'another protected header', {encoded: cbor(header(EDDSA, [[TYPE]]))});
  change('signature', 'one bit of the signature', {signature: usual.signature.map((byte, index) => byte ^ Number(index === 3))});
  change('signature-empty', 'no signature', {signature: new Uint8Array()});
  change('signature-long', 'a byte after the signature', {signature: new Uint8Array([...usual.signature, 0])});
  change('detached', 'the payload is somewhere else', {payload: null});
  change('payload-text', 'the payload is text in place of bytes', {payload: Buffer.from(usual.payload).toString()}, forged(),
    {lenient: undefined});
  change('header-map', 'the protected header is a map in place of bytes', {encoded: header(EDDSA)}, forged(), LENIENT);
  const es256 = message(ES256, vc(ES256));
  add('der', 'ES256 with a signature in DER', bytes({...es256, signature: der(es256.signature)}), forged(),
    {spec: 'threats.md D18', key: ES256});
  add('of-attacker', 'signed by somebody else\'s key', bytes(message(ES256, vc(EDDSA))), forged({'issuer.bound':
    'issuer.notBound'}), {spec: 'threats.md D09'});
  add('not-json', 'a payload that is no JSON', bytes(message(EDDSA, utf8('a badge'))), forged(), {spec: SPEC, ...LENIENT});
  add('cbor-payload', 'a credential in CBOR', bytes(message(EDDSA, cbor(samples.obSmall(EDDSA)))), forged(), {spec: SPEC,
    ...LENIENT});

  // --- the bytes
  const whole = bytes(usual);
  const CBOR = {spec: 'threats.md D26', lenient: 'its reader of CBOR takes this'};
  const MALFORMED = {verdict: 'notVerified', checks: {}};
  add('trailing', 'a byte after the message', Buffer.concat([whole, Buffer.from([0])]), MALFORMED, {...CBOR,
    lenient: undefined});
  add('truncated', 'the last bytes are missing', whole.subarray(0, -8), MALFORMED, {...CBOR, lenient: undefined});
  add('indefinite', 'an array of indefinite length, which COSE allows and this library does not read', Buffer.concat([
    Buffer.from([0xd2, 0x9f]), whole.subarray(2), Buffer.from([0xff])]), indeterminate(), CBOR);
  add('five-parts', 'a fifth part', Buffer.concat([Buffer.from([0xd2, 0x85]), whole.subarray(2), Buffer.from([0])]),
    MALFORMED, CBOR);
  add('two-tags', 'the tag twice', Buffer.concat([Buffer.from([0xd2]), whole]), MALFORMED, {...CBOR, lenient: undefined});
}

function der(signature) {
  const integer = part => {
    const rest = Buffer.from(part.subarray(part.findIndex(byte => byte)));
    const content = rest[0] & 0x80 ? Buffer.concat([Buffer.from([0]), rest]) : rest;
    return Buffer.concat([Buffer.from([2, content.length]), content]);
  };
  const content = Buffer.concat([integer(signature.subarray(0, 32)), integer(signature.subarray(32))]);
  return new Uint8Array(Buffer.concat([Buffer.from([0x30, content.length]), content]));
}
