// Seals as European credentials have them (JAdES baseline), and tokens whose key is in a certificate.
import {X509Certificate, createHash, createPublicKey, verify} from 'node:crypto';
import * as jose from 'jose';
import {NOW, V1, clone, notVerified, oneOf} from './lib.mjs';
import {base64url, jws} from './jose_keys.mjs';
import {bound, forged, unknown} from './jwt.mjs';
import {SEAL, USAGE, authority, certificate, certificateKey} from './certificates.mjs';
import * as samples from './samples.mjs';

const SPEC = 'https://www.etsi.org/deliver/etsi_ts/119100_119199/11918201/01.01.01_60/ts_11918201v010101p.pdf';
const X5C = 'https://www.rfc-editor.org/rfc/rfc7515#section-4.1.6';
const PATH = 'https://www.rfc-editor.org/rfc/rfc5280#section-6.1';
const OURS = 'the libraries do not look at the issuer';
const SIGNED = '2026-01-15T09:30:00Z';
const HOME = 'https://university.example';

/** A European digital credential, as little of it as there may be. */
export const european = (id = HOME) => ({
  '@context': [V1, 'http://data.europa.eu/snb/model/context/edc-ap'],
  id: 'urn:credential:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d08',
  type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
  issuer: {id, type: 'Organisation', legalName: {en: ['Example University']}, eIDASLegalIdentifier: {
    id: 'urn:epass:legalIdentifier:1', type: 'LegalIdentifier', notation: 'VATAT-U12345678'}},
  issuanceDate: '2026-01-15T00:00:00Z',
  issued: '2026-01-15T00:00:00Z',
  validFrom: '2026-01-15T00:00:00Z',
  credentialSubject: {id: 'urn:epass:person:1', type: 'Person', givenName: {en: ['Ada']}, familyName: {en: ['Lovelace']},
    hasClaim: [{id: 'urn:epass:learningAchievement:1', type: 'LearningAchievement', title: {en: ['Data Analysis']}}]}
});

/** The header of a seal. */
export const headerOf = (chain, more = {}) => ({alg: chain[0].key.alg, b64: false, crit: ['b64', 'sigT'], sigT: SIGNED,
  cty: 'application/octet-stream', typ: 'jose+json', x5c: chain.map(({base64}) => base64),
  'x5t#S256': createHash('sha256').update(chain[0].der).digest('base64url'), ...more});

/** JWS JSON, general, with the text of the credential as payload. */
export async function seal(payload, chain, header = headerOf(chain)) {
  const signer = new jose.GeneralSign(Buffer.from(payload));
  signer.addSignature(chain[0].key.cryptoKey, {crit: {sigT: true, adoTst: true}}).setProtectedHeader(header);
  const {signatures} = await signer.sign();
  return {payload: header.b64 === false ? payload : base64url(payload), signatures: signatures.map(one =>
    ({protected: one.protected, header: {etsiU: []}, signature: one.signature}))};
}

/** Asks the libraries: the signature by `jose`, the path by Node's certificates. */
export const verifies = (anchors, at = SIGNED) => async text => {
  const {payload, signatures} = JSON.parse(text);
  await jose.generalVerify({payload: Buffer.from(payload), signatures: signatures.map(({protected: p, signature}) =>
    ({protected: p, signature}))}, header => createPublicKey({key: chainOf(header)[0].publicKey.export({type: 'spki',
    format: 'pem'})}), {crit: {sigT: true}});
  for(const {protected: encoded} of signatures) {
    path(chainOf(JSON.parse(Buffer.from(encoded, 'base64url'))), anchors, at);
  }
};
const chainOf = ({x5c}) => x5c.map(text => new X509Certificate(Buffer.from(text, 'base64')));

function path(chain, anchors, at) {
  const known = anchors.map(({pem}) => new X509Certificate(pem));
  for(const [index, one] of chain.entries()) {
    const above = chain[index + 1] ?? known.find(anchor => one.checkIssued(anchor));
    const inForce = new Date(one.validFrom) <= new Date(at) && new Date(at) <= new Date(one.validTo);
    if(known.some(anchor => anchor.fingerprint256 === one.fingerprint256)) {
      return;
    }
    if(!above?.ca || !one.checkIssued(above) || !one.verify(above.publicKey) || !inForce) {
      throw new Error('no path to an anchor');
    }
  }
}

const PATH_BROKEN = forged({'issuer.bound': 'issuer.certificate.path'});

