// JSON Web Tokens: VC-JWT of VCDM 1.1, vc+jwt of VC-JOSE-COSE, Open Badges 3.0 and CLR 2.0; every claim and header wrong.
import {createHmac, createPublicKey} from 'node:crypto';
import {ES256KSigner, ES256Signer, EdDSASigner} from 'did-jwt';
import {createVerifiableCredentialJwt} from 'did-jwt-vc';
import * as jose from 'jose';
import {OB301, V1, V2, clone, indeterminate, issue, notVerified, oneOf, suites} from './lib.mjs';
import {base64url, byHand, joseKey, jwkDocument, jws, verifiesWith} from './jose_keys.mjs';
import {issuer} from './people.mjs';
import * as samples from './samples.mjs';

const DOCUMENT = 'controlledIdentifierDocument';
const VCDM1 = 'https://www.w3.org/TR/vc-data-model/#json-web-token';
const VCJC = 'https://www.w3.org/TR/vc-jose-cose/#securing-with-jose';
const OB = 'https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof';
const seconds = instant => Date.parse(instant) / 1000;

export const bound = (checks = {}, axes = {}) => ({verdict: 'verified', axes: {authentic: 'passed', current: 'passed',
  trusted: 'passed', ...axes}, checks: {'issuer.bound': 'issuer.bound', 'issuer.accepted': 'issuer.accepted', ...checks}});
export const forged = (checks = {}) => notVerified(checks, {authentic: 'failed'});
export const unknown = (checks = {}) => indeterminate(checks, {authentic: 'indeterminate'});
const OURS = 'the library looks at the signature and the times, not at the credential';

/** The members of a credential that are claims, too (Open Badges 3.0 §8.2.4, VCDM 1.1 §6.3.1). */
export const claims = vc => ({iss: vc.issuer.id ?? vc.issuer, jti: vc.id, sub: [vc.credentialSubject].flat()[0].id,
  nbf: seconds(vc.validFrom ?? vc.issuanceDate),
  ...(vc.validUntil ?? vc.expirationDate ? {exp: seconds(vc.validUntil ?? vc.expirationDate)} : {})});

/** A small Open Badge in VCDM 1.1. */
export const badgeV1 = pair => {
  const {validFrom, ...badge} = samples.obSmall(pair);
  return {...badge, '@context': [V1, OB301],
    issuanceDate: validFrom, expirationDate: '2036-01-15T00:00:00Z'};
};

/** Issuers, by algorithm; those of RSA have a did:web, whose document lists the key. */
export const EDDSA = await joseKey('issuer', 'EdDSA');
export const ES256 = await joseKey('jose ES256', 'ES256');
const ES384 = await joseKey('jose ES384', 'ES384');
const ES512 = await joseKey('jose ES512', 'ES512');
const ES256K = await joseKey('jose ES256K', 'ES256K');
const web = (name, alg) => joseKey(name, alg, {controller: `did:web:${name}.jose.example`});
export const RS256 = await web('rs256', 'RS256');
const PS256 = await web('ps256', 'PS256');
const RS512 = await joseKey('jose RS512', 'RS512');
const attacker = await joseKey('attacker', 'EdDSA');
export const others = {ES384, ES512, ES256K, PS256, RS512};

export const foundDocument = (output, name, document, id = document.id) => [{kind: DOCUMENT, id,
  file: output.file(`resources/${name}.json`, document), mediaType: 'application/json'}];

