// What is valid, or was once, or will be: everything here is signed by independent libraries.
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {DI2, ED2020, authenticBut, chainVerifies, clone, indeterminate, issue, oneOf, shared, sign, suites, verified}
  from './lib.mjs';
import * as people from './people.mjs';
import * as samples from './samples.mjs';

const {issuer, cosigner, endorser, web, webPath, web2020, https, didJwk} = people;
const DOCUMENT = 'controlledIdentifierDocument';
const RETRIEVED = '2026-11-21T11:59:00Z';

/** The documents of issuers, as resources. */
export const resource = (output, name, document) => [{kind: DOCUMENT, id: document.id,
  file: output.file(`resources/${name}.json`, document), mediaType: 'application/did+json', retrievedAt: RETRIEVED}];

export const withContext = (document, url) => ({...document, '@context': [...document['@context'], url]});

const DI_RDFC = 'https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022';
const DI_JCS = 'https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022';
const DI_2020 = 'https://www.w3.org/TR/vc-di-eddsa/#ed25519signature2020';
const VALIDITY = 'https://www.w3.org/TR/vc-data-model-2.0/#validity-period';
const SETS = 'https://www.w3.org/TR/vc-data-integrity/#proof-sets';
const CHAINS = 'https://www.w3.org/TR/vc-data-integrity/#proof-chains';
const RECIPIENT = 'https://www.imsglobal.org/spec/ob/v3p0/#recipient-verification';

