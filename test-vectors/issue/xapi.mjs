// Signed statements of the Experience API: signed by `jose`, the signature beside the statement and named by its digest.
import {createHash} from 'node:crypto';
import * as jose from 'jose';
import {authenticBut, clone, indeterminate, notVerified, verified} from './lib.mjs';
import {byHand, joseKey, jws} from './jose_keys.mjs';
import {SEAL, authority, certificate, certificateKey} from './certificates.mjs';

const SPEC = 'https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Data.md';
const LMS = 'https://lms.example';
const USAGE = 'http://adlnet.gov/expapi/attachments/signature';

const statement = () => ({
  id: '3f1f9f0e-8f5e-4f0b-9b62-0d6a5c1e7a10',
  actor: {objectType: 'Agent', name: 'Ada Lovelace', mbox: 'mailto:ada.lovelace@example.org'},
  verb: {id: 'http://adlnet.gov/expapi/verbs/passed', display: {'en-US': 'passed'}},
  object: {objectType: 'Activity', id: `${LMS}/courses/data-analysis`, definition: {name: {'en-US': 'Data Analysis'},
    description: {'en-US': 'An introduction with an exam.'}, type: 'http://adlnet.gov/expapi/activities/course'}},
  result: {score: {scaled: 0.92, raw: 92, min: 0, max: 100}, success: true, completion: true, duration: 'PT2H15M'},
  context: {registration: '1c2b7f34-77f0-4c0b-8f5c-6f1a3f0e2b11', platform: 'Example LMS', language: 'en-US',
    contextActivities: {parent: [{objectType: 'Activity', id: `${LMS}/programmes/statistics`}]}},
  timestamp: '2026-01-15T09:30:00.000Z',
  version: '1.0.3'
});

const sha2 = (text, name = 'sha256') => createHash(name).update(text).digest('hex');

/** The statement with a signature attached, and what a store adds to it. */
const received = (signed, token, {more = {}, digest = sha2(token)} = {}) => ({...clone(signed),
  attachments: [{usageType: USAGE, display: {'en-US': 'Signature'}, contentType: 'application/octet-stream',
    length: Buffer.byteLength(token), sha2: digest}], ...more});
const stored = {stored: '2026-01-15T09:31:00.000Z', authority: {objectType: 'Agent', account: {homePage: LMS, name: 'lrs'}}};