export async function jwt(output) {
  const resources = {};
  for(const key of [RS256, PS256]) {
    resources[key.controller] = foundDocument(output, `jose-${key.alg.toLowerCase()}`, jwkDocument([key]));
  }
  const add = (id, title, spec, key, token, expect, more = {}) => output.entry({id: `jwt-${id}`, title, spec,
    document: token, extension: 'jwt', policy: oneOf(key.controller), resources: resources[key.controller], expect,
    peer: verifiesWith(key, {now: more.occasion?.now ?? '2026-11-21T12:00:00Z'}), ...more});

  // --- VCDM 1.1: the credential is the claim `vc`
  const signers = {EdDSA: EdDSASigner, ES256K: ES256KSigner, ES256: ES256Signer};
  for(const key of [EDDSA, ES256, ES256K]) {
    const signer = signers[key.alg](Buffer.from(key.privateJwk.d, 'base64url'));
    const {alg, controller: did, id: kid} = key;
    add(`vcdm1-${alg.toLowerCase()}`, `VC-JWT of VCDM 1.1, ${alg}, every property moved to its claim`, VCDM1, key,
      await createVerifiableCredentialJwt(badgeV1(key), {did, signer, alg}, {header: {kid, typ: 'JWT'}}), bound());
  }
  for(const key of [ES384, ES512, RS256, PS256, RS512]) {
    const vc = badgeV1(key);
    add(`vcdm1-${key.alg.toLowerCase()}`, `VC-JWT of VCDM 1.1, ${key.alg}, properties beside their claims`, VCDM1, key,
      await jws(key, {...claims(vc), vc}, {kid: key.id, typ: 'JWT'}), bound());
  }
  const v1 = badgeV1(EDDSA);
  const {issuer: profile, issuanceDate, expirationDate, id: credentialId, ...rest} = v1;
  const bare = {...rest, credentialSubject: {...rest.credentialSubject}};
  delete bare.credentialSubject.id;
  const header = {kid: EDDSA.id, typ: 'JWT'};
  const one = (id, title, payload, expect, more = {}) => add(`vcdm1-${id}`, title, VCDM1, EDDSA, payload, expect,
    {...(expect.verdict === 'verified' ? {} : {lenient: OURS}), ...more});
  const changed = async (id, title, change, expect, more = {}) => {
    const payload = {...claims(v1), vc: clone(v1)};
    change(payload);
    one(id, title, await jws(EDDSA, payload, header), expect, more);
  };
  one('claims-only', 'identifier, issuer, subject and dates stand in claims alone',
    await jws(EDDSA, {...claims(v1), vc: bare}, header), bound());
  const membersOnly = payload => {
    for(const name of ['iss', 'sub', 'jti', 'nbf', 'exp']) {
      delete payload[name];
    }
  };
  await changed('members-only', 'issuer, identifiers and dates stand in the credential alone', payload => {
    membersOnly(payload);
    Object.assign(payload.vc, {'@context': [V1], type: ['VerifiableCredential'], credentialSubject: {id: 'did:example:ada'}});
    delete payload.vc.name;
  }, bound());
  await changed('members-only-ob', 'the same of an Open Badge, which must have the claims', membersOnly, forged());
  await changed('no-sub', 'a bearer credential: nobody is its subject', payload => {
    delete payload.sub;
    delete payload.vc.credentialSubject.id;
  }, bound());
  await changed('iss-differs', 'the claim iss is the signer, the credential names another issuer', payload =>
    payload.vc.issuer.id = 'did:web:university.example', forged());
  await changed('iss-of-victim', 'the claim iss is another issuer, the credential names the signer', payload =>
    payload.iss = 'did:web:university.example', forged());
  await changed('sub-differs', 'the claim sub is somebody else than the subject', payload =>
    payload.sub = 'did:example:mallory', forged());
  await changed('jti-differs', 'the claim jti is not the identifier', payload =>
    payload.jti = 'urn:uuid:00000000-0000-4000-8000-000000000000', forged());
  await changed('nbf-differs', 'the claim nbf is not the issuance date', payload => payload.nbf -= 86400, forged());
  await changed('exp-differs', 'the claim exp is later than the expiration date', payload => payload.exp += 86400,
    forged());
  await changed('no-issuer', 'neither a claim iss nor an issuer', payload => {
    delete payload.iss;
    delete payload.vc.issuer;
  }, forged(), {policy: {acceptedIssuers: 'anyone'}});
  await changed('no-vc', 'a token without a credential', payload => delete payload.vc, {verdict: 'indeterminate',
    checks: {'document.format': 'format.notRecognised'}});
  await changed('vc-is-text', 'the claim vc is text', payload => payload.vc = JSON.stringify(payload.vc), forged());
  await changed('two-subjects', 'more than one subject cannot be a token of VCDM 1.1', payload =>
    payload.vc.credentialSubject = [payload.vc.credentialSubject, {id: 'did:example:mallory'}], forged());
  await changed('nbf-future', 'not yet in force', payload => {
    payload.nbf = seconds('2027-01-01T00:00:00Z');
    payload.vc.issuanceDate = '2027-01-01T00:00:00Z';
  }, notVerified({'validity.from': 'validity.notYet'}, {authentic: 'passed', current: 'failed'}), {lenient: undefined});
  await changed('expired', 'expired', payload => {
    payload.exp = seconds('2026-06-01T00:00:00Z');
    payload.vc.expirationDate = '2026-06-01T00:00:00Z';
  }, notVerified({'validity.until': 'validity.expired'}, {authentic: 'passed', current: 'failed'}),
  {lenient: undefined});
  await changed('exp-milliseconds', 'an exp in milliseconds is beyond the year 9999', payload => {
    payload.exp *= 1000;
    delete payload.vc.expirationDate;
  }, {verdict: 'notVerified', checks: {}});
  await changed('exp-text', 'an exp that is text', payload => payload.exp = '2084140800', {verdict: 'notVerified',
    checks: {}}, {lenient: undefined});
  await changed('exp-negative', 'an exp before 1970', payload => {
    payload.exp = -1;
    delete payload.vc.expirationDate;
  }, {verdict: 'notVerified', checks: {}}, {lenient: undefined});
  await changed('exp-huge', 'an exp of 10^20', payload => {
    payload.exp = 1e20;
    delete payload.vc.expirationDate;
  }, {verdict: 'notVerified', checks: {}});
  await changed('iss-array', 'a claim iss that is an array', payload => payload.iss = [payload.iss], forged());
  await changed('sub-number', 'a claim sub that is a number', payload => payload.sub = 7, forged());
  await changed('jti-object', 'a claim jti that is an object', payload => payload.jti = {id: payload.jti}, forged());
  await changed('vc-array', 'a claim vc that is an array', payload => payload.vc = [payload.vc], forged());
  await changed('nbf-fraction', 'an nbf with a fraction of a second is a NumericDate', payload => {
    payload.nbf += 0.5;
    payload.vc.issuanceDate = '2026-01-15T00:00:00.5Z';
  }, bound());

  // --- VC-JOSE-COSE: the credential is the payload
  const v2 = samples.obSmall(EDDSA);
  add('vc2-in-claim', 'a badge of VCDM 2.0 in the claim vc, as before its standard', VCDM1, EDDSA, await jws(EDDSA,
    {...claims(v2), vc: v2}, header), bound({'proof.claims': 'jose.claims.preStandard'}));
  const typ = {kid: EDDSA.id, typ: 'vc+jwt', cty: 'vc'};
  for(const key of [EDDSA, ES256, ES384, RS256]) {
    add(`vc-${key.alg.toLowerCase()}`, `vc+jwt, ${key.alg}`, VCJC, key,
      await jws(key, samples.obSmall(key), {...typ, kid: key.id}), bound());
  }
  add('vc-typical', 'vc+jwt, EdDSA, of 2.7 KB', VCJC, EDDSA, await jws(EDDSA, samples.obTypical(EDDSA), typ), bound());
  const token = await jws(EDDSA, v2, typ);
  const vc = async (id, title, change, expect, more = {}, spec = VCJC) => {
    const payload = clone(v2);
    const protectedHeader = {...typ};
    change(payload, protectedHeader);
    const made = more.hand ? byHand(EDDSA, payload, {alg: 'EdDSA', ...protectedHeader}) :
      await jws(EDDSA, payload, protectedHeader);
    const {hand, ...options} = more;
    add(`vc-${id}`, title, spec, EDDSA, made, expect,
      {...(expect.verdict === 'verified' ? {} : {lenient: OURS}), ...options});
  };
  const noTyp = (payload, header) => {
    delete header.typ;
    delete header.cty;
  };
  await vc('no-typ', 'no typ and no cty', (payload, header) => {
    noTyp(payload, header);
    Object.assign(payload, {'@context': [V2], type: ['VerifiableCredential'], credentialSubject: {id: 'did:example:ada'}});
  }, bound());
  await vc('no-typ-ob', 'the same of an Open Badge, which by its own standard must have the claims', noTyp, forged());
  await vc('iss-in-claims', 'the claim iss repeats the issuer', payload => payload.iss = EDDSA.controller, bound());
  await vc('iss-in-header', 'the header iss repeats the issuer', (payload, header) => header.iss = EDDSA.controller,
    bound());
  await vc('iss-differs', 'the claim iss is not the issuer', payload => payload.iss = 'did:web:university.example',
    forged(), {}, 'threats.md K13');
  await vc('iss-in-header-differs', 'the header iss is not the issuer', (payload, header) =>
    header.iss = 'did:web:university.example', forged(), {}, 'threats.md K13');
  await vc('sub-differs', 'the claim sub is not the subject', payload => payload.sub = 'did:example:mallory', forged(),
    {}, 'threats.md K14');
  await vc('jti-differs', 'the claim jti is not the identifier', payload => payload.jti = 'urn:example:other', forged(),
    {}, 'threats.md K14');
  await vc('claim-vc', 'a claim vc beside the credential: two credentials in one token', payload =>
    payload.vc = {...clone(v2), name: 'Another'}, forged(), {}, 'threats.md K15');
  await vc('claim-vp', 'a claim vp beside the credential', payload => payload.vp = {type: ['VerifiablePresentation']},
    forged(), {}, 'threats.md K15');
  await vc('exp-past', 'the signature has expired, the credential has not', payload =>
    payload.exp = seconds('2026-06-01T00:00:00Z'), {verdict: 'notVerified', axes: {authentic: 'passed',
    current: 'failed'}, checks: {}}, {lenient: undefined}, 'threats.md K14');
  await vc('valid-until-past', 'the credential has expired, the signature has not', payload => {
    payload.validUntil = '2026-06-01T00:00:00Z';
    payload.exp = seconds('2030-01-01T00:00:00Z');
  }, {verdict: 'notVerified', axes: {authentic: 'passed', current: 'failed'},
    checks: {'validity.until': 'validity.expired'}}, {}, 'threats.md K14');
  await vc('nbf-future', 'the claim nbf is in the future, validFrom is not', payload =>
    payload.nbf = seconds('2027-01-01T00:00:00Z'), {verdict: 'notVerified', axes: {current: 'failed'}, checks: {}},
  {lenient: undefined}, 'threats.md K17');
  await vc('aud', 'a credential for one verifier, and another one expects it', payload => payload.aud =
    'https://bank.example', {verdict: 'notVerified', axes: {addressed: 'failed'}, checks: {}}, {occasion: {domain:
    'https://jobs.example'}}, 'https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3');
  await vc('iat-future', 'the claim iat is in the future', payload => payload.iat = seconds('2027-01-01T00:00:00Z'),
    {verdict: 'notVerified', checks: {}}, {}, 'threats.md K16');
  await vc('iat-text', 'a claim iat that is text: it is not read', payload => payload.iat = '2026-01-15T00:00:00Z', bound({
    'proof.conventions': 'jose.claims.unread'}), {peer: async text => jose.compactVerify(text, await jose.importJWK(
    EDDSA.publicJwk, 'EdDSA'))}, 'threats.md K16');
  for(const wrong of ['vp+jwt', 'kb+jwt', 'at+jwt', 'statuslist+jwt', 'dc+sd-jwt', 'vp+ld+jwt', 'JOSE+JSON']) {
    await vc(`typ-${wrong.toLowerCase().replaceAll('+', '-')}`, `a credential whose typ is ${wrong}`,
      (payload, header) => header.typ = wrong, forged(), {}, 'threats.md K09');
  }
  await vc('cty-vp', 'a credential whose cty is vp', (payload, header) => header.cty = 'vp', forged(), {},
    'threats.md K09');
  await vc('typ-number', 'a typ that is a number', (payload, header) => header.typ = 1, forged(), {hand: true},
    'threats.md K09');
  await vc('typ-media-type', 'the typ with the prefix "application/" that RFC 7515 §4.1.9 lets be left out',
    (payload, header) => header.typ = 'application/vc+jwt', bound());
  await vc('typ-ld', 'the typ vc+ld+jwt of a draft', (payload, header) => {
    header.typ = 'vc+ld+jwt';
    delete header.cty;
  }, bound());

  // --- headers
  const crit = 'https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11';
  const LIBRARY = {lenient: undefined, hand: true};
  await vc('crit-unknown', 'a critical header that is not understood', (payload, header) =>
    Object.assign(header, {crit: ['example.org/rules'], 'example.org/rules': true}), {verdict: 'indeterminate',
    axes: {authentic: 'indeterminate'}, checks: {}}, LIBRARY, 'threats.md K07');
  await vc('crit-empty', 'an empty list of critical headers', (payload, header) => header.crit = [], forged(), LIBRARY,
    crit);
  await vc('crit-absent', 'a critical header that is not there', (payload, header) => header.crit = ['exp'], forged(),
    LIBRARY, crit);
  await vc('crit-registered', 'a header of RFC 7515 itself as critical', (payload, header) => header.crit = ['alg'],
    forged(), LIBRARY, crit);
  await vc('crit-text', 'crit that is text', (payload, header) => header.crit = 'exp', forged(), LIBRARY, crit);
  await vc('b64-false', 'b64 false, critical, with an encoded payload', (payload, header) =>
    Object.assign(header, {b64: false, crit: ['b64']}), forged(), LIBRARY, 'threats.md K08');
  await vc('b64-not-critical', 'b64 false that is not critical', (payload, header) => header.b64 = false, forged(),
    {hand: true, lenient: 'the library does not know b64 unless it is critical'}, 'threats.md K08');
  await vc('jku', 'a header jku beside a good kid: never followed', (payload, header) =>
    header.jku = 'https://attacker.example/jwks.json', bound({'proof.conventions': 'jose.header.ignored'}), {}, 'threats.md K05');
  await vc('x5u', 'a header x5u beside a good kid: never followed', (payload, header) =>
    header.x5u = 'https://attacker.example/cert.pem', bound({'proof.conventions': 'jose.header.ignored'}), {}, 'threats.md K05');
  await vc('zip', 'a header zip', (payload, header) => header.zip = 'DEF', unknown(), {}, 'threats.md K21');

  await vc('header-long', 'a header larger than the limit', (payload, header) => header.more = 'x'.repeat(9000),
    {verdict: 'indeterminate', checks: {limits: 'limits.header'}}, {}, 'design.md §9');

  // --- algorithms
  const none = alg => `${base64url(JSON.stringify({...typ, alg}))}.${base64url(JSON.stringify(v2))}.`;
  const refused = (id, title, made, expect = forged(), spec = 'threats.md K11', more = {}) =>
    add(`vc-${id}`, title, spec, more.key ?? EDDSA, made, expect, more);
  for(const [id, alg] of [['none', 'none'], ['none-capital', 'None'], ['none-mixed', 'nOnE']]) {
    refused(`alg-${id}`, `alg ${alg}, no signature`, none(alg), forged(), 'threats.md K01');
  }
  refused('alg-none-with-signature', 'alg none beside a signature', none('none') + token.split('.')[2], forged(),
    'threats.md K01');
  const hmac = (key, secret, name) => {
    const input = `${base64url(JSON.stringify({...typ, kid: key.id, alg: 'HS256'}))}.` +
      base64url(JSON.stringify(samples.obSmall(key)));
    refused(`hs256-${name}`, 'HS256 with the public key as the secret', `${input}.${createHmac('sha256', secret)
      .update(input).digest('base64url')}`, forged(), 'threats.md K02', {key});
  };
  hmac(RS256, createPublicKey({key: RS256.publicJwk, format: 'jwk'}).export({type: 'spki', format: 'pem'}), 'rsa-pem');
  hmac(EDDSA, Buffer.from(EDDSA.publicJwk.x, 'base64url'), 'ed25519-raw');
  hmac(ES256, createPublicKey({key: ES256.publicJwk, format: 'jwk'}).export({type: 'spki', format: 'der'}), 'p256-der');
  const labelled = (id, title, key, alg) => refused(id, title, byHand(key, samples.obSmall(key), {...typ, alg,
    kid: key.id}), forged(), 'threats.md C10, C17', {key});
  labelled('alg-es256-ed25519-key', 'ES256 with an Ed25519 key', EDDSA, 'ES256');
  labelled('alg-eddsa-p256-key', 'EdDSA with a P-256 key', ES256, 'EdDSA');
  labelled('alg-es384-p256-key', 'ES384 with a P-256 key', ES256, 'ES384');
  labelled('alg-es256k-p256-key', 'ES256K with a P-256 key', ES256, 'ES256K');
  labelled('alg-rs256-ed25519-key', 'RS256 with an Ed25519 key', EDDSA, 'RS256');
  labelled('alg-ps256-of-rs256', 'PS256 over a signature by RS256', RS256, 'PS256');
  refused('alg-unknown', 'an algorithm that is not known', byHand(EDDSA, v2, {...typ, alg: 'XX512'}), unknown(),
    'design.md §3');
  refused('alg-letter-case', 'names of algorithms are compared exactly', byHand(EDDSA, v2, {...typ, alg: 'eddsa'}),
    unknown(), 'threats.md D14');
  refused('alg-missing', 'a header without alg', byHand(EDDSA, v2, typ), forged(),
    'https://www.rfc-editor.org/rfc/rfc7515#section-4.1.1');
  refused('alg-ed25519', 'the fully specified name Ed25519 (RFC 9864) for what EdDSA means here',
    byHand(EDDSA, v2, {...typ, alg: 'Ed25519'}), bound(), 'https://www.rfc-editor.org/rfc/rfc9864#section-2.2',
    {peer: verifiesWith({...EDDSA, alg: 'Ed25519'})});
  const es256 = await jws(ES256, samples.obSmall(ES256), {...typ, kid: ES256.id});
  const bits = (made, change) => [...made.split('.').slice(0, 2), base64url(change(Buffer.from(made.split('.')[2],
    'base64url')))].join('.');
  refused('es256-der', 'ES256 with a signature in DER', bits(es256, derOf), forged(), 'threats.md D18', {key: ES256});
  refused('es256-zero', 'ES256 with r and s 0', bits(es256, () => Buffer.alloc(64)), forged(), 'threats.md C06',
    {key: ES256});
  refused('es256-short', 'ES256 with 63 bytes', bits(es256, bytes => bytes.subarray(1)), forged(), 'threats.md D17',
    {key: ES256});
  const small = await weakRsa();
  output.entry({id: 'jwt-vc-rsa-1024', title: 'RS256 with a key of 1024 bits', spec: 'threats.md C11', extension: 'jwt',
    document: byHand(small, samples.obSmall(small), {alg: 'RS256', ...typ, kid: small.id}),
    policy: oneOf(small.controller), expect: forged()});

  // --- serialization
  const DECODER = {lenient: 'its decoder of base64 takes what is not base64url'};
  const [head, body, signature] = token.split('.');
  refused('signature-changed', 'one bit of the signature', bits(token, bytes => (bytes[3] ^= 1, bytes)));
  refused('signature-stripped', 'the signature was stripped', `${head}.${body}.`);
  refused('signature-of-another', 'the signature of another token', `${head}.${body}.${(await jws(EDDSA,
    samples.vcMinimal(EDDSA), typ)).split('.')[2]}`);
  refused('payload-swapped', 'the payload of another credential', `${head}.${base64url(JSON.stringify({...v2,
    name: 'Leadership Badge'}))}.${signature}`);
  refused('header-swapped', 'another header with the same signature', `${base64url(JSON.stringify({alg: 'EdDSA',
    kid: EDDSA.id}))}.${body}.${signature}`);
  refused('payload-respaced', 'the same payload with other white space', `${head}.${base64url(JSON.stringify(v2, null,
    1))}.${signature}`);
  refused('two-parts', 'a token without its third part', `${head}.${body}`);
  refused('four-parts', 'a token with a fourth part', `${token}.${signature}`);
  refused('five-parts', 'five parts: an encrypted token', `${head}.${body}.${signature}.${body}.${signature}`, {
    verdict: 'indeterminate', checks: {}}, 'threats.md K21');
  refused('padded', 'base64url with padding', `${head}.${body}.${signature}==`, forged(), 'threats.md K11', DECODER);
  refused('base64', 'base64 with + and / in place of base64url', token.replaceAll('-', '+').replaceAll('_', '/'));
  refused('space', 'white space inside', `${head}. ${body}.${signature}`);
  refused('line-end', 'a line end inside the signature', `${token.slice(0, -10)}\n${token.slice(-10)}`, forged(), 'threats.md K11', DECODER);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  refused('tail-bits', 'the unused bits of the last character are not 0: another text for the same signature',
    token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1)) + 1], forged(), 'threats.md K11',
    {lenient: 'the library does not look at these bits'});
  output.entry({id: 'jwt-vc-final-line-end', title: 'a line end after the token, as editors leave it', spec:
    'threats.md K11', document: `${token}\n`, extension: 'jwt', policy: oneOf(EDDSA.controller), expect: bound(),
    peer: text => verifiesWith(EDDSA)(text.trim())});
  refused('duplicate-alg', 'a header with two alg', byHand(EDDSA, v2, JSON.stringify({alg: 'EdDSA', ...typ})
    .replace('{', '{"alg":"none",')), forged(), 'threats.md K12', {lenient: 'JSON.parse takes the last of two'});
  refused('duplicate-claim', 'a payload with two issuers', byHand(EDDSA, JSON.stringify(v2)
    .replace('{', '{"issuer":"did:web:university.example",'), {alg: 'EdDSA', ...typ}), forged(), 'threats.md K12',
  {lenient: 'JSON.parse takes the last of two'});
  refused('header-not-json', 'a header that is no JSON', byHand(EDDSA, v2, 'alg=EdDSA'));
  refused('header-array', 'a header that is an array', byHand(EDDSA, v2, '[{"alg":"EdDSA"}]'));
  refused('payload-not-json', 'a payload that is no JSON', byHand(EDDSA, 'a badge', {alg: 'EdDSA', ...typ}));
  refused('payload-array', 'a payload that is an array', byHand(EDDSA, JSON.stringify([v2]), {alg: 'EdDSA', ...typ}));

  const flattened = await new jose.FlattenedSign(Buffer.from(JSON.stringify(v2)))
    .setProtectedHeader({alg: 'EdDSA', ...typ}).sign(EDDSA.cryptoKey);
  const general = new jose.GeneralSign(Buffer.from(JSON.stringify(v2)));
  general.addSignature(EDDSA.cryptoKey).setProtectedHeader({alg: 'EdDSA', ...typ});
  const oneSignature = await general.sign();
  general.addSignature(attacker.cryptoKey).setProtectedHeader({alg: 'EdDSA', ...typ, kid: attacker.id});
  const two = await general.sign();
  const serialized = (id, title, document, expect = forged(), more = {}) => output.entry({id: `jwt-json-${id}`, title,
    spec: 'threats.md K10', document, policy: oneOf(EDDSA.controller), expect, ...more});
  const byIssuer = async () => ({peer: async text => jose.generalVerify(JSON.parse(text), await jose.importJWK(
    EDDSA.publicJwk, 'EdDSA'))});
  serialized('flattened', 'JWS JSON, flattened', flattened, bound(), {peer: async text => jose.flattenedVerify(
    JSON.parse(text), await jose.importJWK(EDDSA.publicJwk, 'EdDSA'))});
  serialized('general', 'JWS JSON, general, one signature', oneSignature, bound(), await byIssuer());
  serialized('two-signatures', 'JWS JSON, general, signed by the issuer and, besides, by somebody else', two, bound({
    'proof.other': 'proof.other.cosignature'}), await byIssuer());
  const spoiled = index => ({...two, signatures: two.signatures.map((one, at) => at === index ? {...one,
    signature: two.signatures[1 - index].signature} : one)});
  serialized('one-wrong', 'JWS JSON, general, the issuer\'s signature is wrong, somebody else\'s good', spoiled(0));
  serialized('other-wrong', 'JWS JSON, general, the issuer\'s signature is good, somebody else\'s wrong', spoiled(1));
  serialized('no-signatures', 'JWS JSON, general, without signatures', {...two, signatures: []});
  serialized('flattened-and-general', 'JWS JSON, both serializations in one', {...two, ...flattened});
  serialized('unprotected-alg', 'JWS JSON, the algorithm in an unprotected header', {payload: flattened.payload,
    signature: flattened.signature, header: {alg: 'EdDSA', kid: EDDSA.id}});
  serialized('header-twice', 'JWS JSON, a parameter in both headers', {...flattened, header: {alg: 'EdDSA'}});

  // --- whose key
  const noKid = {typ: 'vc+jwt'};
  const tokenOf = (credential, {typ}) => typ === 'JWT' ? {...credential, ...claims(credential)} : credential;
  const wanted = (id, title, issuerId, key, protectedHeader, expect, more = {}) => (async () => output.entry({
    id: `jwt-key-${id}`, title, spec: 'threats.md K03', extension: 'jwt', policy: oneOf(issuerId), expect,
    document: more.input ? undefined : await jws(key, tokenOf({...samples.obSmall(key), issuer: {...samples.profile(),
      id: issuerId}}, protectedHeader), protectedHeader), ...(expect.verdict === 'verified' ? {peer: verifiesWith(key)} : {}), ...more}))();
  await wanted('jwk-of-issuer', 'a header jwk that is the key of the issuer\'s did:key', EDDSA.controller, EDDSA,
    {...noKid, jwk: EDDSA.publicJwk}, bound());
  await wanted('jwk-of-attacker', 'a header jwk of an attacker, the issuer is a did:key', EDDSA.controller, attacker,
    {...noKid, jwk: attacker.publicJwk}, forged({'issuer.bound': 'issuer.notBound'}));
  const rsaWeb = RS256.controller;
  await wanted('jwk-listed', 'a header jwk that the issuer\'s document lists', rsaWeb, RS256, {...noKid,
    jwk: RS256.publicJwk}, bound(), {resources: resources[rsaWeb]});
  await wanted('jwk-of-attacker-web', 'a header jwk of an attacker, the issuer is a did:web whose document has not been ' +
    'obtained', rsaWeb, attacker, {...noKid, jwk: attacker.publicJwk}, unknown({'issuer.bound': 'issuer.bindingUnknown'}));
  const input = 'credentials/jwt-key-jwk-of-attacker-web.jwt';
  await wanted('jwk-of-attacker-web-unavailable', 'the same, and the document cannot be had', rsaWeb, attacker, {},
    unknown({'issuer.bound': 'issuer.bindingUnknown'}), {input, resources: [{kind: DOCUMENT, id: rsaWeb,
      unavailable: 'not found'}]});
  await wanted('jwk-of-attacker-web-document', 'the same, and the document does not have the key', rsaWeb, attacker, {},
    forged({'issuer.bound': 'issuer.notBound'}), {input, resources: resources[rsaWeb]});
  await wanted('jwk-private', 'a header jwk with the private key', EDDSA.controller, EDDSA, {...noKid,
    jwk: EDDSA.privateJwk}, forged(), {spec: 'threats.md C16'});
  await wanted('jwk-and-kid', 'a good kid, and the jwk of an attacker who signed', EDDSA.controller, attacker,
    {...noKid, kid: EDDSA.id, jwk: attacker.publicJwk}, forged(), {spec: 'threats.md K04'});
  await wanted('jwk-and-kid-same', 'kid and jwk name the same key', EDDSA.controller, EDDSA, {...noKid, kid: EDDSA.id,
    jwk: EDDSA.publicJwk}, bound(), {spec: 'threats.md K04'});
  await wanted('jwk-pinned', 'a header jwk that the policy knows to be the issuer\'s', 'https://badges.example/issuers/9',
    EDDSA, {...noKid, jwk: EDDSA.publicJwk}, bound(), {policy: {...oneOf('https://badges.example/issuers/9'),
      issuerKeys: [{issuer: 'https://badges.example/issuers/9', key: EDDSA.multibase}]}});
  await wanted('none', 'neither kid nor jwk, the issuer is a did:key', EDDSA.controller, EDDSA, noKid, bound(),
    {spec: VCJC});
  await wanted('kid-of-attacker', 'the kid is somebody else\'s did:key', EDDSA.controller, attacker, {...noKid,
    kid: attacker.id}, forged({'issuer.bound': 'issuer.notBound'}), {spec: 'threats.md K06'});
  await wanted('kid-fragment-of-attacker', 'the kid is the victim\'s did:key with the attacker\'s key in the fragment',
    EDDSA.controller, attacker, {...noKid, kid: `${EDDSA.controller}#${attacker.multibase}`},
    forged({'key.resolved': 'key.notListed'}), {spec: 'threats.md D10'});
  await wanted('issuer-prefix', 'an issuer whose identifier begins like that of an accepted one', `${EDDSA.controller}.example`,
    EDDSA, {...noKid, kid: EDDSA.id}, notVerified({'issuer.accepted': 'issuer.notAccepted'}, {trusted: 'failed'}), {spec:
    'threats.md P03', policy: oneOf(EDDSA.controller)});
  await wanted('kid-number', 'a kid that is a number', EDDSA.controller, EDDSA, {...noKid, kid: 7}, forged(), {spec:
    'https://www.rfc-editor.org/rfc/rfc7515#section-4.1.4'});
  await wanted('jwk-symmetric', 'a header jwk with a symmetric key', EDDSA.controller, EDDSA, {...noKid, jwk: {kty: 'oct',
    k: 'c2VjcmV0'}}, forged(), {spec: 'threats.md K02'});
  await wanted('kid-path', 'a kid that is a path', EDDSA.controller, attacker, {...noKid, kid: '../../etc/passwd'},
    forged(), {spec: 'threats.md K06'});
  await wanted('kid-of-web-not-obtained', 'the issuer\'s document is needed', rsaWeb, RS256, {...noKid, kid: RS256.id},
    unknown({'key.resolved': 'key.document.needed'}), {spec: VCJC});
  await wanted('kid-rotated', 'the issuer\'s document has another key now', rsaWeb, RS256, {...noKid, kid: RS256.id},
    forged({'key.resolved': 'key.notListed'}), {spec: VCJC, resources: foundDocument(output, 'jose-rs256-rotated',
      jwkDocument([{...PS256, id: `${rsaWeb}#key-2`}], {id: rsaWeb}))});
  await wanted('kid-for-login', 'the key is listed for authentication only', rsaWeb, RS256, {...noKid, kid: RS256.id},
    forged({'key.authorized': 'key.relationship'}), {spec: 'threats.md D11', resources: foundDocument(output,
      'jose-rs256-login', (({assertionMethod, ...document}) => document)(jwkDocument([RS256])))});
  await wanted('jwk-alg-differs', 'the issuer\'s document says the key is for PS256', rsaWeb, RS256, {...noKid,
    kid: RS256.id}, forged(), {spec: 'threats.md C10', resources: foundDocument(output, 'jose-rs256-for-ps256',
    jwkDocument([{...RS256, publicJwk: {...RS256.publicJwk, alg: 'PS256'}}]))});
  await wanted('jwk-use-enc', 'the issuer\'s document says the key is for encryption', rsaWeb, RS256, {...noKid,
    kid: RS256.id}, forged(), {spec: 'threats.md K22', resources: foundDocument(output, 'jose-rs256-for-encryption',
    jwkDocument([{...RS256, publicJwk: {...RS256.publicJwk, use: 'enc'}}]))});

  // --- Open Badges 3.0 and CLR 2.0
  const ob = {typ: 'JWT'};
  for(const key of [RS256, EDDSA, ES256]) {
    const badge = samples.obSmall(key);
    add(`ob-${key.alg.toLowerCase()}`, `an Open Badge as its standard has it, ${key.alg}, kid is a DID URL`, OB, key,
      await jws(key, {...badge, ...claims(badge)}, {...ob, kid: key.id}), bound());
  }
  const badge = samples.obTypical(EDDSA);
  add('ob-typical', 'an Open Badge with exp and validUntil', OB, EDDSA, await jws(EDDSA, {...badge, ...claims(badge)},
    {...ob, kid: EDDSA.id}), bound());
  const clr = {...samples.clr(EDDSA, [await issue(samples.obSmall(issuer), suites.rdfc(issuer))])};
  add('clr', 'a CLR 2.0 as a token, with a credential in Data Integrity inside', OB, EDDSA, await jws(EDDSA,
    {...clr, ...claims(clr)}, {...ob, kid: EDDSA.id}), bound());
  const obClaims = async (id, title, change, expect, more = {}) => {
    const payload = {...clone(badge), ...claims(badge)};
    change(payload);
    add(`ob-${id}`, title, 'https://www.imsglobal.org/spec/ob/v3p0/#verify-a-credential-jwt', EDDSA, await jws(EDDSA,
      payload, {...ob, kid: EDDSA.id}), expect, {...(expect.verdict === 'verified' ? {} : {lenient: OURS}), ...more});
  };
  await obClaims('iss-differs', 'iss is not the issuer', payload => payload.iss = 'did:web:university.example', forged());
  await obClaims('sub-differs', 'sub is not the subject', payload => payload.sub = 'did:example:mallory', forged());
  await obClaims('jti-differs', 'jti is not the identifier', payload => payload.jti = 'urn:example:other', forged());
  await obClaims('nbf-differs', 'nbf is not validFrom', payload => payload.nbf += 1, forged());
  await obClaims('exp-earlier', 'exp is before validUntil, and has passed', payload =>
    payload.exp = seconds('2026-06-01T00:00:00Z'), {verdict: 'notVerified', axes: {current: 'failed'}, checks: {}},
  {lenient: undefined});
  await obClaims('no-sub', 'the claim sub is missing, as in the samples of the standard: the badge says whom it is about',
    payload => delete payload.sub, bound({'proof.conventions': 'jose.claims.unusual'}), {lenient: undefined});
  for(const claim of ['iss', 'jti', 'nbf']) {
    await obClaims(`no-${claim}`, `the claim ${claim} is missing, which an Open Badge must have`, payload =>
      delete payload[claim], forged());
  }
  await keySets(output, wanted);

  // --- a Data Integrity proof inside the token
  const inside = await issue(samples.obSmall(issuer), suites.rdfc(issuer));
  const wrong = clone(inside);
  wrong.name = 'Leadership Badge';
  const both = (id, title, document, spoiled, expect) => (async () => {
    const made = await jws(EDDSA, document, typ);
    add(`proof-${id}`, title, 'threats.md K18', EDDSA, spoiled ? bits(made, bytes => (bytes[3] ^= 1, bytes)) : made,
      expect, {...(expect.verdict === 'notVerified' && !spoiled ? {lenient: OURS} : {})});
  })();
  await both('good-good', 'a Data Integrity proof inside a token, both good', inside, false, bound());
  await both('good-wrong', 'the token is good, the proof inside is wrong', wrong, false, forged());
  await both('wrong-good', 'the token is wrong, the proof inside is good', inside, true, forged());
  await both('wrong-wrong', 'both are wrong', wrong, true, forged());
  const foreign = await joseKey('cosigner', 'EdDSA');
  output.entry({id: 'jwt-proof-other-signer', title: 'somebody else\'s token around a badge that its issuer signed: a co-signature',
    spec: 'threats.md K18', document: await jws(foreign, inside, {typ: 'vc+jwt', kid: foreign.id}), extension: 'jwt',
    policy: oneOf(EDDSA.controller), expect: bound({'proof.other': 'proof.other.cosignature'}),
    peer: verifiesWith(foreign)});
}

