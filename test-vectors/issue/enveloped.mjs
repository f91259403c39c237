// Presentations as tokens, credentials in data: URLs, and credentials that nobody but their holder vouches for.
import {EdDSASigner} from 'did-jwt';
import {createVerifiablePresentationJwt} from 'did-jwt-vc';
import {NOW, V1, V2, clone, indeterminate, issue, notVerified, oneOf, proofVerifies, sign, suites} from './lib.mjs';
import {byHand, joseKey, jwkDocument, jws, verifiesWith} from './jose_keys.mjs';
import {EDDSA, ES256, RS256, badgeV1, claims, foundDocument, forged} from './jwt.mjs';
import {holder, issuer} from './people.mjs';
import * as samples from './samples.mjs';

const SPEC = 'https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials';
const VP = 'https://www.w3.org/TR/vc-jose-cose/#securing-vps-jose';
const VP1 = 'https://www.w3.org/TR/vc-data-model/#json-web-token';
const seconds = instant => Date.parse(instant) / 1000;
const HOLDER = await joseKey('holder', 'EdDSA');
const THIEF = await joseKey('attacker', 'EdDSA');

const envelope = (token, mediaType = 'application/vc+jwt', type = 'EnvelopedVerifiableCredential') =>
  ({'@context': V2, id: `data:${mediaType},${token}`, type});
const presentation = (credentials, more = {}) => ({...samples.presentation(credentials, HOLDER), ...more});
const GOOD = {'embedded.verdict': 'embedded.verified'};
const BAD = {'embedded.verdict': 'embedded.notVerified'};

