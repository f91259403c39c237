// What is reported without being a forgery: rules of Open Badges on top of the data model, odd but signed things,
// registries, envelopes, and what a policy switched off.
import {ED2020, V2, authenticBut, clone, indeterminate, issue, notVerified, oneOf, sign, suites, verified} from './lib.mjs';
import {endorser, holder, issuer, web, webDocument} from './people.mjs';
import * as samples from './samples.mjs';

const OB3 = 'https://www.imsglobal.org/spec/ob/v3p0/';

export async function reported(output) {
  const policy = oneOf(issuer.controller);
  const both = oneOf(issuer.controller, endorser.controller);
  const add = (id, title, spec, document, expect, more = {}) =>
    output.entry({id, title, spec, document, policy, expect, ...more});

  // --- the profile of Open Badges: broken rules are reported, the badge is what its issuer signed
  const profile = async (id, title, change, code, {base = samples.obSmall, spec = `${OB3}#data-model`, ...more} = {}) => {
    const document = base();
    const changed = change(document) ?? document;
    add(`profile-${id}`, title, spec, await issue(changed, suites.rdfc(issuer)),
      verified({'profile.openBadges': code}), more);
  };
  await profile('no-description', 'an achievement without description',
    vc => void delete vc.credentialSubject.achievement.description, 'profile.openBadges.missing');
  await profile('no-criteria', 'an achievement without criteria',
    vc => void delete vc.credentialSubject.achievement.criteria, 'profile.openBadges.missing');
  await profile('issuer-no-profile', 'an issuer without the type Profile', vc => void delete vc.issuer.type,
    'profile.openBadges.type');
  await profile('two-subjects', 'two subjects', vc => void (vc.credentialSubject = [vc.credentialSubject,
    {...vc.credentialSubject, id: 'did:example:charles'}]), 'profile.openBadges.value');
  await profile('result-not-allowed', 'a grade that the achievement does not have',
    vc => void (vc.credentialSubject.result[0].value = 'A+'), 'profile.openBadges.value', {base: samples.obFull,
      spec: `${OB3}#result`});
  await profile('result-undescribed', 'a result that refers to a description that is not there',
    vc => void (vc.credentialSubject.result[0].resultDescription = 'urn:uuid:00000000-0000-4000-8000-000000000000'),
    'profile.openBadges.result', {base: samples.obFull, spec: `${OB3}#result`});
  await profile('level-unknown', 'a level that the rubric does not have',
    vc => void (vc.credentialSubject.result[1].achievedLevel = 'urn:uuid:00000000-0000-4000-8000-000000000000'),
    'profile.openBadges.result', {base: samples.obFull, spec: `${OB3}#result`});
  await profile('context-order', 'the context of Open Badges is not the second one', vc => void vc['@context'].splice(1, 0,
    ED2020), 'profile.openBadges.context', {spec: `${OB3}#context`});
  const endorsementBy = async (pair, subject = samples.obSmall().id) =>
    issue(samples.endorsementOf(subject, pair), suites.rdfc(pair));
  const elsewhere = await endorsementBy(endorser, 'https://other.example/badges/1');
  await profile('endorsement-elsewhere', 'an endorsement of something else than what it hangs on',
    vc => void (vc.endorsement = [elsewhere]), 'profile.openBadges.endorsement', {policy: both,
      spec: `${OB3}#endorsementsubject`});
  const own = await endorsementBy(issuer);
  await profile('endorsement-own', 'an issuer endorses its own badge', vc => void (vc.endorsement = [own]),
    'profile.openBadges.selfEndorsement', {spec: `${OB3}#endorsementcredential`});
  const byWeb = await endorsementBy(web);
  add('endorsed-by-unknown', 'an endorsement by an issuer whose document is not there: the badge does not depend on it',
    'design.md §3', await issue({...samples.obSmall(), endorsement: [byWeb]}, suites.rdfc(issuer)),
    verified({'embedded.endorsement': 'endorsement.indeterminate'}), {policy: oneOf(issuer.controller, web.controller)});

  // --- odd, but signed
  const odd = samples.obSmall();
  odd.credentialSubject.achievement.id = 'https://university.example/achievements/100%';
  add('iri-odd', 'an identifier with a percent sign that begins no escape: it is signed as it is, and reported',
    'design.md §6', await issue(odd, suites.rdfc(issuer)), verified({'jsonld.iris': 'jsonld.iri.odd'}));

  // --- data model
  const bare = {...samples.vcMinimal(), credentialSubject: {}};
  add('document-subject-empty', 'a subject of whom nothing is said', 'https://www.w3.org/TR/vc-data-model-2.0/#credential-subject',
    await sign(bare, suites.jcs(issuer)), notVerified({'document.conformance': 'document.member.value'}));
  add('document-member-of-other-model', 'expirationDate, which is VCDM 1.1, in VCDM 2.0: an end that only readers see',
    'https://www.w3.org/TR/vc-data-model-2.0/#validity-period',
    await sign({...samples.vcMinimal(), expirationDate: '2026-06-30T00:00:00Z'}, suites.jcs(issuer)),
    indeterminate({'validity.until': 'validity.until.unknown'}, {authentic: 'passed', current: 'indeterminate'}));
  const small = await issue(samples.obSmall(), suites.rdfc(issuer));
  add('jsonld-value-object-invalid', 'a value object with both a type and a language', 'JSON-LD 1.1 API §5.1',
    {...clone(small), credentialSubject: {...small.credentialSubject, achievement: {...small.credentialSubject.achievement,
      name: {'@value': 'Teamwork', '@language': 'en', '@type': 'http://www.w3.org/2001/XMLSchema#string'}}}},
    notVerified({'jsonld.lossless': 'jsonld.invalid'}));

  // --- several proofs, and one that cannot be judged
  const elsewhereSigned = (await sign(samples.obSmall(), suites.rdfc(web))).proof;
  const pair = {...small, proof: [small.proof, elsewhereSigned]};
  add('set-undecided', 'a further proof whose key cannot be had', 'design.md §4', pair,
    indeterminate({'securing.proofs': 'securing.proofs.undecided'}));
  add('set-undecided-any-proof', 'the same, and the policy is content with any good proof of the issuer', 'design.md §4', pair,
    {verdict: 'verified', checks: {'proof.other': 'proof.other.undecided'}}, {input: 'credentials/set-undecided.json',
      policy: {...policy, proofSet: 'anyProof'}});

  // --- presentations and envelopes
  const expected = {holder: holder.controller};
  add('holder-of-credential', 'a holder is expected, and a credential came instead of a presentation', 'design.md §3',
    undefined, indeterminate({holder: 'holder.notStated'}, {authentic: 'passed', addressed: 'indeterminate'}),
    {input: 'credentials/ob3-small.json', occasion: expected});
  const unknown = await issue(samples.obSmall(web), suites.rdfc(web));
  add('presentation-one-unknown', 'one credential of a presentation is by an issuer whose document is not there',
    'design.md §3', samples.presentation([small, unknown]), indeterminate({'embedded.verdict': 'embedded.indeterminate'}),
    {policy: oneOf(issuer.controller, web.controller)});
  add('presentation-one-not-accepted', 'one credential of a presentation is by an issuer whom the policy does not accept',
    'design.md §3', undefined, notVerified({'embedded.verdict': 'embedded.notVerified'}),
    {input: 'credentials/presentation-one-unknown.json'});
  output.entry({id: 'presentation-one-known', title: 'the same with that document', spec: 'design.md §3',
    input: 'credentials/presentation-one-unknown.json', policy: oneOf(issuer.controller, web.controller), resources: [{
      kind: 'controlledIdentifierDocument', id: web.controller, file: output.file('resources/did-web.json', webDocument)}],
    expect: {verdict: 'verified', checks: {'embedded.verdict': 'embedded.verified'}}});
  const envelope = {'@context': V2, id: 'data:application/vc+jwt,eyJhbGciOiJFZERTQSJ9.e30.AAAA',
    type: 'EnvelopedVerifiableCredential'};
  add('enveloped', 'an envelope around a token without a record',
    'https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials', envelope,
    indeterminate({'document.format': 'format.notRecognised'}));
  add('presentation-enveloped', 'a presentation of such an envelope',
    'https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials', samples.presentation([envelope]),
    indeterminate({'embedded.verdict': 'embedded.indeterminate'}));

  // --- registries
  const URL = 'https://registry.example/issuers.json';
  const registered = {acceptedIssuers: {registered: [URL]}};
  const registry = (id, title, answer, expect) => output.entry({id: `registry-${id}`, title, spec: 'design.md §4',
    input: 'credentials/ob3-small.json', policy: registered, resources: answer ? [{kind: 'issuerRegistry', id: URL,
      ...answer}] : [], expect});
  const listing = (name, ...ids) => ({file: output.file(`resources/registry-${name}.json`,
    {registry: Object.fromEntries(ids.map(id => [id, {name: 'Example University'}]))})});
  const trusted = (code, axis, verdict) => ({verdict, axes: {authentic: 'passed', trusted: axis},
    checks: {'issuer.accepted': code}});
  registry('lists', 'the registry lists the issuer', listing('lists', issuer.controller),
    trusted('issuer.accepted', 'passed', 'verified'));
  registry('lists-other', 'the registry answered, and does not list the issuer', listing('lists-other', web.controller),
    trusted('issuer.notAccepted', 'failed', 'notVerified'));
  registry('missing', 'the registry has not been asked yet', undefined,
    trusted('issuer.unknown', 'indeterminate', 'indeterminate'));
  registry('unavailable', 'the registry does not answer', {unavailable: 'timeout'},
    trusted('issuer.unknown', 'indeterminate', 'indeterminate'));
  registry('not-json', 'the registry answers with a web page', {file: output.file('resources/registry-not-json.html',
    '<!doctype html>\n')}, trusted('issuer.unknown', 'indeterminate', 'indeterminate'));

  // --- what a policy switches off or demands
  output.entry({id: 'danger-skipped', title: 'the policy switched off a check that protects against forgery: said in the ' +
    'report, and the axis is not green', spec: 'design.md §4', input: 'credentials/ob3-small.json',
  policy: {...policy, danger: {skip: ['jsonld.positions']}}, expect: {verdict: 'verified', axes: {authentic: 'skipped'},
    checks: {'policy.danger': 'policy.danger.skipped'}}});
  output.entry({id: 'schema-required', title: 'the policy demands that the schema is followed, which is ' +
    'not at hand', spec: 'design.md §4', input: 'credentials/schema-not-evaluated.json',
  policy: {...policy, checks: {schema: 'require'}}, expect: indeterminate({schema: 'schema.needed'})});
  output.entry({id: 'profile-required', title: 'the policy demands that the rules of Open Badges are followed', spec:
    'design.md §4', input: 'credentials/profile-no-criteria.json', policy: {...policy,
    checks: {'profile.openBadges': 'require'}}, expect: notVerified({'profile.openBadges': 'profile.openBadges.missing'},
    {authentic: 'passed', current: 'passed', trusted: 'passed'})});
  output.entry({id: 'status-not-required', title: 'the policy only wants the status reported: the axis stays what it is',
    spec: 'design.md §3', input: 'credentials/status-not-evaluated.json', policy: {...policy,
      checks: {'status.entry': 'report'}}, expect: {verdict: 'verified', axes: {authentic: 'passed',
      current: 'indeterminate'}, checks: {'status.entry': 'status.list.needed'}}});
  output.entry({id: 'expired-not-required', title: 'the policy only wants the expiry reported: the axis stays failed', spec:
    'design.md §3', input: 'credentials/expired.json', policy: {...policy, checks: {'validity.until': 'report'}},
  expect: {verdict: 'verified', axes: {current: 'failed'}, checks: {'validity.until': 'validity.expired'}}});
  output.entry({id: 'clock-skew-zero', title: 'a policy without tolerance for clocks', spec: 'design.md §4',
    input: 'credentials/expired-within-skew.json', policy: {...policy, clockSkew: 0},
    expect: authenticBut({current: 'failed'}, {'validity.until': 'validity.expired'})});
}