/** Adds the valid vectors. Whether the libraries agree is asked in `confirm.mjs`. */
export async function valid(output) {
  const good = async entry => {
    output.entry({policy: oneOf(issuer.controller), expect: verified(), ...entry});
    return entry.document;
  };

  // --- one proof, one issuer
  const small = await good({id: 'ob3-small', title: 'a small Open Badge, eddsa-rdfc-2022, did:key', spec: DI_RDFC,
    document: await issue(samples.obSmall(), suites.rdfc(issuer)),
    expect: verified({'document.format': 'format.recognised', 'document.json': 'json.ok',
      'document.conformance': 'document.conforms', 'contexts.available': 'context.ok',
      'contexts.version': 'context.version.newest', 'jsonld.lossless': 'jsonld.lossless.ok',
      'jsonld.readsAsSigned': 'jsonld.reads.ok', 'jsonld.positions': 'jsonld.positions.ok',
      'proof.structure': 'proof.wellFormed', 'proof.suite': 'proof.suite.known',
      'proof.purpose': 'proof.purpose.ok', 'proof.created': 'proof.created.ok', 'key.resolved': 'key.found',
      'key.authorized': 'key.authorized', 'key.current': 'key.current', 'validity.from': 'validity.begun',
      'contexts.unused': 'context.allUsed', 'jsonld.nodes': 'jsonld.nodes.separate',
      'jsonld.iris': 'jsonld.iris.ordinary', 'proof.expires': 'proof.expires.absent',
      'proof.chain': 'proof.chain.none', 'validity.until': 'validity.noEnd', 'status.entry': 'status.none',
      schema: 'schema.none', refresh: 'refresh.none', recipient: 'recipient.notExpected',
      'profile.openBadges': 'profile.openBadges.followed'})});
  await good({id: 'ob3-typical', title: 'a typical Open Badge: alignments, image, hashed identifier, expiry',
    spec: DI_RDFC, document: await issue(samples.obTypical(), suites.rdfc(issuer)),
    expect: verified({'validity.from': 'validity.begun', 'validity.until': 'validity.lasts',
      'profile.openBadges': 'profile.openBadges.followed'})});
  await good({id: 'ob3-full', title: 'a full Open Badge: results, rubrics, lists, doubles, booleans, value objects ' +
    'with a language, control characters and text beyond ASCII', spec: DI_RDFC,
  document: await issue(samples.obFull(), suites.rdfc(issuer)),
  expect: verified({'profile.openBadges': 'profile.openBadges.followed', 'jsonld.nodes': 'jsonld.node.merged',
    'contexts.unused': 'context.unused'})});
  await good({id: 'vcdm2-minimal', title: 'the least that VCDM 2.0 asks for, without any date', spec: DI_RDFC,
    document: await issue(samples.vcMinimal(), suites.rdfc(issuer)),
    expect: verified({'validity.from': 'validity.noBeginning'}, {current: 'notApplicable'})});
  await good({id: 'vcdm2-issuer-object', title: 'VCDM 2.0 with an issuer object, two subjects and names in two ' +
    'languages', spec: 'https://www.w3.org/TR/vc-data-model-2.0/#issuer',
  document: await issue({...samples.vcMinimal(), validFrom: '2026-01-15T00:00:00Z',
    issuer: {id: issuer.controller, name: [{'@value': 'University', '@language': 'en'},
      {'@value': 'Universität', '@language': 'de'}]},
    credentialSubject: [{id: 'did:example:ada', name: 'Ada'}, {id: 'did:example:charles', name: 'Charles'}]},
  suites.rdfc(issuer))});
  await good({id: 'language-region', title: 'language tags with a region in capital letters', spec:
    'https://www.w3.org/TR/json-ld11-api/#value-expansion', document: await issue({...samples.obSmall(),
    name: [{'@value': 'Teamarbeit', '@language': 'de-AT'}, {'@value': '合作', '@language': 'zh-Hant-TW'}]},
  suites.rdfc(issuer))});
  await good({id: 'dates-with-offset', title: 'dates with offsets and fractions of seconds', spec: VALIDITY,
    document: await issue({...samples.obSmall(), validFrom: '2026-01-15T01:30:00.250+02:00',
      validUntil: '2030-12-31T23:59:59.999999999-11:30'}, suites.rdfc(issuer)),
    expect: verified({'validity.from': 'validity.begun', 'validity.until': 'validity.lasts'})});
  await good({id: 'many-anonymous-nodes', title: 'a dozen results without identifiers, some of them equal', spec: DI_RDFC,
    document: await issue({...samples.obSmall(), credentialSubject: {...samples.obSmall().credentialSubject,
      result: Array.from({length: 12}, (_, index) => ({type: ['Result'], value: String(index % 5)}))}},
    suites.rdfc(issuer))});
  await good({id: 'jcs-numbers', title: 'numbers and keys that RFC 8785 writes in a form of its own', spec:
    'https://www.rfc-editor.org/rfc/rfc8785#section-3.2.2.3', document: await issue({...samples.vcMinimal(),
    credentialSubject: {id: 'did:example:ada', a: 1e21, b: 1e-7, c: 0.000001, d: -0, e: 4.5, f: 123456789012345680000,
      '€': 1, '\u{1f600}': 2, '\ufb33': 3, '\r': 4}}, suites.jcs(issuer)),
    expect: verified({}, {current: 'notApplicable'})});
  await good({id: 'ob3-without-created', title: '`created` is optional in a proof', spec:
    'https://www.w3.org/TR/vc-data-integrity/#proofs', document: await issue(samples.obSmall(),
    suites.rdfc(issuer, {created: null})), expect: verified({'proof.created': 'proof.created.absent'})});
  await good({id: 'ob3-proof-expires', title: 'a proof that expires in the future', spec:
    'https://www.w3.org/TR/vc-data-integrity/#proofs', document: await issue(samples.obSmall(),
    suites.rdfc(issuer, {expires: '2027-01-15T09:30:00Z'})), expect: verified({'proof.expires': 'proof.expires.ok'})});
  await good({id: 'ob3-ed25519signature2020', title: 'an Open Badge in VCDM 2.0 with Ed25519Signature2020', spec: DI_2020,
    document: await issue(withContext(samples.obSmall(), ED2020), suites.ed2020(issuer))});
  await good({id: 'ob3-v1-ed25519signature2020', title: 'an Open Badge in VCDM 1.1 with Ed25519Signature2020',
    spec: DI_2020, document: await issue(samples.obV1(), suites.ed2020(issuer))});
  await good({id: 'ob3-v1-eddsa-rdfc-2022', title: 'an Open Badge in VCDM 1.1 with eddsa-rdfc-2022', spec: DI_RDFC,
    document: await issue(samples.obV1(issuer, DI2), suites.rdfc(issuer))});
  await good({id: 'ob3-v1-expiration-date', title: 'VCDM 1.1 with an expirationDate in the future', spec:
    'https://www.w3.org/TR/vc-data-model/#expiration',
  document: await issue({...samples.obV1(), expirationDate: '2030-01-15T00:00:00Z'}, suites.ed2020(issuer)),
  expect: verified({'validity.until': 'validity.lasts'})});
  await good({id: 'ob3-jcs', title: 'an Open Badge with eddsa-jcs-2022', spec: DI_JCS,
    document: await issue(samples.obSmall(), suites.jcs(issuer))});
  await good({id: 'ob3-jcs-full', title: 'the full Open Badge with eddsa-jcs-2022: numbers and text as RFC 8785 ' +
    'writes them', spec: DI_JCS, document: await issue(samples.obFull(), suites.jcs(issuer))});

  // --- identifiers
  const identified = async (id, title, pair, document, name, spec, more = {}) => good({id, title, spec,
    document: await issue(samples.obSmall(pair), suites.rdfc(pair)), policy: oneOf(pair.controller),
    resources: document ? resource(output, name, document) : [], ...more});
  await identified('did-web', 'did:web with a Multikey', web, people.webDocument, 'did-web',
    'https://w3c-ccg.github.io/did-method-web/#read-resolve');
  await identified('did-web-port-path', 'did:web with a port and a path, the key as JSON Web Key', webPath,
    people.webPathDocument, 'did-web-port-path', 'https://w3c-ccg.github.io/did-method-web/#read-resolve');
  await identified('did-web-embedded-method', 'the method stands inside assertionMethod, as ' +
    'Ed25519VerificationKey2020', web2020, people.web2020Document, 'did-web-embedded-method',
  'https://www.w3.org/TR/cid-1.0/#verification-relationships');
  await identified('https-issuer', 'an issuer with an https identifier whose document lists the key', https,
    people.httpsDocument, 'https-issuer', 'https://www.w3.org/TR/cid-1.0/#retrieve-verification-method');
  await identified('did-jwk', 'did:jwk with an Ed25519 key', didJwk, undefined, undefined,
    'https://github.com/quartzjer/did-jwk/blob/main/spec.md#read');
  await good({id: 'issuer-anyone', title: 'no issuer is demanded: verified, and the report says what that is worth',
    spec: 'design.md §4', input: 'credentials/ob3-small.json', document: small, policy: {acceptedIssuers: 'anyone'},
    expect: verified({'issuer.accepted': 'issuer.anyone'}, {trusted: 'skipped'})});
  await good({id: 'issuer-one-of-several', title: 'the issuer is one of several that are accepted', spec: 'design.md §4',
    input: 'credentials/ob3-small.json', document: small, policy: oneOf('did:web:other.example', issuer.controller)});

  // --- recipients
  const recipients = (...list) => ({recipients: list.map(([type, value]) => ({type, value}))});
  const addressed = async (id, title, input, occasion, expect) => good({id, title, spec: RECIPIENT, input,
    document: null, occasion, expect});
  const right = verified({recipient: 'recipient.matches'}, {addressed: 'passed'});
  await addressed('recipient-hashed-email', 'the expected e-mail address hashes to the identifier of the subject',
    'credentials/ob3-typical.json', recipients(['emailAddress', samples.EMAIL]), right);
  await addressed('recipient-plain-identifier', 'an identifier in plain text is the expected one',
    'credentials/ob3-full.json', recipients(['studentId', 's-0815']), right);
  await addressed('recipient-subject-id', 'the subject\'s identifier is the expected one',
    'credentials/ob3-small.json', recipients(['id', 'did:example:ada']), right);
  await addressed('recipient-second-address', 'one of several addresses of a candidate matches',
    'credentials/ob3-typical.json', recipients(['emailAddress', 'ada@old.example'], ['emailAddress', samples.EMAIL]),
    right);
  await addressed('recipient-differs', 'the badge is about somebody else', 'credentials/ob3-typical.json',
    recipients(['emailAddress', 'mallory@example.org']),
    authenticBut({addressed: 'failed', trusted: 'passed'}, {recipient: 'recipient.differs'}));
  await addressed('recipient-other-subject-id', 'the subject\'s identifier is somebody else\'s',
    'credentials/ob3-small.json', recipients(['id', 'did:example:mallory']),
    authenticBut({addressed: 'failed'}, {recipient: 'recipient.differs'}));
  await addressed('recipient-not-comparable', 'an e-mail address is expected and the badge names only a DID',
    'credentials/ob3-small.json', recipients(['emailAddress', samples.EMAIL]),
    indeterminate({recipient: 'recipient.notStated'}, {authentic: 'passed', addressed: 'indeterminate'}));
  const bearer = samples.obSmall();
  delete bearer.credentialSubject.id;
  await good({id: 'recipient-bearer', title: 'a badge without id or identifier is about anybody: fine while no ' +
    'recipient is expected, and reported', spec: RECIPIENT, document: await issue(bearer, suites.rdfc(issuer)),
  expect: verified({'profile.openBadges': 'profile.openBadges.subject'})});
  output.entry({id: 'recipient-bearer-expected', title: 'a bearer badge cannot be compared with the expected person',
    spec: RECIPIENT, input: 'credentials/recipient-bearer.json', policy: oneOf(issuer.controller),
    occasion: recipients(['emailAddress', samples.EMAIL]),
    expect: indeterminate({recipient: 'recipient.notStated'}, {authentic: 'passed', addressed: 'indeterminate'})});

  // --- proof sets and chains
  const two = await sign(withContext(samples.obSmall(), ED2020), suites.rdfc(issuer));
  await good({id: 'set-two-suites', title: 'a proof set: eddsa-rdfc-2022 and Ed25519Signature2020 by the issuer',
    spec: SETS, document: await sign(two, suites.ed2020(issuer))});
  const own = await sign(samples.obSmall(), suites.rdfc(issuer));
  await good({id: 'set-cosigned', title: 'a proof set: the issuer and somebody else, who is reported as co-signatory',
    spec: SETS, document: await sign(own, suites.rdfc(cosigner)),
    expect: verified({'proof.other': 'proof.other.cosignature'})});
  await good({id: 'set-one-removed', title: 'one proof of a set is removed: what is left is still valid, and a set ' +
    'never promises to be complete', spec: 'threats.md D04', document: own});
  const first = {id: 'urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544'};
  const chained = await sign(samples.obSmall(), suites.rdfc(cosigner, first));
  const chain = await sign(chained, suites.rdfc(issuer, {previousProof: first.id, previous: [chained.proof]}));
  await good({id: 'chain-of-two', title: 'a proof chain: the issuer signs over the proof of a co-signatory', spec: CHAINS,
    document: chain, expect: verified({'proof.chain': 'proof.chain.ok'})});
  const second = {id: 'urn:uuid:8cc9022b-6b14-4cf3-8571-74972c5feb54'};
  const set = await sign(chained, suites.rdfc(endorser, second));
  await good({id: 'chain-on-two', title: 'a proof chain: the issuer signs over two independent proofs', spec: CHAINS,
    document: await sign(set, suites.rdfc(issuer, {previousProof: [first.id, second.id], previous: set.proof})),
    expect: verified({'proof.chain': 'proof.chain.ok'})});

  for(const id of ['chain-of-two', 'chain-on-two']) {
    await chainVerifies(JSON.parse(output.files.get(`credentials/${id}.json`)));
  }
  for(const name of ['signedProofChain1.json', 'signedProofChain2.json']) {
    const file = path.join(shared, 'vectors/w3c-vc-di-eddsa/TestVectors/proof-set-chain', name);
    if(existsSync(file)) {
      await chainVerifies(JSON.parse(readFileSync(file, 'utf8')));
    } else {
      console.log(`skipped: ${name} is not there`);
    }
  }

  // --- validity
  const dated = async (id, title, members, now, expect, spec = VALIDITY) => good({id, title, spec,
    document: await sign({...samples.obSmall(), ...members}, suites.rdfc(issuer)), occasion: now ? {now} : {}, expect});
  await dated('expired', 'a badge that has expired', {validUntil: '2026-06-30T00:00:00Z'}, undefined,
    authenticBut({current: 'failed', trusted: 'passed'}, {'validity.until': 'validity.expired'}));
  await dated('not-yet-valid', 'a badge that is not valid yet', {validFrom: '2027-01-01T00:00:00Z'}, undefined,
    authenticBut({current: 'failed', trusted: 'passed'}, {'validity.from': 'validity.notYet'}));
  await dated('expired-within-skew', 'expired two minutes ago: clocks may differ by five',
    {validUntil: '2026-11-21T11:58:00Z'}, undefined, verified({'validity.until': 'validity.lasts'}));
  await dated('expired-beyond-skew', 'expired six minutes ago',
    {validUntil: '2026-11-21T11:54:00Z'}, undefined,
    authenticBut({current: 'failed'}, {'validity.until': 'validity.expired'}));
  await dated('not-yet-valid-within-skew', 'valid from in two minutes: clocks may differ by five',
    {validFrom: '2026-11-21T12:02:00Z'}, undefined, verified({'validity.from': 'validity.begun'}));
  await dated('validity-offset', 'instants are compared, not texts: 23:30 at +14:00 is before noon UTC',
    {validUntil: '2026-11-21T23:30:00+14:00'}, undefined,
    authenticBut({current: 'failed'}, {'validity.until': 'validity.expired'}));
  await dated('validity-ends-before-it-begins', 'the validity period ends before it begins',
    {validUntil: '2025-01-01T00:00:00Z'}, undefined,
    {verdict: 'notVerified', axes: {authentic: 'failed'}, checks: {'document.conformance': 'document.date.order'}});
  await good({id: 'v1-expired', title: 'VCDM 1.1 with an expirationDate in the past', spec:
    'https://www.w3.org/TR/vc-data-model/#expiration',
  document: await sign({...samples.obV1(), expirationDate: '2026-06-30T00:00:00Z'}, suites.ed2020(issuer)),
  expect: authenticBut({current: 'failed'}, {'validity.until': 'validity.expired'})});
  await good({id: 'v1-not-yet-valid', title: 'VCDM 1.1 with an issuanceDate in the future', spec:
    'https://www.w3.org/TR/vc-data-model/#issuance-date',
  document: await sign({...samples.obV1(), issuanceDate: '2027-06-30T00:00:00Z'}, suites.ed2020(issuer)),
  expect: authenticBut({current: 'failed'}, {'validity.from': 'validity.notYet'})});
  output.entry({id: 'expired-judged-at-signing-time', title: 'the same expired badge, judged by policy at the instant ' +
    'at which its signer says to have signed', spec: 'design.md §4', input: 'credentials/expired.json',
  policy: {...oneOf(issuer.controller), judgedAt: 'signingTime'},
  expect: verified({'validity.until': 'validity.lasts'})});

  // --- proofs with a time of their own
  const timed = async (id, title, members, expect) => good({id, title,
    spec: 'https://www.w3.org/TR/vc-data-integrity/#proofs',
    document: await sign(samples.obSmall(), suites.rdfc(issuer, members)), expect});
  await timed('proof-expired', 'the proof expired, the badge did not', {expires: '2026-06-30T00:00:00Z'},
    {verdict: 'notVerified', axes: {authentic: 'passed', current: 'failed'}, checks: {
      'proof.expires': 'proof.expired', 'proof.signature': 'proof.signature.good'}});
  await timed('proof-created-in-future', 'the proof says it was made in the future', {created: '2027-01-01T00:00:00Z'},
    {verdict: 'notVerified', axes: {authentic: 'failed'}, checks: {'proof.created': 'proof.created.future'}});

  // --- what this version does not evaluate
  const status = {id: 'https://university.example/status/3#94567', type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation', statusListIndex: '94567',
    statusListCredential: 'https://university.example/status/3'};
  await good({id: 'status-not-evaluated', title: 'a badge with a status whose list is not there: authentic, but it may have been revoked',
    spec: 'https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm',
    document: await issue({...samples.obSmall(), credentialStatus: status}, suites.rdfc(issuer)),
    expect: indeterminate({'status.entry': 'status.list.needed', 'proof.signature': 'proof.signature.good',
      'issuer.bound': 'issuer.bound'}, {authentic: 'passed', current: 'indeterminate', trusted: 'passed'})});
  const schema = {id: 'https://university.example/schema.json', type: '1EdTechJsonSchemaValidator2019'};
  await good({id: 'schema-not-evaluated', title: 'a badge with a schema, which is only reported',
    spec: 'https://www.w3.org/TR/vc-data-model-2.0/#data-schemas',
    document: await issue({...samples.obFull(), credentialSchema: [schema]}, suites.rdfc(issuer)),
    expect: verified({schema: 'schema.needed'})});
  await good({id: 'refresh-named', title: 'a badge that names a place for newer versions',
    spec: 'https://www.w3.org/TR/vc-data-model-2.0/#refreshing',
    document: await issue({...samples.obFull(), refreshService: {id: 'https://university.example/refresh',
      type: '1EdTechCredentialRefresh'}}, suites.rdfc(issuer)), expect: verified({refresh: 'refresh.named'})});

  // --- endorsements
  const endorsement = await issue(samples.endorsementOf(samples.obSmall().id, endorser), suites.rdfc(endorser));
  const both = oneOf(issuer.controller, endorser.controller);
  await good({id: 'endorsement', title: 'an EndorsementCredential on its own', spec:
    'https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential', document: endorsement,
  policy: oneOf(endorser.controller)});
  const endorsed = {...samples.obSmall(), endorsement: [endorsement]};
  await good({id: 'endorsed', title: 'a badge with a good endorsement, which counts for nothing but is reported', spec:
    'https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential',
  document: await issue(endorsed, suites.rdfc(issuer)), policy: both,
  expect: verified({'embedded.endorsement': 'endorsement.verified'})});
  output.entry({id: 'endorsed-by-stranger', title: 'the same, and the policy does not accept the endorser: the badge is ' +
    'good, the endorsement is reported', spec: 'design.md §3', input: 'credentials/endorsed.json',
  policy: oneOf(issuer.controller), expect: verified({'embedded.endorsement': 'endorsement.notVerified'})});
  const bad = clone(endorsement);
  bad.credentialSubject.endorsementComment = 'The best there is.';
  await good({id: 'endorsed-badly', title: 'a badge whose endorsement was tampered with before the badge was signed: ' +
    'the badge is good, the endorsement is reported', spec:
    'https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential',
  document: await issue({...samples.obSmall(), endorsement: [bad]}, suites.rdfc(issuer)), policy: both,
  expect: verified({'embedded.endorsement': 'endorsement.notVerified'})});

}
