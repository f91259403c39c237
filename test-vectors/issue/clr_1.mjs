// Comprehensive Learner Records 1.0: hosted and signed, with signed assertions and endorsements of others inside.
import {createPrivateKey, createPublicKey} from 'node:crypto';
import * as jose from 'jose';
import {indeterminate, notVerified, oneOf} from './lib.mjs';
import {joseKey, jws} from './jose_keys.mjs';
import {python} from './python.mjs';
import * as samples from './samples.mjs';

const SPEC = 'https://www.imsglobal.org/spec/clr/v1p0/';
const CONTEXT = 'https://purl.imsglobal.org/spec/clr/v1p0/context/clr_v1p0.jsonld';
const PUBLISHER = 'https://college.example/publisher';
const TEACHER = 'https://academy.example/issuer';
const AT = 'https://college.example/clrs/1';
const LIST = 'https://college.example/revoked';
const RECIPIENT = {type: 'email', hashed: true, salt: samples.SALT, identity: samples.identityHash(samples.EMAIL, samples.SALT)};

const pem = key => createPublicKey({key: key.publicJwk, format: 'jwk'}).export({type: 'spki', format: 'pem'});
const privatePem = key => createPrivateKey({key: key.privateJwk, format: 'jwk'}).export({type: 'pkcs8', format: 'pem'});

const achievement = (name, more = {}) => ({type: 'Achievement', id: `urn:example:achievement:${name}`, achievementType: 'Course',
  name, issuer: TEACHER, humanCode: 'DA-101', ...more});
const clr = (more = {}) => ({'@context': CONTEXT, type: 'Clr', id: AT, name: 'Transcript', issuedOn: '2026-01-15T00:00:00Z',
  partial: true, learner: {type: 'Profile', id: 'urn:example:ada', name: 'Ada Lovelace', email: samples.EMAIL},
  publisher: PUBLISHER, achievements: [achievement('Statistics')], assertions: [{type: 'Assertion', id:
    'urn:example:assertion:1', achievement: 'urn:example:achievement:Statistics', issuedOn: '2025-06-01T00:00:00Z', recipient:
    RECIPIENT, creditsEarned: 3, results: [{type: 'Result', value: 'A', resultDescription: 'urn:example:grade'}]}],
  verification: {type: 'Hosted'}, ...more});
const signedClr = (more = {}) => clr({id: 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d41', verification: {type: 'Signed',
  creator: `${PUBLISHER}#key`}, ...more});
const inner = (more = {}) => ({type: 'Assertion', id: 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d42', achievement:
  achievement('Logic'), recipient: RECIPIENT, issuedOn: '2025-07-01T00:00:00Z', verification: {type: 'Signed'}, ...more});

