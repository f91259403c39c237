// SD-JWT: Open Badges and SD-JWT VC with selective disclosure and key binding, and every way to cheat with disclosures.
import {createHash} from 'node:crypto';
import {FlattenJSON, GeneralJSON, SDJwtInstance} from '@sd-jwt/core';
import {SDJwtVcInstance} from '@sd-jwt/sd-jwt-vc';
import * as jose from 'jose';
import {NOW, clone, indeterminate, notVerified, oneOf} from './lib.mjs';
import {base64url, byHand, joseKey, jws} from './jose_keys.mjs';
import {take, stream} from './deterministic.mjs';
import {EDDSA, ES256, bound, forged, unknown} from './jwt.mjs';
import * as samples from './samples.mjs';

const RFC = 'https://www.rfc-editor.org/rfc/rfc9901';
const VC = 'https://www.w3.org/TR/vc-jose-cose/#securing-with-sd-jwt';
const SDVC = 'https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc';
const seconds = instant => Date.parse(instant) / 1000;
const HASHES = {'sha-256': 'sha256', 'sha-384': 'sha384', 'sha-512': 'sha512'};
const hash = (data, alg = 'sha-256') => new Uint8Array(createHash(HASHES[alg]).update(data).digest());
const digestOf = (disclosure, alg) => base64url(hash(disclosure, alg));

const holder = await joseKey('holder of tokens', 'ES256');
const thief = await joseKey('thief of tokens', 'ES256');

/** An instance of the library with an issuer's and a holder's key; salts follow from the name. */
export function instance(Kind, key, name, {hashAlg = 'sha-256', kb = holder} = {}) {
  const salts = stream(`salt ${name}`);
  const verifier = of => async (data, signature) => {
    await jose.compactVerify(`${data}.${signature}`, await jose.importJWK(of.publicJwk, of.alg), {algorithms: [of.alg]});
    return true;
  };
  return new Kind({signAlg: key.alg, signer: data => base64url(key.sign(Buffer.from(data))), verifier: verifier(key),
    kbSignAlg: kb.alg, kbSigner: data => base64url(kb.sign(Buffer.from(data))), kbVerifier: verifier(holder),
    hashAlg, hasher: hash, saltGenerator: length => base64url(take(salts, length))});
}

/** Asks the library: its signatures, its disclosures and, if one is wanted, its key binding. */
export const verifies = (Kind, key, {kb = false, nonce, aud} = {}) => async token => {
  const result = await instance(Kind, key, 'verify').verify(token, undefined, kb);
  const {exp, nbf} = result.payload;
  if(exp < seconds(NOW) || nbf > seconds(NOW)) {
    throw new Error('not in force');
  }
  if(kb && (result.kb.payload.nonce !== nonce || result.kb.payload.aud !== aud)) {
    throw new Error('bound to something else');
  }
};

/** The end of validity or a status may have been left out: nobody can say that nothing limits the record. */
const WITHHELD = bound({withheld: 'withheld.possible'}, {current: 'indeterminate'});

/** A disclosure by hand, with its digest. */
const disclosure = (...parts) => {
  const text = base64url(JSON.stringify(parts));
  return {text, digest: digestOf(text)};
};
const SALT = 'X5lYZ3pQmXlO4oVfE7d3hA';