/** Adds the statements. */
export async function xapi(output) {
  const key = await joseKey('xapi lms', 'RS256', {controller: LMS});
  const other = await joseKey('xapi other', 'RS256', {controller: LMS});
  const pinned = {acceptedIssuers: {oneOf: [LMS]}, issuerKeys: [{issuer: LMS, key: JSON.stringify(key.publicJwk)}]};
  const holding = (name, token, digest = sha2(token)) => [{kind: 'attachment', id: digest, mediaType:
    'application/octet-stream', file: output.file(`resources/xapi-${name}.jws`, token)}];
  /** The library verifies what is attached, with the key of the system; what was signed is compared by ourselves. */
  const verifies = token => async () => {
    const {payload} = await jose.compactVerify(token, await jose.importJWK(key.publicJwk,
      jose.decodeProtectedHeader(token).alg), {algorithms: ['RS256', 'RS384', 'RS512']});
    JSON.parse(new TextDecoder().decode(payload));
  };
  const add = (id, title, document, expect, {section = '#26-signed-statements', ...more} = {}) => output.entry({
    id: `xapi-${id}`, title, spec: `${SPEC}${section}`, document, policy: pinned, expect, ...more});
  const good = (checks = {}) => verified({'statement.signature': 'statement.signature.matches',
    'statement.equivalence': 'statement.equivalent', 'statement.voiding': 'statement.voiding.unknown', ...checks},
  {current: 'indeterminate'});
  const differs = notVerified({'statement.equivalence': 'statement.differs'}, {authentic: 'failed'});

  for(const alg of ['RS256', 'RS384', 'RS512']) {
    const of = {...key, alg, cryptoKey: await jose.importJWK(key.privateJwk, alg)};
    const token = await jws(of, statement());
    add(alg.toLowerCase(), `a statement signed with ${alg}`, received(statement(), token), good({'statement.added':
      'statement.added.nothing'}), {resources: holding(alg.toLowerCase(), token), peer: verifies(token)});
  }
  const token = await jws(key, statement());
  const there = holding('rs256', token);
  const same = (id, title, change, checks) => {
    const document = received(statement(), token);
    change(document);
    add(id, title, document, good(checks), {resources: there, peer: verifies(token), section: '#231-statement-immutability'});
  };
  same('stored', 'a store added when it was stored and by whom', document => Object.assign(document, stored),
    {'statement.added': 'statement.added.unsigned'});
  same('definition', 'a store wrote the definition of the activity anew', document => document.object.definition.name =
    {'en-US': 'Analysis of Data'}, {'statement.added': 'statement.added.unsigned'});
  same('display', 'a store wrote the verb anew', document => document.verb.display = {de: 'bestanden'},
    {'statement.added': 'statement.added.unsigned'});
  same('zone', 'the same instant in another zone', document => document.timestamp = '2026-01-15T10:30:00.000+01:00', {});
  for(const name of ['sha384', 'sha512']) {
    add(name, `the signature is named by ${name.toUpperCase()}`, received(statement(), token, {digest: sha2(token, name)}),
      good(), {resources: holding('rs256', token, sha2(token, name)), peer: verifies(token)});
  }
  const actor = recipients => ({input: 'credentials/xapi-rs256.json', document: undefined, resources: there, occasion: {recipients}});
  add('recipient', 'the actor is the expected person', undefined, {...good({recipient: 'recipient.matches'}), axes: {
    addressed: 'passed'}}, {...actor([{type: 'emailAddress', value: 'ada.lovelace@example.org'}]), peer: verifies(token)});
  add('recipient-other', 'the actor is somebody else', undefined, authenticBut({addressed: 'failed'}, {recipient:
    'recipient.differs'}), actor([{type: 'emailAddress', value: 'mallory@example.org'}]));

  const voiding = {...statement(), id: '3f1f9f0e-8f5e-4f0b-9b62-0d6a5c1e7a12', verb: {id: 'http://adlnet.gov/expapi/verbs/voided'},
    object: {objectType: 'StatementRef', id: statement().id}, result: undefined, context: undefined};
  const voids = await jws(key, voiding);
  add('voids', 'a statement that voids another', received(voiding, voids), verified({'statement.equivalence':
    'statement.equivalent', 'statement.voiding': 'statement.voiding.voids'}, {current: 'notApplicable'}), {resources: holding('voids', voids), peer:
    verifies(voids)});

  // --- with a certificate
  const {root, intermediate} = await authority();
  const sealKey = await certificateKey('xapi seal');
  const leaf = await certificate(SEAL, sealKey, {issuer: intermediate, until: '2028-01-01', names: [{type: 'url', value: LMS}]});
  const x5c = [leaf, intermediate].map(({base64}) => base64);
  const certified = await new jose.CompactSign(Buffer.from(JSON.stringify(statement()))).setProtectedHeader({alg: 'RS256', x5c})
    .sign(sealKey.cryptoKey);
  const anchored = {acceptedIssuers: {oneOf: [LMS]}, x509Anchors: [root.der.toString('base64')]};
  add('x5c', 'a certificate in the header leads to an anchor and names the system', received(statement(), certified), good(),
    {policy: anchored, resources: holding('x5c', certified), peer: () => jose.compactVerify(certified, sealKey.publicKey)});
  add('x5c-no-anchors', 'the same, and nobody says which anchors count', undefined, indeterminate({'issuer.bound':
    'issuer.certificate.noAnchor'}, {authentic: 'indeterminate'}), {input: 'credentials/xapi-x5c.json', policy:
    {acceptedIssuers: {oneOf: [LMS]}}, resources: holding('x5c', certified)});

  // --- what was signed is another thing
  const bad = (id, title, change) => {
    const document = received(statement(), token);
    change(document);
    add(id, title, document, differs, {resources: there, section: '#231-statement-immutability'});
  };
  bad('score', 'a better score', document => document.result.score.scaled = 1);
  bad('success', 'success instead of failure, or the other way round', document => document.result.success = false);
  bad('verb', 'another verb', document => document.verb.id = 'http://adlnet.gov/expapi/verbs/mastered');
  bad('actor', 'another actor', document => document.actor.mbox = 'mailto:mallory@example.org');
  bad('object', 'another activity', document => document.object.id = `${LMS}/courses/law`);
  bad('duration', 'the same duration in other characters: durations are compared as text', document =>
    document.result.duration = 'PT135M');
  bad('result-removed', 'the result was left out', document => delete document.result);
  bad('result-added', 'something was put into the result', document => document.result.response = 'excellent');
  bad('timestamp', 'another instant', document => document.timestamp = '2026-01-16T09:30:00.000Z');
  const elsewhere = await jws(key, {...statement(), id: '3f1f9f0e-8f5e-4f0b-9b62-0d6a5c1e7a11', object: {id:
    `${LMS}/courses/other`}});
  add('signature-of-another', 'the good signature of another statement', received(statement(), elsewhere), differs,
    {resources: holding('of-another', elsewhere)});
  const nothing = await jws(key, '"passed"');
  add('payload', 'what was signed is no statement', received(statement(), nothing), notVerified({'statement.equivalence':
    'statement.payload'}, {authentic: 'failed'}), {resources: holding('payload', nothing)});

  // --- what signs it
  const forged = checks => notVerified(checks, {authentic: 'failed'});
  const broken = `${token.slice(0, -8)}AAAAAAAA`;
  // Nothing says whose key it is, so that the key of a good signature is what would tell.
  const open = indeterminate({'key.resolved': 'key.blocked'}, {authentic: 'indeterminate'});
  add('signature', 'a changed signature', received(statement(), broken), open, {resources: holding('signature', broken)});
  const brokenSeal = `${certified.slice(0, -8)}AAAAAAAA`;
  add('x5c-signature', 'a changed signature, by the key of a certificate', received(statement(), brokenSeal), forged({
    'proof.signature': 'proof.signature.invalid'}), {policy: anchored, resources: holding('x5c-signature', brokenSeal)});
  const stranger = await jws(other, statement());
  add('other-key', 'signed with a key that is not the system\'s', received(statement(), stranger),
    open, {resources: holding('other-key', stranger)});
  const none = byHand(key, statement(), {alg: 'none'}, {sign: () => Buffer.alloc(0)});
  add('alg-none', 'no algorithm', received(statement(), none), forged({'proof.suite': 'jose.alg'}),
    {resources: holding('alg-none', none)});
  const es256 = await joseKey('xapi es256', 'ES256');
  const curve = await jws(es256, statement());
  add('alg-es256', 'an algorithm that statements are not signed with', received(statement(), curve),
    notVerified({'proof.suite': 'statement.algorithm'}), {resources: holding('alg-es256', curve)});
  add('digest', 'the bytes of the signature have another digest', received(statement(), token, {digest: sha2('another')}),
    indeterminate({'statement.signature': 'statement.signature.differs'}, {authentic: 'indeterminate'}),
    {resources: holding('rs256', token, sha2('another'))});
  add('digest-sha1', 'the signature is named by a digest that is none of SHA-2', received(statement(), token, {digest:
    sha2(token, 'sha1')}), forged({'statement.signature': 'statement.signature.digest', 'document.conformance':
    'document.member.value'}), {resources: there});
  add('needed', 'the bytes of the signature are not there', undefined, indeterminate({'statement.signature':
    'statement.signature.needed'}, {authentic: 'indeterminate'}), {input: 'credentials/xapi-rs256.json', resources: []});
  add('unavailable', 'the bytes of the signature cannot be had', undefined, indeterminate({'statement.signature':
    'statement.signature.unavailable'}, {authentic: 'indeterminate'}), {input: 'credentials/xapi-rs256.json',
    resources: [{kind: 'attachment', id: sha2(token), unavailable: 'HTTP 404'}]});
  add('unsigned', 'nobody signed it', statement(), forged({'securing.present': 'securing.missing'}));
  const long = received(statement(), token);
  long.attachments[0].length += 4;
  add('length', 'another length than that of the signature, which the digest identifies: reported', long, good({
    'statement.length': 'statement.length.other'}), {resources: there, peer: verifies(token)});
  add('no-verb', 'no statement: the verb has no identifier', (() => {
    const document = received(statement(), token);
    delete document.verb.id;
    return document;
  })(), {verdict: 'notVerified', checks: {}}, {resources: there});
}
