// Open Badges before 3.0: hosted, signed by openbadgeslib and `jose`, baked by openbadges-bakery and openbadgeslib; what is
// shown instead of what is published, keys that are nobody's, profiles that answer for others.
import {createHmac, createPrivateKey, createPublicKey} from 'node:crypto';
import chunkText from 'png-chunk-text';
import encode from 'png-chunks-encode';
import extractChunks from 'png-chunks-extract';
import * as jose from 'jose';
import {indeterminate, notVerified, oneOf} from './lib.mjs';
import {base64url, byHand, joseKey, jws} from './jose_keys.mjs';
import {DRAWING, PICTURE} from './images.mjs';
import {bake, extract, python} from './python.mjs';
import * as samples from './samples.mjs';

const SPEC = 'https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html';
const CONTEXT = 'https://w3id.org/openbadges/v2';
const SCHOOL = 'https://school.example';
const [ISSUER, BADGE, AT, KEY, LIST] = ['issuer', 'badges/robotics', 'assertions/1', 'keys/1', 'revoked']
  .map(path => `${SCHOOL}/${path}`);
const EVIL = 'https://evil.example';
const RECIPIENT = {type: 'email', hashed: true, salt: samples.SALT, identity: samples.identityHash(samples.EMAIL, samples.SALT)};

const pem = key => createPublicKey({key: key.publicJwk, format: 'jwk'}).export({type: 'spki', format: 'pem'});
const privatePem = key => createPrivateKey({key: key.privateJwk, format: 'jwk'}).export({type: 'pkcs8', format: 'pem'});

export const profile = (more = {}) => ({'@context': CONTEXT, type: 'Issuer', id: ISSUER, name: 'Example School', url: SCHOOL,
  email: 'badges@school.example', publicKey: KEY, ...more});
const badge = (more = {}) => ({'@context': CONTEXT, type: 'BadgeClass', id: BADGE, name: 'Robotics', description:
  'Built a robot.', image: `${SCHOOL}/robotics.png`, criteria: {narrative: 'Build a robot that walks.'}, issuer: ISSUER,
tags: ['robots'], ...more});
const assertion = (more = {}) => ({'@context': CONTEXT, type: 'Assertion', id: AT, recipient: RECIPIENT, badge: BADGE,
  verification: {type: 'HostedBadge'}, issuedOn: '2026-01-15T00:00:00Z', ...more});
const signedAssertion = (more = {}) => assertion({id: 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d31', verification:
  {type: 'SignedBadge', creator: KEY}, ...more});
const list = (...revokedAssertions) => ({'@context': CONTEXT, type: 'RevocationList', id: LIST, issuer: ISSUER,
  revokedAssertions});

/** What the addresses of records are asked for as. */
const KINDS = [[/\/(issuer|keys)/, 'controlledIdentifierDocument'], [/\/revoked/, 'statusList'], [/./, 'hostedDocument']];
const kindOf = url => KINDS.find(([pattern]) => pattern.test(new URL(url).pathname))[1];