export async function sdJwt(output) {
  const add = (id, title, spec, key, document, expect, more = {}) => output.entry({id: `sd-jwt-${id}`, title, spec,
    document, extension: 'sd-jwt', policy: oneOf(key.controller), expect, ...more});
  const cnf = {jwk: holder.publicJwk};

  // --- an Open Badge
  const header = {typ: 'vc+sd-jwt', cty: 'vc', kid: EDDSA.id};
  const library = instance(SDJwtInstance, EDDSA, 'badge');
  const badge = {...samples.obTypical(EDDSA), cnf};
  const issued = await library.issue(badge, {_sd: ['name', 'validUntil'], credentialSubject: {_sd: ['identifier'],
    achievement: {_sd: ['image', 'achievementType'], tag: {_sd: [0, 2]}}}}, {header});
  const good = verifies(SDJwtInstance, EDDSA);
  const present = (frame, kb) => library.present(issued, frame, kb ? {kb: {payload: kb}} : undefined);
  const all = {name: true, validUntil: true, credentialSubject: {identifier: true, achievement: {image: true,
    achievementType: true, tag: {0: true, 2: true}}}};
  const none = await present({});
  add('ob', 'an Open Badge in an SD-JWT, everything disclosed', VC, EDDSA, await present(all), bound(), {peer: good});
  add('ob-some', 'the same, two things disclosed', VC, EDDSA, await present({name: true, validUntil: true}), bound(),
    {peer: good});
  add('ob-none', 'the same, nothing disclosed that may be withheld', VC, EDDSA, none, WITHHELD, {peer: good});
  const everything = await instance(SDJwtInstance, ES256, 'plain').issue(samples.obSmall(ES256), undefined, {header: {
    typ: 'vc+sd-jwt', kid: ES256.id}});
  add('ob-plain', 'an SD-JWT without disclosures, ES256', VC, ES256, everything, bound(), {peer: verifies(SDJwtInstance,
    ES256)});
  for(const alg of ['sha-384', 'sha-512']) {
    add(`ob-${alg}`, `digests by ${alg}`, RFC, EDDSA, await instance(SDJwtInstance, EDDSA, alg, {hashAlg: alg}).issue(
      samples.obSmall(EDDSA), {_sd: ['name']}, {header}), bound(), {peer: good});
  }
  const recursive = await instance(SDJwtInstance, EDDSA, 'recursive').issue(samples.obSmall(EDDSA), {_sd: ['name',
    'credentialSubject'], credentialSubject: {_sd: ['achievement'], achievement: {_sd: ['criteria', 'description']}}},
  {header});
  add('recursive', 'disclosures inside disclosures', RFC, EDDSA, recursive, bound(), {peer: good});
  const expired = await instance(SDJwtInstance, EDDSA, 'expired').issue({...samples.obSmall(EDDSA),
    validUntil: '2026-06-01T00:00:00Z'}, {_sd: ['validUntil']}, {header});
  add('ob-expired', 'the end of validity is disclosed, and has passed', VC, EDDSA, expired, notVerified({
    'validity.until': 'validity.expired'}, {current: 'failed'}));
  add('ob-expired-withheld', 'the holder withholds the end of validity: what may be missing is said', 'threats.md D27',
    EDDSA, `${expired.split('~')[0]}~`, WITHHELD, {peer: good});
  const hidden = await instance(SDJwtInstance, EDDSA, 'hidden').issue(samples.obSmall(EDDSA), {_sd: ['issuer']}, {header});
  add('ob-issuer-withheld', 'the holder withholds the issuer', 'threats.md S08', EDDSA, `${hidden.split('~')[0]}~`,
    {verdict: 'notVerified', checks: {}});
  add('ob-issuer-disclosed', 'the issuer is disclosed', VC, EDDSA, hidden, bound(), {peer: good});

  // --- SD-JWT VC
  const vct = 'https://credentials.example/skill';
  const claims = {iss: EDDSA.controller, iat: seconds('2026-01-15T09:30:00Z'), nbf: seconds('2026-01-15T00:00:00Z'),
    exp: seconds('2036-01-15T00:00:00Z'), vct, cnf, name: 'Ada Lovelace', skill: {name: 'Teamwork', level: 3},
    languages: ['en', 'fr']};
  const skills = instance(SDJwtVcInstance, EDDSA, 'skill');
  const frame = {_sd: ['name'], skill: {_sd: ['level']}, languages: {_sd: [1]}};
  const skill = await skills.issue(claims, frame, {header: {kid: EDDSA.id}});
  const vcGood = verifies(SDJwtVcInstance, EDDSA);
  add('vc', 'an SD-JWT VC', SDVC, EDDSA, skill, bound(), {peer: vcGood});
  add('vc-es256', 'an SD-JWT VC by a did:key over P-256', SDVC, ES256, await instance(SDJwtVcInstance, ES256, 'es256')
    .issue({...claims, iss: ES256.controller}, frame, {header: {kid: ES256.id}}), bound(),
  {peer: verifies(SDJwtVcInstance, ES256)});
  add('vc-old-typ', 'an SD-JWT VC with the typ of before 2025', SDVC, EDDSA, await skills.issue(claims, frame, {header: {
    kid: EDDSA.id, typ: 'vc+sd-jwt'}}), bound(), {peer: vcGood});
  const vc = async (id, title, change, expect, {spec = SDVC, ...more} = {}) => {
    const payload = clone(claims);
    const protectedHeader = {typ: 'dc+sd-jwt', kid: EDDSA.id};
    const disclosed = change(payload, protectedHeader) ?? [];
    add(id, title, spec, EDDSA, [await jws(EDDSA, payload, protectedHeader), ...disclosed, ''].join('~'), expect,
      {peer: id === 'claim-status' ? undefined : vcGood, lenient: REFUSED.has(id) || expect.verdict === 'verified' ? undefined : 'these rules it does not check',
        ...more});
  };
  await vc('vc-no-vct', 'no vct', payload => void delete payload.vct, {verdict: 'notVerified', checks: {}});
  await vc('vc-vct-number', 'a vct that is a number', payload => void (payload.vct = 7), {verdict: 'notVerified',
    checks: {}});
  await vc('vc-typ-jwt', 'the typ JWT', (payload, head) => void (head.typ = 'JWT'), forged());
  await vc('vc-typ-kb', 'the typ of a key binding', (payload, head) => void (head.typ = 'kb+jwt'), forged(),
    {spec: 'threats.md K09'});
  await vc('vc-expired', 'expired', payload => void (payload.exp = seconds('2026-06-01T00:00:00Z')), notVerified({
    'validity.until': 'validity.expired'}, {current: 'failed'}), {peer: vcGood});
  await vc('vc-not-yet', 'not yet in force', payload => void (payload.nbf = seconds('2027-06-01T00:00:00Z')),
    notVerified({'validity.from': 'validity.notYet'}, {current: 'failed'}), {peer: vcGood});
  await vc('vc-exp-text', 'an exp that is text', payload => void (payload.exp = '2084140800'), {verdict: 'notVerified',
    checks: {}}, {spec: 'threats.md K16'});
  await vc('vc-of-other-issuer', 'signed by somebody else than iss', payload => void (payload.iss =
    ES256.controller), forged({'issuer.bound': 'issuer.notBound'}), {policy: oneOf(ES256.controller), spec:
    'threats.md D09'});
  await vc('vc-https-not-obtained', 'an https issuer whose metadata have not been obtained', (payload, head) => {
    payload.iss = 'https://credentials.example';
    head.kid = 'key-1';
  }, unknown(), {policy: oneOf('https://credentials.example')});
  await vc('vc-https', 'an https issuer whose metadata list the key', (payload, head) => {
    payload.iss = 'https://credentials.example/tenant/1';
    head.kid = 'key-1';
  }, bound(), {policy: oneOf('https://credentials.example/tenant/1'), resources: metadata(output, 'sd-jwt-metadata', {
    issuer: 'https://credentials.example/tenant/1', jwks: {keys: [{...EDDSA.publicJwk, kid: 'key-1'}]}})});
  const about = (id, title, document, expect) => add(id, title, SDVC, EDDSA, undefined, expect, {
    input: 'credentials/sd-jwt-vc-https.sd-jwt', policy: oneOf('https://credentials.example/tenant/1'),
    resources: metadata(output, id, document)});
  about('vc-https-other-key', 'the issuer\'s metadata have another key', {issuer: 'https://credentials.example/tenant/1',
    jwks: {keys: [{...ES256.publicJwk, kid: 'key-1'}]}}, forged());
  about('vc-https-other-issuer', 'the metadata are of another issuer', {issuer: 'https://credentials.example',
    jwks: {keys: [{...EDDSA.publicJwk, kid: 'key-1'}]}}, unknown());

  // --- disclosures that cheat
  const sd = (id, title, change, expect = forged(), spec = `${RFC}#section-7.1`, more = {}) => vc(id, title, change, expect,
    {spec, ...more});
  const level = disclosure(SALT, 'level', 3);
  const extra = disclosure(SALT, 'extra', 'value');
  const withDigest = (...digests) => payload => payload._sd = digests;
  const both = (...made) => payload => {
    payload._sd = made.map(({digest}) => digest);
    return made.map(({text}) => text);
  };
  await sd('by-hand', 'a disclosure by hand: what the following were made from', both(extra), bound());
  await sd('unreferenced', 'a disclosure that no digest refers to', () => [extra.text], forged(), 'threats.md S01');
  await sd('changed', 'a disclosure whose value was changed', payload => {
    payload._sd = [extra.digest];
    return [disclosure(SALT, 'extra', 'another').text];
  }, forged(), 'threats.md S06');
  await sd('respaced', 'a disclosure with other white space', payload => {
    payload._sd = [extra.digest];
    return [base64url(JSON.stringify([SALT, 'extra', 'value'], null, 1))];
  }, forged(), 'threats.md S06');
  await sd('digest-twice', 'a digest twice in one place', payload => {
    payload._sd = [extra.digest, extra.digest];
    return [extra.text];
  }, forged(), 'threats.md S02');
  await sd('digest-in-two-places', 'a digest in two places', payload => {
    payload._sd = [level.digest];
    payload.other = {_sd: [level.digest]};
    return [level.text];
  }, forged(), 'threats.md S02');
  await sd('digest-of-decoy-twice', 'a digest without a disclosure, twice', withoutDisclosure(withDigest(extra.digest,
    extra.digest)), forged(), 'threats.md S02');
  const inner = {outer: disclosure(SALT, 'outer', {_sd: [extra.digest]})};
  await sd('digest-in-disclosure-twice', 'a digest in the payload and in a disclosure', payload => {
    payload._sd = [extra.digest, inner.outer.digest];
    return [extra.text, inner.outer.text];
  }, forged(), 'threats.md S02');
  await sd('disclosure-twice', 'the same disclosure twice', payload => {
    payload._sd = [extra.digest];
    return [extra.text, extra.text];
  }, forged(), 'threats.md S02');
  for(const [id, name] of [['sd', '_sd'], ['dots', '...']]) {
    await sd(`name-${id}`, `a disclosure whose name is ${name}`, both(disclosure(SALT, name, ['x'])), forged(),
      'threats.md S03');
  }
  await sd('name-taken', 'a disclosure whose name is taken at the top', both(disclosure(SALT, 'name', 'Mallory')), forged(),
    'threats.md S04');
  await sd('name-taken-inside', 'a disclosure whose name is taken further in', payload => {
    const made = disclosure(SALT, 'level', 5);
    payload.skill._sd = [made.digest];
    return [made.text];
  }, forged(), 'threats.md S04');
  await sd('name-twice', 'two disclosures of one name', both(extra, disclosure(`${SALT}A`, 'extra', 'another')), forged(),
    'threats.md S04');
  for(const name of ['iss', 'nbf', 'exp', 'cnf', 'vct', 'status']) {
    const value = name === 'status' ? {status_list: {idx: 1, uri: 'https://credentials.example/status/1'}} : claims[name];
    await sd(`claim-${name}`, `${name} is selectively disclosed`, payload => {
      const made = disclosure(SALT, name, value);
      delete payload[name];
      payload._sd = [made.digest];
      return [made.text];
    }, forged(), 'threats.md S08');
  }
  const shape = (id, title, parts) => sd(`shape-${id}`, title, both(disclosure(...parts)), forged(), 'threats.md S05');
  await shape('two', 'a disclosure of two parts where one of three belongs', [SALT, 'value']);
  await shape('four', 'a disclosure of four parts', [SALT, 'extra', 'value', 'more']);
  await shape('name-number', 'a disclosure whose name is a number', [SALT, 7, 'value']);
  await shape('salt-number', 'a disclosure whose salt is a number', [7, 'extra', 'value']);
  const element = (id, title, parts, expect) => sd(`element-${id}`, title, payload => {
    const made = disclosure(...parts);
    payload.languages.push({'...': made.digest});
    return [made.text];
  }, expect, `${RFC}#section-7.1`);
  await element('two', 'an element of an array by hand', [SALT, 'de'], bound());
  await element('three', 'a disclosure of three parts where one of two belongs', [SALT, 'de', 'value'], forged());
  await sd('element-and-more', 'a digest of an element beside another member', payload => {
    const made = disclosure(SALT, 'de');
    payload.languages.push({'...': made.digest, name: 'German'});
    return [made.text];
  });
  const text = (id, title, made, spec = 'threats.md S05') => sd(`text-${id}`, title, payload => {
    payload._sd = [digestOf(made)];
    return [made];
  }, forged(), spec);
  await text('object', 'a disclosure that is an object', base64url('{"salt":"x","name":"y"}'));
  await text('not-json', 'a disclosure that is no JSON', base64url('["x","y"'));
  await text('duplicate', 'a disclosure whose value has a key twice',
    base64url(`["${SALT}","extra",{"a":1,"a":2}]`), 'threats.md S16');
  await text('padded', 'a disclosure with padding', `${base64url('["salt","extra","value1"]')}=`, 'threats.md S14');
  await text('plus', 'a disclosure in base64 that is not base64url', Buffer.from('["salt","extra","ÿþý~~~???"]')
    .toString('base64').replaceAll('=', ''), 'threats.md S14');
  for(const [id, alg] of [['unknown', 'sha-1024'], ['md5', 'md5'], ['truncated', 'sha-256-32'], ['case', 'SHA-256']]) {
    await sd(`alg-${id}`, `_sd_alg is ${alg}`, payload => {
      payload._sd_alg = alg;
      return both(extra)(payload);
    }, unknown(), 'threats.md S07', {peer: undefined});
  }
  await sd('alg-number', '_sd_alg is a number', payload => {
    payload._sd_alg = 256;
    return both(extra)(payload);
  }, forged(), 'threats.md S07');
  await sd('alg-inside', '_sd_alg in a place where it means nothing', payload => {
    const made = digestOf(extra.text, 'sha-512');
    payload.skill._sd = [made];
    payload.skill._sd_alg = 'sha-512';
    return [extra.text];
  }, forged(), 'threats.md S07');
  await sd('sd-text', '_sd is text', withoutDisclosure(payload => payload._sd = extra.digest));
  await sd('sd-number', 'a digest that is a number', withoutDisclosure(payload => payload._sd = [7]));
  await sd('decoys', 'a hundred digests without disclosures', withoutDisclosure(payload => payload._sd =
    Array.from({length: 100}, (_, index) => digestOf(`decoy ${index}`))), bound(), 'threats.md S12');
  await sd('many', 'more disclosures than the policy allows', both(extra, disclosure(SALT, 'more', 1), disclosure(SALT,
    'most', 2)), {verdict: 'indeterminate', checks: {limits: 'limits.disclosures'}}, 'design.md §9', {policy: {
    ...oneOf(EDDSA.controller), limits: {disclosures: 2}}});
  const nested = depth => {
    let made = disclosure(SALT, 'level', depth);
    const texts = [made.text];
    for(let level = depth - 1; level > 0; level -= 1) {
      made = disclosure(SALT, 'level', {_sd: [made.digest]});
      texts.push(made.text);
    }
    return payload => {
      payload._sd = [made.digest];
      return texts;
    };
  };
  await sd('nested-8', 'eight disclosures, one inside the other', nested(8), bound(), 'threats.md S13');
  await sd('nested-64', 'sixty-four disclosures, one inside the other: deeper than a document may be', nested(64),
    {verdict: 'indeterminate', checks: {}}, 'threats.md S13');

  // --- the separators and the token
  const tilde = (id, title, change, expect = forged(), spec = 'threats.md S14') => add(id, title, spec, EDDSA, change(skill),
    expect);
  tilde('no-final-tilde', 'the final tilde is missing: the last disclosure stands where a key binding belongs', token =>
    token.slice(0, -1));
  tilde('empty-part', 'an empty disclosure', token => token.replace('~', '~~'));
  tilde('crlf', 'line ends between disclosures', token => token.replaceAll('~', '~\r\n'));
  tilde('token-changed', 'one bit of the signature', token => {
    const [head, ...rest] = token.split('~');
    const parts = head.split('.');
    const bytes = Buffer.from(parts[2], 'base64url');
    bytes[3] ^= 1;
    return [[parts[0], parts[1], base64url(bytes)].join('.'), ...rest].join('~');
  }, forged(), RFC);
  tilde('token-none', 'alg none', token => {
    const [head, ...rest] = token.split('~');
    return [`${base64url('{"alg":"none","typ":"dc+sd-jwt"}')}.${head.split('.')[1]}.`, ...rest].join('~');
  }, forged(), 'threats.md K01');

  // --- key binding
  const nonce = 'n-0S6_WzA2Mj';
  const aud = 'https://jobs.example';
  const occasion = {challenge: nonce, domain: aud};
  const kbPayload = {iat: seconds(NOW) - 60, aud, nonce};
  const shown = {name: true, skill: {level: true}};
  const addressed = {addressed: 'passed'};
  const kbGood = {peer: verifies(SDJwtVcInstance, EDDSA, {kb: true, nonce, aud})};
  const kb = await skills.present(skill, shown, {kb: {payload: kbPayload}});
  const KB = `${RFC}#section-7.3`;
  add('kb', 'an SD-JWT VC with key binding', KB, EDDSA, kb, bound({}, addressed), {occasion, ...kbGood});
  add('kb-not-expected', 'the same, and nothing is expected', KB, EDDSA, undefined, bound({}, addressed), {input: 'credentials/sd-jwt-kb.sd-jwt', ...kbGood});
  add('kb-ob', 'an Open Badge with key binding', VC, EDDSA, await present({name: true}, kbPayload), {...WITHHELD,
    axes: {...WITHHELD.axes, ...addressed}},
    {occasion, peer: verifies(SDJwtInstance, EDDSA, {kb: true, nonce, aud})});

  // --- the JSON serializations
  const serialized = (id, title, document, expect, encoded, more = {}) => output.entry({id: `sd-jwt-json-${id}`, title,
    spec: `${RFC}#section-8`, document: clone(document), policy: oneOf(EDDSA.controller), expect, ...(encoded ? {peer: text =>
      vcGood(encoded(JSON.parse(text)))} : {}), ...more});
  const flattened = FlattenJSON.fromEncode(skill).toJson();
  const flat = json => FlattenJSON.fromSerialized(json).toEncoded().replace(/~?$/, '~');
  const general = GeneralJSON.fromEncode(skill).toJson();
  serialized('flattened', 'an SD-JWT VC in JSON, flattened', flattened, bound(), flat);
  serialized('general', 'an SD-JWT VC in JSON, general', general, bound(), json =>
    `${GeneralJSON.fromSerialized(json).toEncoded(0).replace(/~?$/, '~')}`);
  serialized('kb', 'an SD-JWT VC in JSON with a key binding', FlattenJSON.fromEncode(kb).toJson(), bound({}, addressed),
    json => FlattenJSON.fromSerialized(json).toEncoded(), {occasion, peer: text => kbGood.peer(FlattenJSON
      .fromSerialized(JSON.parse(text)).toEncoded())});
  serialized('disclosure-added', 'a disclosure that no digest refers to', {...flattened, header: {disclosures: [
    ...flattened.header.disclosures, extra.text]}}, forged());
  serialized('disclosure-joined', 'two disclosures as one, with a tilde between them', {...flattened, header: {disclosures: [
    flattened.header.disclosures.join('~')]}}, forged());
  serialized('disclosures-text', 'disclosures that are text', {...flattened, header: {disclosures: 'none'}}, forged());
  serialized('two-signatures', 'two signatures, for which there is no compact form', {...general, signatures: [
    ...general.signatures, ...general.signatures]}, unknown());
  const wrong = (id, title, occasion_, expect = notVerified({}, {addressed: 'failed'}), more = {}) => add(id, title,
    'threats.md S11', EDDSA, undefined, expect, {input: 'credentials/sd-jwt-kb.sd-jwt', occasion: {...occasion,
      ...occasion_}, ...more});
  wrong('kb-aud', 'made for another verifier', {domain: 'https://bank.example'}, undefined, {peer: verifies(SDJwtVcInstance,
    EDDSA, {kb: true, nonce, aud: 'https://bank.example'})});
  wrong('kb-nonce', 'the answer to another nonce', {challenge: 'another'}, undefined, {peer: verifies(SDJwtVcInstance,
    EDDSA, {kb: true, nonce: 'another', aud})});
  add('kb-missing', 'a key binding is expected, and there is none', 'threats.md S09', EDDSA, await skills.present(skill,
    shown), notVerified(), {occasion, ...kbGood});
  const plain = await skills.present(skill, shown);
  const bind = async (id, title, change, expect = {verdict: 'notVerified', checks: {}}, {spec = 'threats.md S11', key = holder,
    token = plain, hand, ...more} = {}) => {
    const payload = {...kbPayload, sd_hash: digestOf(token)};
    const protectedHeader = {alg: key.alg, typ: 'kb+jwt'};
    change(payload, protectedHeader);
    add(id, title, spec, EDDSA, token + byHand(key, hand?.(payload) ?? payload, protectedHeader), expect, {occasion,
      ...more});
  };
  const nothing = () => undefined;
  await bind('kb-by-hand', 'a key binding by hand: what the following were made from', nothing, bound({}, addressed), kbGood);
  await bind('kb-thief', 'the key binding is by somebody else than the key in cnf', nothing, undefined, {key: thief,
    spec: 'threats.md S10', ...kbGood});
  await bind('kb-thief-jwk', 'the same with the thief\'s key in the header', (payload, head) => head.jwk = thief.publicJwk,
    undefined, {key: thief, spec: 'threats.md S10', ...kbGood});
  await bind('kb-sd-hash', 'the key binding is for another presentation', payload => payload.sd_hash = digestOf(none),
    undefined, kbGood);
  await bind('kb-sd-hash-algorithm', 'sd_hash by SHA-512 where the digests are by SHA-256', payload =>
    payload.sd_hash = digestOf(plain, 'sha-512'), undefined, {spec: 'threats.md S15', ...kbGood});
  await bind('kb-sd-hash-without-tilde', 'sd_hash over the presentation without its last tilde', payload =>
    payload.sd_hash = digestOf(plain.slice(0, -1)), undefined, {spec: 'threats.md S15', ...kbGood});
  await bind('kb-no-sd-hash', 'no sd_hash', payload => delete payload.sd_hash, undefined, kbGood);
  await bind('kb-iat-future', 'made in the future', payload => payload.iat = seconds('2027-01-01T00:00:00Z'));
  await bind('kb-iat-old', 'made ten months ago', payload => payload.iat = seconds('2026-01-20T00:00:00Z'));
  await bind('kb-earlier', 'made ten months ago, and no presentation is expected now', payload =>
    payload.iat = seconds('2026-01-20T00:00:00Z'), bound({}, {addressed: 'notApplicable'}), {occasion: {}, ...kbGood});
  await bind('kb-no-iat', 'no iat', payload => delete payload.iat, undefined, kbGood);
  await bind('kb-iat-text', 'an iat that is text', payload => payload.iat = String(payload.iat));
  await bind('kb-no-nonce', 'no nonce', payload => delete payload.nonce, undefined, kbGood);
  await bind('kb-no-aud', 'no aud', payload => delete payload.aud, undefined, kbGood);
  await bind('kb-aud-array', 'an aud that is an array: RFC 9901 §4.3 wants one string', payload => payload.aud = [aud],
    undefined, kbGood);
  await bind('kb-typ', 'the typ JWT', (payload, head) => head.typ = 'JWT', undefined, {spec: 'threats.md K09', ...kbGood});
  await bind('kb-alg-none', 'alg none', (payload, head) => head.alg = 'none', undefined, {spec: 'threats.md K01', ...kbGood});
  await bind('kb-alg-other', 'EdDSA with a P-256 key', (payload, head) => head.alg = 'EdDSA', undefined,
    {spec: 'threats.md C10'});
  await bind('kb-crit', 'a critical header that is not understood', (payload, head) => Object.assign(head, {crit: ['x'],
    x: 1}), {verdict: 'indeterminate', checks: {}}, {spec: 'threats.md K07'});
  await bind('kb-duplicate', 'a nonce twice', nothing, undefined, {hand: payload => JSON.stringify(payload)
    .replace('{', '{"nonce":"another",'), spec: 'threats.md K12'});
  await bind('kb-twice', 'a key binding after a key binding', nothing, undefined, {token: `${kb}~`, spec: 'threats.md S14'});
  add('kb-added-disclosure', 'a disclosure was added after binding', 'threats.md S11', EDDSA, (() => {
    const parts = kb.split('~');
    const [, ...every] = skill.split('~').slice(0, -1);
    return [...parts.slice(0, -1), every.find(text => !parts.includes(text)), parts.at(-1)].join('~');
  })(), {verdict: 'notVerified', checks: {}}, {occasion, ...kbGood});
  const unbound = async (id, title, confirmation, expect) => {
    const token = `${await jws(EDDSA, {...claims, cnf: confirmation}, {typ: 'dc+sd-jwt', kid: EDDSA.id})}~`;
    await bind(id, title, nothing, expect, {token, spec: `${RFC}#section-4.1.2`});
  };
  await unbound('kb-no-cnf', 'a key binding to a token that names no key', undefined);
  await unbound('kb-cnf-text', 'a cnf that is text', 'key-1');
  await unbound('kb-cnf-private', 'a cnf with the private key', {jwk: holder.privateJwk});
  await unbound('kb-cnf-kid', 'a cnf that names a key in a way that is not known', {jku: 'https://holder.example/jwks'},
    indeterminate());
}

/** Of the negatives by hand, those that the library refuses, too. */
const REFUSED = new Set(['vc-expired', 'vc-not-yet', 'shape-four', 'text-object', 'text-not-json']);

/** Runs a change and discloses nothing. */
function withoutDisclosure(change) {
  return payload => void change(payload);
}

/** JWT VC issuer metadata, where they are looked for. */
function metadata(output, name, document) {
  return [{kind: 'controlledIdentifierDocument', id: 'https://credentials.example/.well-known/jwt-vc-issuer/tenant/1',
    file: output.file(`resources/${name}.json`, document), mediaType: 'application/json'}];
}