/** Adds the records. */
export async function clr1(output) {
  const publisher = await joseKey('clr publisher', 'RS256', {controller: PUBLISHER});
  const teacher = await joseKey('clr teacher', 'RS256', {controller: TEACHER});
  const profile = (key, more = {}) => ({'@context': CONTEXT, type: 'Profile', id: key.controller, name: key === publisher ?
    'Example College' : 'Example Academy', publicKey: {type: 'CryptographicKey', id: `${key.controller}#key`, owner:
    key.controller, publicKeyPem: pem(key)}, ...more});
  const names = new Map();
  const resource = (id, url, page) => {
    const kind = url === AT || url.includes('/clrs/') ? 'hostedDocument' : url === LIST ? 'statusList' :
      'controlledIdentifierDocument';
    if(page.unavailable) {
      return {kind, id: url, unavailable: page.unavailable};
    }
    const content = page.gone ? '' : JSON.stringify(page, null, 2) + '\n';
    const name = names.get(content) ?? `resources/clr1-${new URL(url).pathname.slice(1).replaceAll('/', '-')}-${id}.json`;
    names.set(content, name);
    return {kind, id: url, file: output.file(name, content), ...(page.gone ? {httpStatus: 410} : {})};
  };
  const everything = {[AT]: clr(), [PUBLISHER]: profile(publisher), [TEACHER]: profile(teacher)};
  const policy = oneOf(PUBLISHER, TEACHER);
  /** The library verifies the token, with the publisher's key; of what is hosted there is nothing to verify. */
  const good = async text => jose.compactVerify(Buffer.from(text).toString(), createPublicKey(pem(publisher)));
  const add = (id, title, document, changes, expect, more = {}) => output.entry({id: `clr1-${id}`, title, spec: SPEC, document,
    policy, resources: Object.entries({...everything, ...changes}).filter(([, page]) => page).map(([url, page]) =>
      resource(id, url, page)), expect, ...more});
  const jwt = {extension: 'jwt', peer: good};
  const lenient = {...jwt, lenient: 'the library looks at the outer signature alone'};
  const verified = checks => ({verdict: 'verified', axes: {authentic: 'passed', current: 'passed', trusted: 'passed'},
    checks: {'issuer.accepted': 'issuer.accepted', ...checks}});
  const hosted = verified({'securing.present': 'securing.hosted', 'issuer.bound': 'issuer.hosted.inScope'});
  const signed = (checks = {}) => verified({'proof.signature': 'proof.signature.good', 'issuer.bound': 'issuer.bound', ...checks});
  const forged = checks => notVerified(checks, {authentic: 'failed'});

  // --- hosted
  add('hosted', 'a record that is published', JSON.stringify(clr()), {}, hosted);
  add('hosted-gone', 'it is gone', JSON.stringify(clr()), {[AT]: {gone: true}}, notVerified({'status.entry': 'status.gone'}));
  const elsewhere = 'https://evil.example/clrs/1';
  add('hosted-elsewhere', 'on the server of an attacker', JSON.stringify(clr({id: elsewhere})), {[elsewhere]: clr({id:
    elsewhere})}, forged({'issuer.bound': 'issuer.hosted.outOfScope'}));
  add('hosted-recipient', 'the expected person is its learner', JSON.stringify(clr()), {}, {...hosted, checks:
    {recipient: 'recipient.matches'}}, {occasion: {recipients: [{type: 'emailAddress', value: samples.EMAIL}]}});

  // --- signed
  const sign = (document, by = publisher) => python('jws', {header: {alg: 'RS256'}, payload: document, key: privatePem(by)});
  const token = await sign(signedClr());
  add('signed', 'a record signed by its publisher', token, {}, signed(), jwt);
  add('signed-of-attacker', 'signed by somebody else', await sign(signedClr(), teacher), {},
    forged({'proof.signature': 'proof.signature.invalid'}), jwt);
  add('signed-creator', 'signed with a key that the publisher does not list', await sign(signedClr({verification: {type:
    'Signed', creator: `${TEACHER}#key`}}), teacher), {}, forged({'key.resolved': 'key.notListed'}), jwt);
  add('signed-publisher-inline', 'a profile in the record that lists another key', await sign(signedClr({publisher:
    profile(publisher, {publicKey: {...profile(teacher).publicKey, id: `${PUBLISHER}#key`, owner: PUBLISHER}})}), teacher),
  {}, forged({'proof.signature': 'proof.signature.invalid'}), jwt);
  add('signed-bare', 'without its signature', JSON.stringify(signedClr()), {}, forged({'securing.present': 'securing.missing'}));
  add('signed-revoked', 'revoked by its publisher', token, {[PUBLISHER]: profile(publisher, {revocationList: LIST}), [LIST]:
    {type: 'RevocationList', id: LIST, revokedAssertions: [{id: signedClr().id}]}}, notVerified({'status.entry':
    'status.revoked'}, {current: 'failed'}), lenient);
  const wrong = signedClr({learner: 'Ada Lovelace'});
  add('signed-learner-text', 'a learner that is text', await sign(wrong), {}, {verdict: 'notVerified', checks: {}}, lenient);

  // --- what is signed by others in it
  const assertion = await sign(inner(), teacher);
  add('assertion', 'a signed assertion of the academy in it', await sign(signedClr({signedAssertions: [assertion]})), {},
    signed({'embedded.verdict': 'embedded.verified'}), jwt);
  add('assertion-of-publisher', 'the same, signed by the publisher in the academy\'s name', await sign(signedClr({
    signedAssertions: [await sign(inner())]})), {}, notVerified({'embedded.verdict': 'embedded.notVerified'}), lenient);
  const [head, , signature] = assertion.split('.');
  const [, other] = (await sign(inner({creditsEarned: 30}), teacher)).split('.');
  add('assertion-tampered', 'the same with other credits', await sign(signedClr({signedAssertions: [[head, other, signature]
    .join('.')]})), {}, notVerified({'embedded.verdict': 'embedded.notVerified'}), lenient);
  add('assertion-unavailable', 'the academy cannot be reached', await sign(signedClr({signedAssertions: [assertion]})),
    {[TEACHER]: {unavailable: 'HTTP 503'}}, indeterminate({'embedded.verdict': 'embedded.indeterminate'}), lenient);
  const endorsement = about => jws(teacher, {type: 'Endorsement', id: 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d43', issuer:
    TEACHER, issuedOn: '2026-01-16T00:00:00Z', claim: {id: about, endorsementComment: 'In good standing.'}, verification:
    {type: 'Signed'}});
  add('endorsement', 'a signed endorsement of the record', await sign(signedClr({signedEndorsements: [await endorsement(
    signedClr().id)]})), {}, signed({'embedded.endorsement': 'endorsement.verified'}), jwt);
  add('endorsement-elsewhere', 'a signed endorsement of another one: reported', await sign(signedClr({signedEndorsements: [await
  endorsement('urn:example:another')]})), {}, signed({'embedded.endorsement': 'endorsement.notVerified'}), jwt);
}