export async function enveloped(output) {
  const policy = oneOf(EDDSA.controller);
  const domain = 'https://jobs.example';
  const challenge = 'n-0S6_WzA2Mj';
  const aud = domain;
  const nonce = challenge;
  const expected = {challenge, domain, holder: HOLDER.controller};
  const passed = (checks = {}, axes = {}) => ({verdict: 'verified', axes: {authentic: 'passed', ...axes}, checks: {...GOOD,
    ...checks}});
  const answered = passed({holder: 'holder.matches'}, {addressed: 'passed'});
  const header = {typ: 'vp+jwt', cty: 'vp', kid: HOLDER.id};
  const token = await jws(EDDSA, samples.obSmall(EDDSA), {typ: 'vc+jwt', cty: 'vc', kid: EDDSA.id});
  const rsa = await jws(RS256, samples.obSmall(RS256), {typ: 'vc+jwt', kid: RS256.id});
  const proved = await issue(samples.obSmall(issuer), suites.rdfc(issuer));
  const add = (id, title, document, expect, {spec = VP, extension = 'jwt', ...more} = {}) => output.entry({
    id: `enveloped-${id}`, title, spec, document, extension, policy, expect, ...more});
  const peer = {peer: verifiesWith(HOLDER, {now: NOW})};
  const vp = async (id, title, credentials, expect, {key = HOLDER, more = {}, head = {}, ...options} = {}) => add(id, title,
    await jws(key, presentation(credentials, {aud, nonce, ...more}), {...header, ...head}), expect, {occasion: expected,
      ...(expect.verdict === 'verified' ? peer : {}), ...options});

  // --- vp+jwt
  await vp('vp', 'vp+jwt with a credential in vc+jwt', [envelope(token)], answered);
  const aboutHolder = {...samples.obSmall(EDDSA), credentialSubject: {...samples.obSmall().credentialSubject, id:
    HOLDER.controller}};
  await vp('vp-subject', 'the holder presents a credential about the holder', [envelope(await jws(EDDSA, aboutHolder, {typ: 'vc+jwt',
    kid: EDDSA.id}))], answered);
  const made = name => output.files.get(`credentials/${name}`);
  await vp('vp-sd-jwt', 'a credential in an SD-JWT', [envelope(made('sd-jwt-ob-some.sd-jwt'), 'application/vc+sd-jwt')],
    answered);
  await vp('vp-sd-jwt-wrong', 'a credential in an SD-JWT with a disclosure too many', [envelope(`${made(
    'sd-jwt-ob-some.sd-jwt')}WyJzYWx0IiwibmFtZSIsIkFkYSJd~`, 'application/vc+sd-jwt')], notVerified(BAD));
  await vp('vp-cose', 'a credential in COSE', [envelope(made('cose-eddsa.cose').toString('base64'),
    'application/vc+cose;base64')], answered);
  await vp('vp-cose-wrong', 'a credential in COSE that was changed', [envelope(made('cose-payload.cose').toString('base64'),
    'application/vc+cose;base64')], notVerified(BAD));
  const again = (id, title, occasion, expect) => add(id, title, undefined, expect, {spec: 'threats.md P08',
    input: 'credentials/enveloped-vp.jwt', occasion: {...expected, ...occasion}});
  add('vp-not-expected', 'the same, and nothing is expected', undefined, passed({holder: 'holder.notExpected'}, {addressed:
    'notApplicable'}), {input: 'credentials/enveloped-vp.jwt', ...peer});
  again('vp-aud', 'made for another verifier', {domain: 'https://bank.example'}, notVerified({...GOOD}, {addressed:
    'failed'}));
  again('vp-nonce', 'the answer to another challenge', {challenge: 'another'}, notVerified({...GOOD}, {addressed: 'failed'}));
  again('vp-holder', 'made by somebody else than expected', {holder: 'did:example:mallory'}, notVerified({holder:
    'holder.differs'}, {addressed: 'failed'}));
  await vp('vp-no-aud', 'a domain is expected, and the token names none', [envelope(token)], notVerified({}, {addressed:
    'failed'}), {more: {aud: undefined}});
  await vp('vp-no-nonce', 'a challenge is expected, and the token answers none', [envelope(token)], notVerified({},
    {addressed: 'failed'}), {more: {nonce: undefined}});
  await vp('vp-aud-number', 'an aud that is a number', [envelope(token)], {verdict: 'notVerified', checks: {}},
    {more: {aud: 7}});
  await vp('vp-aud-array', 'an aud that names the verifier alone, as an array', [envelope(token)], answered,
    {more: {aud: [aud]}});
  await vp('vp-aud-several', 'an aud that names the verifier among others: whoever is named may be meant (RFC 7519 §4.1.3)',
    [envelope(token)], answered, {more: {aud: ['https://bank.example', aud]}});
  await vp('vp-empty', 'a list of credentials that is empty', [], {verdict: 'notVerified', checks: {'embedded.any':
    'embedded.none'}}, {spec: 'threats.md P09'});
  await vp('vp-nothing', 'a presentation of nothing: it says who presents, and nothing else', [], {verdict: 'indeterminate',
    checks: {'embedded.any': 'embedded.none'}}, {more: {verifiableCredential: undefined}, spec: 'threats.md P09'});
  await vp('vp-same-twice', 'the same credential twice', [envelope(token), envelope(token)], answered, {spec:
    'threats.md P09'});
  await vp('vp-nbf-future', 'a presentation that is not in force yet', [envelope(token)], {verdict: 'notVerified', axes:
    {current: 'failed'}, checks: {}}, {more: {nbf: seconds('2027-01-01T00:00:00Z')}});
  await vp('vp-expired', 'the presentation has expired', [envelope(token)], {verdict: 'notVerified', axes: {current: 'failed'},
    checks: {}}, {more: {exp: seconds('2026-11-21T11:00:00Z')}});
  await vp('vp-other-signer', 'somebody else signs the holder\'s presentation', [envelope(token)], forged(), {key: THIEF,
    spec: 'threats.md D09'});
  await vp('vp-thief', 'somebody else signs the holder\'s presentation with his own kid', [envelope(token)], forged(),
    {key: THIEF, head: {kid: THIEF.id}, spec: 'threats.md P07'});
  await vp('vp-thief-no-holder', 'a thief presents, and the holder is expected', [envelope(token)], {verdict: 'notVerified',
    axes: {addressed: 'failed'}, checks: {}}, {key: THIEF, head: {kid: THIEF.id}, more: {holder: undefined}, spec:
    'threats.md P07'});
  await vp('vp-iss-differs', 'the claim iss is not the holder', [envelope(token)], forged(), {more: {iss:
    THIEF.controller}, spec: 'threats.md K13'});
  await vp('vp-claim-vp', 'a claim vp beside the presentation', [envelope(token)], forged(), {more: {vp: {}}, spec:
    'threats.md K15'});
  await vp('vp-typ-vc', 'a presentation whose typ is vc+jwt', [envelope(token)], forged(), {head: {typ: 'vc+jwt',
    cty: 'vc'}, spec: 'threats.md K09'});
  await vp('vp-two', 'a credential as a token and one with a Data Integrity proof', [envelope(token), proved],
    answered);
  await vp('vp-rsa', 'a credential whose issuer\'s document is supplied', [envelope(rsa)], answered, {policy:
    oneOf(RS256.controller), resources: foundDocument(output, 'jose-rs256', jwkDocument([RS256]))});
  const [head, body, signature] = token.split('.');
  const wrong = `${head}.${body}.${signature.slice(0, -10)}AAAAAAAAAA`;
  await vp('vp-one-wrong', 'one credential of two is wrong: the whole is not verified, the good one has its own verdict',
    [envelope(token), envelope(wrong)], notVerified(BAD), {spec: 'threats.md D30'});
  await vp('vp-one-wrong-first', 'the same in the other order', [envelope(wrong), envelope(token)], notVerified(BAD),
    {spec: 'threats.md D31'});
  await vp('vp-es256', 'a credential by an issuer whom the policy does not accept', [envelope(await jws(ES256,
    samples.obSmall(ES256), {typ: 'vc+jwt', kid: ES256.id}))], notVerified(BAD));
  const expired = await jws(EDDSA, {...samples.obSmall(EDDSA), validUntil: '2026-06-01T00:00:00Z'}, {typ: 'vc+jwt',
    kid: EDDSA.id});
  await vp('vp-credential-expired', 'a credential in the presentation has expired', [envelope(expired)], notVerified(BAD));

  // --- data: URLs
  const url = (id, title, made, expect) => vp(`url-${id}`, title, [made], expect, {spec: 'threats.md K20'});
  const MALFORMED = {verdict: 'notVerified', checks: {}};
  await url('html', 'a data: URL of a web page', envelope('<h1>Diploma</h1>', 'text/html'), MALFORMED);
  await url('base64', 'a token in base64 once more', envelope(Buffer.from(token).toString('base64'),
    'application/vc+jwt;base64'), answered);
  await url('charset', 'a media type with a parameter', envelope(token, 'application/vc+jwt;charset=utf-8'), answered);
  await url('no-media-type', 'no media type', envelope(token, ''), MALFORMED);
  await url('unknown', 'a media type that is not known', envelope(token, 'application/vc+quantum'),
    indeterminate());
  await url('vp', 'a credential that is a presentation', envelope(await jws(HOLDER, presentation([]), header),
    'application/vp+jwt'), MALFORMED);
  await url('https', 'an https URL in place of a data: URL', {...envelope(token), id: 'https://holder.example/vc.jwt'},
    MALFORMED);
  await url('empty', 'nothing in the URL', envelope(''), MALFORMED);
  await url('no-context', 'an envelope without its context', {id: envelope(token).id, type: 'EnvelopedVerifiableCredential'},
    MALFORMED);
  await url('other-type', 'a data: URL under the type of a credential', {...envelope(token), type: 'VerifiableCredential'},
    MALFORMED);
  await vp('string', 'a token as a string, which VCDM 2.0 does not allow', [token], MALFORMED);

  // --- presentations that are not tokens
  const plain = (id, title, document, expect, more = {}) => add(id, title, document, expect, {extension: 'json', spec: SPEC,
    ...more});
  const unsigned = presentation([envelope(token)]);
  plain('unsigned', 'an unsigned presentation around a token: the credential counts', unsigned, passed({'securing.present':
    'securing.unsignedPresentation'}), {peer: text => verifiesWith(EDDSA)(JSON.parse(text).verifiableCredential[0].id
    .split(',')[1])});
  plain('unsigned-expected', 'the same, and a challenge is expected', undefined, notVerified({'securing.present':
    'securing.presentation.unsigned'}), {input: 'credentials/enveloped-unsigned.json', occasion: {challenge}});
  plain('unsigned-wrong', 'an unsigned presentation around a token that is wrong', presentation([envelope(wrong)]),
    notVerified(BAD));
  const purpose = {purpose: 'authentication', challenge, domain};
  const proof = {peer: text => proofVerifies(JSON.parse(text), purpose)};
  plain('proof', 'a presentation with a Data Integrity proof around a token', await sign(presentation([envelope(token)]),
    suites.rdfc(holder), purpose), answered, {occasion: expected, ...proof});
  plain('proof-wrong', 'the same around a token that is wrong', await sign(presentation([envelope(wrong)]),
    suites.rdfc(holder), purpose), notVerified(BAD), {occasion: expected});
  const inner = await jws(HOLDER, presentation([envelope(token)], {aud, nonce}), header);
  plain('presentation', 'a presentation in a data: URL', envelope(inner, 'application/vp+jwt',
    'EnvelopedVerifiablePresentation'), {verdict: 'verified', checks: {}}, {occasion: expected, peer: text =>
    verifiesWith(HOLDER)(JSON.parse(text).id.split(',')[1])});
  plain('presentation-nonce', 'the same, and it answers another challenge', undefined, {verdict: 'notVerified', checks: {}},
    {input: 'credentials/enveloped-presentation.json', occasion: {...expected, challenge: 'another'}});
  plain('credential', 'a credential in a data: URL', envelope(token), {verdict: 'verified', checks: {}}, {peer: text =>
    verifiesWith(EDDSA)(JSON.parse(text).id.split(',')[1])});
  plain('credential-wrong', 'the same with a token that is wrong', envelope(wrong), {verdict: 'notVerified', checks: {}});
  const deep = async depth => depth ? envelope(await jws(HOLDER, presentation([await deep(depth - 1)]), header),
    'application/vp+jwt', 'EnvelopedVerifiablePresentation') : envelope(token);
  plain('in-presentation', 'a presentation in a presentation, where credentials belong', await deep(2), {verdict: 'notVerified', checks: {}},
    {spec: 'threats.md K19'});

  // --- VCDM 1.1
  const v1 = badgeV1(EDDSA);
  const vc1 = await jws(EDDSA, {...claims(v1), vc: v1}, {kid: EDDSA.id, typ: 'JWT'});
  const signer = EdDSASigner(Buffer.from(HOLDER.privateJwk.d, 'base64url'));
  const vp1 = (credentials, more = {}) => createVerifiablePresentationJwt({vp: {'@context': [V1], type:
    ['VerifiablePresentation'], verifiableCredential: credentials}, ...more}, {did: HOLDER.controller, signer, alg: 'EdDSA'},
  {domain, challenge, header: {kid: HOLDER.id, typ: 'JWT'}});
  const one = (id, title, document, expect, more = {}) => add(`v1-${id}`, title, document, expect, {spec: VP1,
    occasion: expected, ...(expect.verdict === 'verified' ? peer : {}), ...more});
  one('vp', 'a presentation of VCDM 1.1 as a token, with a token inside', await vp1([vc1]), answered);
  const wrong1 = (id, title, occasion) => one(id, title, undefined, notVerified({}, {addressed: 'failed'}), {input:
    'credentials/enveloped-v1-vp.jwt', occasion: {...expected, ...occasion}});
  wrong1('aud', 'made for another verifier', {domain: 'https://bank.example'});
  wrong1('nonce', 'the answer to another challenge', {challenge: 'another'});
  one('mixed', 'a token and a credential with a proof', await vp1([vc1, await issue(samples.obV1(), suites.ed2020(issuer))]),
    answered);
  const [h1, , s1] = vc1.split('.');
  const swapped = `${h1}.${Buffer.from(JSON.stringify({...claims(v1), vc: {...v1, name: 'Leadership Badge'}}))
    .toString('base64url')}.${s1}`;
  one('one-wrong', 'a token inside is wrong', await vp1([vc1, swapped]), notVerified(BAD));
  const payload = {iss: HOLDER.controller, aud, nonce, vp: {'@context': [V1], type: ['VerifiablePresentation'],
    holder: HOLDER.controller, verifiableCredential: [vc1]}};
  const token1 = async (id, title, change, expect, key = HOLDER, more = {}) => {
    const changed = clone(payload);
    change(changed);
    one(id, title, byHand(key, changed, {alg: 'EdDSA', kid: key.id, typ: 'JWT'}), expect, more);
  };
  await token1('holder-named', 'the holder stands in iss and in the presentation', () => undefined, answered);
  await token1('holder-differs', 'the presentation names another holder than iss', p => p.vp.holder = 'did:example:ada',
    forged());
  await token1('thief', 'signed by somebody else than iss', () => undefined, forged(), THIEF);
  await token1('vc-and-vp', 'a token with a claim vc beside vp', p => p.vc = clone(v1), {verdict: 'notVerified', checks: {}});
  await token1('empty', 'a presentation of nothing', p => p.vp.verifiableCredential = [], {verdict: 'notVerified', checks: {}},
    HOLDER, {spec: 'threats.md P09'});

  // --- whom nobody else vouches for
  const own = samples.obSmall(holder);
  const self = (id, title, document, expect, more = {}) => add(`self-${id}`, title, document, expect, {
    policy: oneOf(HOLDER.controller), spec: 'https://www.w3.org/TR/vc-data-model-2.0/#presentations-including-holder-claims',
    ...more});
  self('token', 'a credential about the holder by the holder, secured by the presentation', await jws(HOLDER,
    presentation([own]), header), passed(), peer);
  self('proof', 'the same in a presentation with a Data Integrity proof', await sign(samples.presentation([own], holder),
    suites.rdfc(holder), purpose), passed(), {extension: 'json', ...proof});
  self('unsigned', 'the same in an unsigned presentation: anyone could have made it', samples.presentation([own], holder),
    notVerified(BAD), {extension: 'json'});
  const unknownKey = {...HOLDER, controller: 'did:web:holder.example', id: 'did:web:holder.example#key-1'};
  self('undecided', 'a credential by the holder, and whether the holder signed could not be found out', await jws(HOLDER, {
    ...presentation([samples.obSmall(unknownKey)]), holder: unknownKey.controller}, {...header, kid: unknownKey.id}),
  indeterminate({'embedded.verdict': 'embedded.indeterminate'}), {policy: oneOf(unknownKey.controller)});
  self('of-other', 'an unsigned credential of another issuer in a signed presentation', await jws(HOLDER,
    presentation([samples.obSmall(EDDSA)]), header), notVerified(BAD), {policy});
  self('of-other-proof', 'the same in a presentation with a Data Integrity proof', await sign(samples.presentation(
    [samples.obSmall(issuer)], holder), suites.rdfc(holder), purpose), notVerified(BAD), {policy, extension: 'json'});
  self('of-thief', 'the holder\'s own credential in the presentation of somebody else', await jws(THIEF, {...presentation(
    [own]), holder: THIEF.controller}, {...header, kid: THIEF.id}), notVerified(BAD));
  self('not-accepted', 'the policy does not accept the holder as an issuer', undefined, notVerified(BAD), {policy, input:
    'credentials/enveloped-self-token.jwt'});
}