/** Adds the badges. */
export async function openBadges2(output) {
  const key = await joseKey('open badges school', 'RS256', {controller: ISSUER});
  const other = await joseKey('open badges attacker', 'RS256', {controller: `${EVIL}/issuer`});
  const keyDocument = (more = {}) => ({'@context': CONTEXT, type: 'CryptographicKey', id: KEY, owner: ISSUER, publicKeyPem:
    pem(key), ...more});

  // --- what stands where: a page is a document, a text, or {unavailable} or {gone}
  const names = new Map();
  const resource = (id, url, page) => {
    const kind = kindOf(url);
    if(page?.unavailable) {
      return {kind, id: url, unavailable: page.unavailable};
    }
    const gone = page?.gone;
    const content = typeof page === 'string' ? page : gone ? '' : JSON.stringify(page, null, 2) + '\n';
    const role = new URL(url).pathname.slice(1).replaceAll('/', '-').replace(/\W+/g, '-');
    const name = names.get(content) ?? `resources/ob2-${role}-${id}.${typeof page === 'string' || gone ? 'txt' : 'json'}`;
    names.set(content, name);
    return {kind, id: url, file: output.file(name, content), ...(gone ? {httpStatus: 410} : {})};
  };
  const everything = {[AT]: assertion(), [BADGE]: badge(), [ISSUER]: profile(), [KEY]: keyDocument()};
  /** Asks openbadgeslib, with the same pages. */
  const asks = (pages, recipient) => async text => python('verify', {text: Buffer.from(text).toString(), recipient,
    documents: Object.fromEntries(Object.entries(pages).filter(([, page]) => !page?.unavailable && !page?.gone)
      .map(([url, page]) => [url, typeof page === 'string' ? page : JSON.stringify(page)]))});
  const policy = oneOf(ISSUER);
  const add = (id, title, document, changes, expect, more = {}) => {
    const pages = {...everything, ...changes};
    output.entry({id: `ob2-${id}`, title, spec: `${SPEC}#${more.section ?? 'badge-verification'}`, document, policy,
      resources: Object.entries(pages).filter(([, page]) => page !== undefined).map(([url, page]) => resource(id, url, page)),
      expect, peer: asks(pages), ...more});
  };
  const accepted = {'issuer.accepted': 'issuer.accepted'};
  const verified = checks => ({verdict: 'verified', axes: {authentic: 'passed', current: 'passed', trusted: 'passed'},
    checks: {...accepted, ...checks}});
  const hosted = (checks = {}) => verified({'securing.present': 'securing.hosted', 'hosted.documents': 'hosted.obtained',
    'issuer.bound': 'issuer.hosted.inScope', 'status.entry': 'status.hosted', ...checks});
  const signed = (checks = {}) => verified({'securing.present': 'securing.present', 'proof.signature': 'proof.signature.good',
    'issuer.bound': 'issuer.bound', ...checks});
  const forged = checks => notVerified(checks, {authentic: 'failed'});
  const open = checks => indeterminate(checks, {authentic: 'indeterminate'});
  const withdrawn = code => notVerified({'status.entry': code}, {current: 'failed'});

  // --- hosted
  const text = JSON.stringify(assertion());
  add('hosted', 'a hosted badge: what stands at its address is what was shown', text, {}, hosted({'hosted.copy':
    'hosted.copy.same'}));
  add('hosted-url', 'only its address', AT, {}, hosted(), {extension: 'txt', peer: () => asks(everything)(text)});
  const about = value => ({recipients: [{type: 'emailAddress', value}]});
  add('hosted-recipient', 'the expected person, by the hash of an address', text, {}, {...hosted({recipient:
    'recipient.matches'}), axes: {addressed: 'passed'}}, {occasion: about(samples.EMAIL), peer: asks(everything, samples.EMAIL)});
  add('hosted-recipient-other', 'somebody else is expected', text, {}, notVerified({recipient: 'recipient.differs'},
    {addressed: 'failed'}), {occasion: about('mallory@example.org'), peer: asks(everything, 'mallory@example.org')});
  const shown = JSON.stringify(assertion({narrative: 'She built it alone.', evidence: `${EVIL}/robot`}));
  add('hosted-copy-differs', 'what was shown has more than what is published, which alone counts: reported', shown, {},
    hosted({'hosted.copy': 'hosted.copy.differs'}));
  add('hosted-copy-of-another', 'what was shown names another person: only what is published counts', JSON.stringify(assertion({
    recipient: {type: 'email', hashed: false, identity: 'mallory@example.org'}})), {}, notVerified({recipient:
    'recipient.differs', 'hosted.copy': 'hosted.copy.differs'}, {addressed: 'failed'}), {occasion: about('mallory@example.org')});
  add('hosted-gone', 'the server says that it is gone', text, {[AT]: {gone: true}}, withdrawn('status.gone'));
  add('hosted-revoked', 'it says that it is revoked', text, {[AT]: {id: AT, revoked: true}}, withdrawn('status.revoked'));
  add('hosted-expired', 'it has expired', text, {[AT]: assertion({expires: '2026-06-01T00:00:00Z'})},
    notVerified({'validity.until': 'validity.expired'}, {current: 'failed'}));
  add('hosted-not-yet', 'it will be issued tomorrow', text, {[AT]: assertion({issuedOn: '2026-11-22T13:00:00Z'})},
    notVerified({'validity.from': 'validity.notYet'}, {current: 'failed'}));
  add('hosted-needed', 'nothing has been obtained', text, {[AT]: undefined, [BADGE]: undefined, [ISSUER]: undefined,
    [KEY]: undefined}, open({'hosted.documents': 'hosted.needed'}));
  add('hosted-unavailable', 'the record cannot be obtained', text, {[AT]: {unavailable: 'HTTP 503'}},
    open({'hosted.documents': 'hosted.unavailable'}));
  add('hosted-unreadable', 'a page stands where the record should be', text, {[AT]: '<html></html>\n'},
    open({'hosted.documents': 'hosted.unreadable'}));
  add('hosted-other', 'another record stands there', text, {[AT]: assertion({id: `${AT}1`})},
    open({'hosted.documents': 'hosted.other'}));
  const unreachable = {...profile()};
  delete unreachable.email;
  add('hosted-defective', 'its issuer\'s profile, which is not part of the record, has no address for mail', text, {[ISSUER]:
    unreachable}, open({'document.conformance': 'document.conforms', 'hosted.documents': 'hosted.defective'}), {peer: undefined});
  add('hosted-not-accepted', 'by somebody whom the policy does not accept', text, {}, notVerified({'issuer.accepted':
    'issuer.notAccepted'}, {trusted: 'failed'}), {policy: oneOf(`${EVIL}/issuer`), lenient: 'the library accepts everybody'});
  add('hosted-http', 'its address is not on https', JSON.stringify(assertion({id: 'http://school.example/assertions/1'})), {},
    open({}));
  add('hosted-metadata-address', 'its address is one of the machine that asks', JSON.stringify(assertion({id:
    'https://169.254.169.254/latest'})), {}, open({'hosted.documents': 'hosted.address'}));

  // --- who answers for what is there
  const scope = (id, title, at, rules, expect, {more, lenient} = {}) => add(id, title, JSON.stringify(assertion({id: at})),
    {[AT]: undefined, [at]: assertion({id: at}), [ISSUER]: profile({verification: rules}), ...more}, expect,
    {section: 'VerificationObject', lenient});
  const outside = forged({'issuer.bound': 'issuer.hosted.outOfScope'});
  scope('scope-elsewhere', 'a record on the server of an attacker that names the school', `${EVIL}/1`, undefined, outside);
  scope('scope-starts-with', 'the profile says where its records are', 'https://badges.example/1',
    {startsWith: 'https://badges.example/'}, hosted());
  scope('scope-origins', 'the profile names the servers of its records', 'https://badges.example/1',
    {allowedOrigins: ['badges.example']}, hosted());
  scope('scope-prefix', 'a server whose name begins like the school\'s', 'https://school.example.evil/1',
    {startsWith: SCHOOL}, outside);
  scope('scope-userinfo', 'the school\'s name stands in front of the server\'s', 'https://school.example@evil.example/1',
    {startsWith: SCHOOL}, {verdict: 'indeterminate', checks: {}});
  scope('scope-path', 'a file of somebody on the school\'s own server', `${SCHOOL}/users/eve/1`,
    {startsWith: `${SCHOOL}/assertions/`}, outside);
  scope('scope-path-climbs', 'a path that climbs out of the one that is allowed', `${SCHOOL}/assertions/../users/eve/1`,
    {startsWith: `${SCHOOL}/assertions/`}, {verdict: 'indeterminate', checks: {}}, {lenient:
    'the library compares the path as it is written'});
  scope('scope-origin-url', 'allowedOrigins with a URL, which names no server', 'https://badges.example/1',
    {allowedOrigins: ['https://badges.example']}, outside);
  scope('scope-wildcard', 'allowedOrigins with a wildcard', 'https://badges.example/1', {allowedOrigins: ['*']}, outside);
  scope('scope-property', 'a profile that means another member than the identifier', 'https://badges.example/1',
    {verificationProperty: 'url'}, open({'issuer.bound': 'issuer.hosted.unknown'}));
  const lax = profile({verification: {startsWith: `${EVIL}/`}, publicKey: undefined});
  add('scope-inline', 'a profile in the record that answers for the attacker\'s server: the one at its address counts',
    JSON.stringify(assertion({id: `${EVIL}/1`})), {[AT]: undefined, [`${EVIL}/1`]: assertion({id: `${EVIL}/1`, badge:
    badge({issuer: lax})})}, outside);
  add('scope-urn', 'an issuer that stands nowhere', text, {[AT]: assertion({badge: badge({issuer: profile({id:
    'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d32'})})})}, {verdict: 'notVerified', checks: {}});
  add('scope-badge-elsewhere', 'the badge class stands on somebody else\'s server', text, {[AT]: assertion({badge:
    `${EVIL}/badges/1`}), [`${EVIL}/badges/1`]: badge({id: `${EVIL}/badges/1`})}, outside);

  // --- signed
  const sign = (document, by = key) => python('sign', {assertion: document, key: privatePem(by)});
  const token = await sign(signedAssertion());
  const jwt = {extension: 'jwt'};
  add('signed', 'a signed badge, RS256', token, {}, signed(), {...jwt, section: 'SignedBadge'});
  add('signed-not-revoked', 'the issuer has a revocation list without it', token, {[ISSUER]: profile({revocationList: LIST}),
    [LIST]: list('urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2dff')}, signed({'status.entry': 'status.unset'}), jwt);
  for(const [name, title, entry, lenient] of [
    ['id', 'by its identifier', signedAssertion().id],
    ['object', 'by its identifier, with a reason', {id: signedAssertion().id, revocationReason: 'A mistake.'}],
    ['uid', 'by its uid, as in 1.x', {uid: signedAssertion().id}, 'the library knows identifiers alone']
  ]) {
    add(`signed-revoked-${name}`, `it is revoked ${title}`, token, {[ISSUER]: profile({revocationList: LIST}),
      [LIST]: list(entry)}, withdrawn('status.revoked'), {...jwt, lenient});
  }
  const listed = (id, title, page, code, lenient) => add(id, title, token, {[ISSUER]: profile({revocationList: LIST}),
    [LIST]: page}, indeterminate({'status.entry': code}, {authentic: 'passed', current: 'indeterminate'}), {...jwt, lenient});
  const fetched = 'the library believes whatever stands there';
  listed('signed-list-of-another', 'a revocation list of another issuer', {...list(), issuer: `${EVIL}/issuer`},
    'status.list.issuer', fetched);
  listed('signed-list-other', 'another revocation list stands there', {...list(), id: `${LIST}1`}, 'status.list.mismatch',
    fetched);
  listed('signed-list-malformed', 'an entry that is a number', list(7), 'status.list.malformed', fetched);
  listed('signed-list-unavailable', 'the revocation list cannot be obtained', {unavailable: 'HTTP 503'},
    'status.list.unavailable');
  add('signed-key-inline', 'the key stands in the profile', token, {[ISSUER]: profile({publicKey: [keyDocument()]}),
    [KEY]: undefined}, signed(), {...jwt, peer: asks({...everything, [ISSUER]: profile({publicKey: [keyDocument()]})})});
  const ed = await joseKey('open badges ed25519', 'EdDSA');
  add('signed-eddsa', 'EdDSA, which the standard does not recommend: reported', await jws(ed, signedAssertion()),
    {[KEY]: keyDocument({publicKeyPem: pem(ed)})}, signed({'proof.conventions': 'jose.alg.unusual'}), jwt);
  add('signed-shown-bare', 'a signed badge without its signature', JSON.stringify(signedAssertion()), {},
    forged({'securing.present': 'securing.missing'}));
  add('signed-hosted', 'a JWS of a badge that says it is hosted', await sign(assertion()), {}, {verdict: 'notVerified',
    checks: {}}, {...jwt, lenient: 'the library fetches it and does not look at the signature'});
  const [head, , signature] = token.split('.');
  add('signed-tampered', 'another recipient under the same signature', [head, base64url(JSON.stringify(signedAssertion({
    recipient: {type: 'email', hashed: false, identity: 'mallory@example.org'}}))), signature].join('.'), {},
  forged({'proof.signature': 'proof.signature.invalid'}), jwt);
  const stolen = document => sign(document, other);
  add('signed-of-attacker', 'signed with a key that is not the school\'s', await stolen(signedAssertion()), {},
    forged({'proof.signature': 'proof.signature.invalid'}), jwt);
  const theirs = `${EVIL}/keys/1`;
  const evilKey = {...keyDocument({id: theirs, publicKeyPem: pem(other)})};
  add('signed-creator-of-attacker', 'the key of an attacker that says it is the school\'s, which does not list it',
    await stolen(signedAssertion({verification: {type: 'SignedBadge', creator: theirs}})), {[theirs]: evilKey},
    forged({'key.resolved': 'key.notListed'}), jwt);
  add('signed-profile-inline', 'a profile in the record that lists the attacker\'s key', await jws(other, signedAssertion({
    badge: badge({issuer: profile({publicKey: keyDocument({publicKeyPem: pem(other)})})})})), {},
  forged({'proof.signature': 'proof.signature.invalid'}), jwt);
  add('signed-owner', 'the school lists a key that says it is another\'s', token, {[KEY]: keyDocument({owner:
    `${EVIL}/issuer`})}, forged({'key.resolved': 'key.controller'}), jwt);
  add('signed-key-unavailable', 'the key cannot be obtained', token, {[KEY]: {unavailable: 'HTTP 503'}},
    open({'key.resolved': 'key.document.unavailable'}), jwt);
  for(const [name, header] of [['none', {alg: 'none'}], ['hs256', {alg: 'HS256'}]]) {
    const input = name === 'none' ? () => Buffer.alloc(0) : data => createHmac('sha256', pem(key)).update(data).digest();
    add(`signed-alg-${name}`, name === 'none' ? 'no algorithm' : 'the public key used as a secret', byHand(key,
      signedAssertion(), header, {sign: input}), {}, forged({'proof.suite': 'jose.alg'}), {...jwt, section: 'SignedBadge'});
  }

  // --- baked
  const BAKING = 'https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/baking/index.html';
  const other_ = {'openbadges-bakery': 'openbadgeslib', openbadgeslib: 'openbadges-bakery'};
  const image = {png: PICTURE, svg: DRAWING};
  const baked = async (id, title, kind, tool, inside, expect) => {
    const made = await bake(kind, image[kind], inside, {tool, form: 'ob2'});
    add(`baked-${id}`, title, made, {}, expect, {spec: BAKING, extension: kind, peer: async bytes => {
      // What one tool baked, the other takes out.
      const found = await extract(kind, bytes, {tool: other_[tool], form: 'ob2'});
      if(found !== inside && found !== AT) {
        throw new Error(`the other tool finds ${found}`);
      }
      await asks(everything)(inside.startsWith('https:') ? text : inside);
    }});
  };
  const followed = {'document.image': 'image.ok', 'image.conventions': 'image.conventions.followed'};
  await baked('hosted-png', 'a hosted badge in PNG', 'png', 'openbadges-bakery', text, hosted(followed));
  await baked('signed-png', 'a signed badge in PNG', 'png', 'openbadges-bakery', token, signed(followed));
  await baked('signed-png-lib', 'the same by another tool', 'png', 'openbadgeslib', token, signed(followed));
  await baked('url-png', 'an address in PNG', 'png', 'openbadges-bakery', AT, hosted(followed));
  await baked('hosted-svg', 'a hosted badge in SVG: its address as attribute, a copy as text', 'svg', 'openbadges-bakery', text,
    hosted({'document.image': 'image.ok', 'image.conventions': 'image.copy'}));
  await baked('signed-svg', 'a signed badge in SVG, and a copy of it', 'svg', 'openbadges-bakery', token,
    signed({'document.image': 'image.ok', 'image.conventions': 'image.copy'}));
  await baked('signed-svg-lib', 'the same by another tool, which puts it at the end', 'svg', 'openbadgeslib', token,
    signed({'document.image': 'image.ok', 'image.conventions': 'image.place'}));
  const old = extractChunks(PICTURE);
  old.splice(-1, 0, chunkText.encode('openbadges', AT));
  add('baked-url-text', 'an address in tEXt, as the first bakers did', Buffer.from(encode(old)), {}, hosted({'document.image':
    'image.ok', 'image.conventions': 'image.chunk'}), {spec: BAKING, extension: 'png', peer: async () =>
    asks(everything)(text)});
  const copied = await bake('svg', DRAWING, JSON.stringify(assertion({recipient: {type: 'email', hashed: false, identity:
    'mallory@example.org'}})), {tool: 'openbadges-bakery'});
  add('baked-copy-of-another', 'the copy in the image names another person: nothing of it counts', copied, {}, notVerified({
    recipient: 'recipient.differs'}, {addressed: 'failed'}), {spec: BAKING, extension: 'svg', occasion:
    about('mallory@example.org'), peer: undefined});

  // --- before 2.0: nothing that is maintained verifies hosted ones
  const V1 = 'https://w3id.org/openbadges/v1';
  const oldBadge = {name: 'Robotics', description: 'Built a robot.', image: `${SCHOOL}/robotics.png`, criteria:
    `${SCHOOL}/criteria`, issuer: ISSUER};
  const organization = {name: 'Example School', url: SCHOOL};
  const first = (more = {}) => ({uid: '31', recipient: RECIPIENT, badge: BADGE, issuedOn: 1768435200, verify: {type: 'hosted',
    url: AT}, ...more});
  const oldPages = {[BADGE]: oldBadge, [ISSUER]: organization, [KEY]: undefined};
  const unasked = {peer: undefined};
  add('v1-0-hosted', 'version 1.0, hosted, its date in seconds', JSON.stringify(first()), {...oldPages, [AT]: first()},
    hosted(), unasked);
  const eleven = first({'@context': V1, type: 'Assertion', id: AT, issuedOn: '2026-01-15T00:00:00Z'});
  add('v1-1-hosted', 'version 1.1, hosted', JSON.stringify(eleven), {...oldPages, [AT]: eleven}, hosted(), unasked);
  const origin = {recipient: RECIPIENT.identity, salt: RECIPIENT.salt, issued_on: '2011-06-01', badge: {version: '0.5.0',
    name: 'Robotics', image: '/robotics.png', description: 'Built a robot.', criteria: '/criteria', issuer: {origin: SCHOOL,
      name: 'Example School'}}};
  add('v0-5-hosted', 'version 0.5: its address alone', AT, {[AT]: origin, [BADGE]: undefined, [ISSUER]: undefined,
    [KEY]: undefined}, hosted(), {...unasked, extension: 'txt', policy: oneOf(SCHOOL)});
  add('v0-5-bare', 'version 0.5 without its address: nobody knows where it stands', JSON.stringify(origin), {[AT]: undefined,
    [BADGE]: undefined, [ISSUER]: undefined, [KEY]: undefined}, forged({'securing.present': 'securing.missing'}), {
    ...unasked, policy: oneOf(SCHOOL)});
  const keyAt = `${SCHOOL}/keys/1.pem`;
  const oldToken = async (url, by = key) => python('jws', {header: {alg: 'RS256'}, payload: first({verify: {type: 'signed',
    url}}), key: privatePem(by)});
  const oldSigned = {...oldPages, [AT]: undefined};
  const checks = {...jwt, peer: async value => jose.compactVerify(Buffer.from(value).toString(), createPublicKey(pem(key)))};
  add('v1-0-signed', 'version 1.0, signed with a key at the issuer\'s address', await oldToken(keyAt), {...oldSigned, [keyAt]:
    pem(key)}, signed(), checks);
  add('v1-0-signed-revoked', 'the same, revoked by its uid', await oldToken(keyAt), {...oldSigned, [keyAt]: pem(key), [ISSUER]:
    {...organization, revocationList: LIST}, [LIST]: {31: 'A mistake.'}}, withdrawn('status.revoked'), {...checks, lenient:
    'the library looks at the signature'});
  add('v1-0-signed-list-other', 'an error stands where the list should be', await oldToken(keyAt), {...oldSigned, [keyAt]:
    pem(key), [ISSUER]: {...organization, revocationList: LIST}, [LIST]: {error: 'Not found'}}, indeterminate({'status.entry':
    'status.list.unreadable'}, {authentic: 'passed', current: 'indeterminate'}), {...checks, lenient:
    'the library looks at the signature'});
  add('v1-0-signed-of-attacker', 'the same with a key on an attacker\'s server', await oldToken(theirs, other), {...oldSigned,
    [theirs]: pem(other)}, forged({'key.resolved': 'key.notListed'}), checks);
}