/** Keys at https URLs: a JSON Web Key or a set of them is a document of the issuer's only if the issuer says so. */
async function keySets(output, wanted) {
  const id = 'https://badges.example/issuers/8';
  const set = 'https://badges.example/jwks.json';
  const key = await joseKey('jose https', 'RS256', {controller: id});
  const jwks = (keys, name) => foundDocument(output, name, {keys}, set);
  const own = {...key.publicJwk, kid: 'key-1', alg: 'RS256', use: 'sig'};
  const profile = (more, name = 'jose-https') => foundDocument(output, name, {'@context': ['https://www.w3.org/ns/cid/v1'],
    id, type: ['Profile'], name: 'Example University', ...more});
  const header = {typ: 'JWT', kid: key.id};
  await wanted('https-profile', 'an https issuer whose profile lists the key', id, key, header, bound(), {spec: OB,
    resources: foundDocument(output, 'jose-https-listed', {...jwkDocument([key]),
      '@context': ['https://www.w3.org/ns/cid/v1']})});
  await wanted('https-not-obtained', 'an https issuer whose profile has not been obtained', id, key, header,
    unknown({'key.resolved': 'key.document.needed'}), {spec: OB, input: 'credentials/jwt-key-https-profile.jwt'});
  const inSet = {typ: 'JWT', kid: `${set}#key-1`};
  await wanted('jwks', 'the kid is in a set of keys that the issuer\'s profile names', id, key, inSet, bound(), {spec: OB,
    resources: [...jwks([own], 'jose-jwks'), ...profile({jwks_uri: set})]});
  const input = 'credentials/jwt-key-jwks.jwt';
  await wanted('jwks-embedded', 'the issuer\'s profile holds the set of keys', id, key, {typ: 'JWT', kid: 'key-1'}, bound(),
    {spec: OB, resources: profile({jwks: {keys: [own]}}, 'jose-https-jwks')});
  await wanted('jwks-unnamed', 'the kid is in a set of keys, and the issuer\'s profile says nothing of keys', id, key, inSet,
    unknown({'issuer.bound': 'issuer.bindingUnknown'}), {spec: 'threats.md K06', input, resources: [...jwks([own], 'jose-jwks'), ...profile({}, 'jose-https-bare')]});
  await wanted('jwks-alone', 'the kid is in a set of keys, the issuer\'s profile cannot be had', id, key, inSet, unknown(),
    {spec: 'design.md §5', input, resources: [...jwks([own], 'jose-jwks'), {kind: DOCUMENT, id, unavailable: 'not found'}]});
  await wanted('jwks-without', 'the issuer\'s set of keys has not this key', id, key, inSet, forged(), {spec: OB, input,
    resources: [...jwks([{...PS256.publicJwk, kid: 'key-2'}], 'jose-jwks-without'), ...profile({jwks_uri: set})]});
  await wanted('jwks-twice', 'two keys of the issuer\'s set have the same kid', id, key, inSet, forged(), {spec:
    'threats.md K22', input, resources: [...jwks([{...PS256.publicJwk, kid: 'key-1'}, own], 'jose-jwks-twice'),
    ...profile({jwks_uri: set})]});
  const thief = await joseKey('jose thief', 'RS256', {controller: 'https://attacker.example'});
  await wanted('jwks-of-attacker', 'the kid is in the set of keys of another host', id, thief, {typ: 'JWT',
    kid: 'https://attacker.example/jwks.json#key-1'}, forged({'issuer.bound': 'issuer.notBound'}), {spec:
    'threats.md K06', resources: [...foundDocument(output, 'jose-jwks-of-attacker', {keys: [{...thief.publicJwk,
    kid: 'key-1'}]}, 'https://attacker.example/jwks.json'), ...jwks([own], 'jose-jwks'), ...profile({jwks_uri: set})]});
}

/** Too small to count, as a did:jwk. */
async function weakRsa() {
  const {rsaJwk} = await import('./deterministic.mjs');
  const {rawSign} = await import('./jose_keys.mjs');
  const privateJwk = rsaJwk('weak', 1024);
  const {kty, n, e} = privateJwk;
  const controller = `did:jwk:${base64url(JSON.stringify({kty, n, e}))}`;
  return {controller, id: `${controller}#0`, sign: data => rawSign('RS256', privateJwk, data)};
}

function derOf(signature) {
  const integer = bytes => {
    const start = bytes.findIndex(byte => byte);
    const content = bytes[start] & 0x80 ? Buffer.concat([Buffer.from([0]), bytes.subarray(start)]) : bytes.subarray(start);
    return Buffer.concat([Buffer.from([2, content.length]), content]);
  };
  const content = Buffer.concat([integer(signature.subarray(0, 32)), integer(signature.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, content.length]), content]);
}