export async function jades(output) {
  const {root, intermediate, otherRoot} = await authority();
  const names = [{type: 'dns', value: 'university.example'}, {type: 'url', value: HOME}];
  const key = await certificateKey('seal');
  const leafOf = (more = {}, by = intermediate, subject = SEAL, of = key) => certificate(subject, of, {issuer: by,
    until: '2028-01-01', names, ...more});
  const leaf = await leafOf();
  const chain = [leaf, intermediate];
  const text = JSON.stringify(european());
  const anchored = {...oneOf(HOME), x509Anchors: [root.der.toString('base64')]};
  const add = (id, title, document, expect, {spec = SPEC, ...more} = {}) => output.entry({id: `jades-${id}`, title, spec,
    document, policy: anchored, expect, peer: verifies([root]), ...more});
  const good = await seal(text, chain);

  // --- valid
  add('seal', 'a European credential with a seal whose certificate leads to an anchor', good, bound());
  add('anchor-pem', 'the anchor in PEM', undefined, bound(), {input: 'credentials/jades-seal.json', policy: {...anchored,
    x509Anchors: [root.pem]}});
  add('anchor-sent', 'the anchor came with the certificates', await seal(text, [...chain, root]), bound());
  add('anchor-intermediate', 'the anchor is the authority that gave the seal', undefined, bound(), {input:
    'credentials/jades-seal.json', policy: {...anchored, x509Anchors: [intermediate.pem]}, peer: verifies([intermediate])});
  add('encoded', 'a seal over the encoded payload, as JWS usually has it', await seal(text, chain, headerOf(chain, {
    b64: undefined, crit: ['sigT']})), bound(), {peer: async value => {
    const {payload, signatures: [{protected: p, signature}]} = JSON.parse(value);
    await jose.flattenedVerify({payload, protected: p, signature}, leaf.key.cryptoKey && createPublicKey(leaf.pem),
      {crit: {sigT: true}});
  }});
  add('legal-identifier', 'the issuer is named by its legal identifier, not by its address', await seal(JSON.stringify(
    european('urn:epass:org:1')), chain), bound({'issuer.accepted': 'issuer.anyone'}, {trusted: 'skipped'}), {policy:
    {...anchored, acceptedIssuers: 'anyone'}});
  add('legal-identifier-one-of', 'the same, and the policy accepts issuers by an address, which the certificate does not ' +
    'bear', undefined, unknown({'issuer.bound': 'issuer.certificate.notNamed'}), {input:
    'credentials/jades-legal-identifier.json', policy: {...anchored, ...oneOf('urn:epass:org:1')}, lenient: OURS});
  const shortLived = [await leafOf({until: '2026-06-01'}), intermediate];
  const SIGNING = {...anchored, judgedAt: 'signingTime'};
  add('expired-later', 'the certificate was in force when the signer says to have sealed, and has expired since',
    await seal(text, shortLived), bound());
  add('expired-later-signing-time', 'the same, and the policy judges at the instant that the signer says', undefined, bound(),
    {input: 'credentials/jades-expired-later.json', policy: SIGNING});

  // --- no path
  add('no-anchors', 'the policy has no anchors', undefined, unknown(), {input: 'credentials/jades-seal.json',
    policy: oneOf(HOME), peer: undefined});
  add('other-anchor', 'the certificates lead to somebody who is no anchor', undefined, unknown(), {input:
    'credentials/jades-seal.json', policy: {...anchored, x509Anchors: [otherRoot.pem]}, peer: verifies([otherRoot])});
  add('no-intermediate', 'a certificate in between is missing', await seal(text, [leaf]), unknown(), {spec: PATH});
  const selfMade = await certificate(SEAL, await certificateKey('self-made seal'), {names});
  add('self-made', 'a certificate of the same name that its owner made', await seal(text, [selfMade]), unknown(),
    {spec: PATH});
  const foreign = async (id, title, made, expect = unknown(), more = {}) => add(id, title, await seal(text, made), expect,
    {spec: PATH, ...more});
  const thiefKey = await certificateKey('thief with a seal');
  const thief = await leafOf({names: [{type: 'dns', value: 'thieves.example'}]}, intermediate, [{C: ['AT']},
    {O: ['Thieves']}, {CN: ['Thieves']}], thiefKey);
  await foreign('leaf-as-authority', 'somebody who has a seal of his own gives seals', [await certificate(SEAL,
    await certificateKey('given by a thief'), {issuer: thief, names}), thief, intermediate], PATH_BROKEN);
  await foreign('forged-signature', 'a certificate that the authority did not sign', [await certificate(SEAL,
    await certificateKey('forged seal'), {issuer: {...intermediate, key: thiefKey}, names}), intermediate], PATH_BROKEN);
  const below = await certificate([{O: ['Below']}, {CN: ['Below']}], await certificateKey('below'), {issuer: intermediate,
    ca: true});
  await foreign('path-length', 'an authority below one that may not have any', [await leafOf({}, below), below,
    intermediate], PATH_BROKEN, {lenient: 'Node does not look at path lengths'});
  await foreign('key-usage', 'a certificate for encryption only', [await leafOf({usage: USAGE.encipherment}), intermediate],
    PATH_BROKEN, {lenient: 'Node does not look at the usage'});
  await foreign('critical-extension', 'a critical extension that is not understood', [await leafOf({
    critical: '1.3.6.1.4.1.99999.1'}), intermediate], unknown(), {lenient: 'Node does not look at critical extensions'});
  await foreign('expired-earlier', 'the certificate had expired when the signer says to have sealed', [await leafOf({
    from: '2023-01-01', until: '2025-06-01'}), intermediate], PATH_BROKEN);
  await foreign('not-yet', 'the certificate was not in force yet when the signer says to have sealed', [await leafOf({
    from: '2026-03-01'}), intermediate], PATH_BROKEN, {policy: SIGNING});
  await foreign('other-organization', 'a seal of somebody else', [thief, intermediate], forged({'issuer.bound':
    'issuer.notBound'}),
    {lenient: OURS});

  const other = european('urn:epass:org:1');
  other.issuer.eIDASLegalIdentifier.notation = 'VATAT-U99999999';
  add('other-legal-identifier', 'a seal of somebody with another legal identifier', await seal(JSON.stringify(other), chain),
    forged({'issuer.bound': 'issuer.notBound'}), {policy: {...anchored, acceptedIssuers: 'anyone'}, lenient: OURS});

  // --- changed
  const change = (id, title, how, expect = forged(), more = {}) => {
    const changed = clone(good);
    how(changed, changed.signatures[0]);
    add(id, title, changed, expect, more);
  };
  change('payload', 'the credential was changed', value => value.payload = value.payload.replace('Ada', 'Eve'));
  change('payload-space', 'a space after the credential', value => value.payload += ' ');
  change('signature', 'one bit of the signature', (value, one) => {
    const bytes = Buffer.from(one.signature, 'base64url');
    bytes[9] ^= 1;
    one.signature = base64url(bytes);
  });
  change('payload-object', 'the payload is an object in place of text', value => value.payload = european(), undefined,
    {peer: undefined});
  change('header-moved', 'the header stands unprotected', (value, one) => {
    one.header = JSON.parse(Buffer.from(one.protected, 'base64url'));
    delete one.protected;
  }, undefined, {peer: undefined});
  change('no-signatures', 'no signatures', value => value.signatures = [], undefined, {peer: undefined});
  change('member', 'a member that JWS does not have, beside the others', value => value.extra = true, bound(), {spec:
    'https://www.rfc-editor.org/rfc/rfc7515#section-7.2.1'});

  // --- the header
  const head = async (id, title, more, expect, options = {}) => add(id, title, await byHand(text, chain, headerOf(chain,
    more)), expect, {...(expect.verdict === 'verified' ? {} : {peer: undefined}), ...options});
  await head('crit-timestamp', 'a timestamp that is critical and is not evaluated', {crit: ['b64', 'sigT', 'adoTst'],
    adoTst: {tstTokens: [{val: 'AAAA'}]}}, unknown());
  await head('crit-unknown', 'another critical header that is not understood', {crit: ['b64', 'sigT', 'x'], x: 1}, unknown(),
    {spec: 'threats.md K07'});
  await head('b64-not-critical', 'b64 that is not critical', {crit: ['sigT']}, forged(), {spec: 'threats.md K08'});
  await head('no-time', 'a seal that does not say when it was made', {crit: ['b64'], sigT: undefined}, bound());
  await head('time-future', 'a seal that says it was made in the future', {sigT: '2027-01-15T09:30:00Z'}, {verdict:
    'notVerified', checks: {}});
  await head('time-text', 'a seal that says it was made yesterday', {sigT: 'yesterday'}, {verdict: 'notVerified', checks: {}});
  await head('thumbprint', 'the thumbprint of another certificate', {'x5t#S256': createHash('sha256').update(root.der)
    .digest('base64url')}, forged());
  await head('certificate-text', 'x5c that is text', {x5c: leaf.base64}, forged(), {spec: X5C});
  await head('certificate-base64url', 'x5c in base64url', {x5c: chain.map(({der}) => base64url(der))}, forged(),
    {spec: X5C});
  await head('certificate-no-der', 'a certificate that is none', {x5c: ['AAAA'], 'x5t#S256': undefined}, forged({
    'key.resolved': 'key.certificate.invalid'}), {spec: X5C});
  await head('certificates-many', 'more certificates than the limit', {x5c: [leaf, ...Array(8).fill(intermediate)].map(({base64}) =>
    base64)}, {verdict: 'indeterminate', checks: {limits: 'limits.certificates'}}, {spec: 'design.md §9'});
  await head('certificates-reversed', 'the certificates in the other order', {x5c: [intermediate, leaf].map(({base64}) =>
    base64), 'x5t#S256': undefined}, forged(), {spec: X5C});
  await head('alg-none', 'alg none', {alg: 'none'}, forged(), {spec: 'threats.md K01'});
  await head('alg-es256', 'ES256 with an RSA certificate', {alg: 'ES256'}, forged(), {spec: 'threats.md C10'});

  // --- tokens
  const token = (id, title, document, expect, more = {}) => output.entry({id: `x5c-${id}`, title, spec: X5C, document,
    extension: 'jwt', policy: anchored, expect, ...more});
  const badge = {...samples.obSmall(), issuer: {...samples.profile(), id: HOME}};
  const x5c = chain.map(({base64}) => base64);
  const sealed = key_ => ({alg: 'RS256', cryptoKey: key_.cryptoKey});
  const byKey = certificate_ => async value => {
    path([leaf, intermediate].map(({pem}) => new X509Certificate(pem)), [root], NOW);
    const [h, p, s] = value.replace(/~.*/, '').split('.');
    if(!verify('sha256', Buffer.from(`${h}.${p}`), certificate_.pem, Buffer.from(s, 'base64url'))) {
      throw new Error('the signature does not fit');
    }
  };
  token('jwt', 'an Open Badge as a token, with certificates that lead to an anchor', await jws(sealed(key), badge, {x5c,
    typ: 'vc+jwt'}), bound(), {peer: byKey(leaf)});
  token('jwt-no-anchors', 'the same without anchors', undefined, unknown(), {input: 'credentials/x5c-jwt.jwt',
    policy: oneOf(HOME)});
  token('jwt-other-issuer', 'the certificate is that of somebody else than the issuer', await jws(sealed(key), {...badge,
    issuer: {...badge.issuer, id: 'https://famous.example'}}, {x5c, typ: 'vc+jwt'}), forged({'issuer.bound': 'issuer.notBound'}), {policy: {...anchored,
    ...oneOf('https://famous.example')}});
  token('jwt-other-key', 'signed with another key than that of the certificate', await jws(sealed(thiefKey), badge, {x5c,
    typ: 'vc+jwt'}), forged());
  const claims = {iss: HOME, vct: 'https://credentials.example/skill', name: 'Ada Lovelace', nbf: 1768435200};
  output.entry({id: 'x5c-sd-jwt', title: 'an SD-JWT VC with certificates that lead to an anchor', spec:
    'https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc', extension: 'sd-jwt', document: `${await jws(
    sealed(key), claims, {typ: 'dc+sd-jwt', x5c})}~`, policy: anchored, expect: bound(), peer: byKey(leaf)});
  output.entry({id: 'x5c-sd-jwt-other-issuer', title: 'the certificate is that of somebody else than iss', spec:
    'https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc', extension: 'sd-jwt', document: `${await jws(
    sealed(key), {...claims, iss: 'https://famous.example'}, {typ: 'dc+sd-jwt', x5c})}~`, policy: {...anchored,
    ...oneOf('https://famous.example')}, expect: forged()});
}

/** A seal with a header that no library would make. */
async function byHand(payload, chain, header) {
  const encoded = base64url(JSON.stringify(header));
  const input = Buffer.concat([Buffer.from(`${encoded}.`), Buffer.from(payload)]);
  const {rawSign} = await import('./jose_keys.mjs');
  return {payload, signatures: [{protected: encoded, signature: base64url(rawSign('RS256', chain[0].key.privateJwk, input))}]};
}
