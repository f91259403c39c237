// Learning and Employment Records of HR Open Standards and of the T3 network: bundles that nobody signs, wrappers as
// tokens and under JCS, and what stands in them, which is verified on its own.
import {createVerifiableCredentialJwt} from 'did-jwt-vc';
import {EdDSASigner} from 'did-jwt';
import {DI2, NOW, V1, V2, clone, indeterminate, issue, notVerified, oneOf, sign, suites, verified} from './lib.mjs';
import {joseKey, jws, verifiesWith} from './jose_keys.mjs';
import {bound} from './jwt.mjs';
import {attacker, issuer} from './people.mjs';
import * as samples from './samples.mjs';

const SPEC = 'https://schema.hropenstandards.org/4.5/recruiting/json/ler-rs/LER-RSType.json';
const T3 = 'https://www.uschamberfoundation.org/solutions/workforce-development-and-training/t3-innovation-network';
const TYPE = version => `http://schema.hropenstandards.org/${version}/recruiting/json/ler-rs/LER-RSType.json`;
const SCHEMA = 'http://schema.hropenstandards.org/4.5/recruiting/json/VerifiableCredentialLER-RSType.json';

/** Ada's record, with these verifications of what she learned. */
const record = (verifications, {version = '4.5'} = {}) => ({
  type: TYPE(version),
  person: {name: {formattedName: 'Ada Lovelace', given: 'Ada', family: 'Lovelace'}},
  communication: {email: [{useCode: 'private', address: samples.EMAIL}]},
  employmentHistories: [{organization: {tradeName: 'Example Mills'}, positionHistories: [
    {title: 'Analyst', start: '2021-04-01', current: true}, {title: 'Engineer', start: '2019', end: '2021-03'}]}],
  educationAndLearnings: [{institution: {name: 'Example University'}, start: '2015', end: '2019',
    educationDegrees: [{name: 'Bachelor of Science', date: '2019', degreeGrantedStatus: 'Granted'}]}],
  certifications: [{verifications}],
  skills: [{name: 'Data analysis', yearsOfExperience: 5}]
});

/** Adds the records. */
export async function lerRs(output) {
  const platform = await joseKey('ler platform', 'EdDSA');
  const pair = {controller: platform.controller};
  const policy = oneOf(platform.controller, issuer.controller);
  const badge = await issue(samples.obTypical(), suites.rdfc(issuer));
  const tampered = {...clone(badge), name: 'Doctor of Data'};
  const add = (id, title, document, expect, more = {}) => output.entry({id: `ler-${id}`, title, spec: SPEC, document, policy,
    expect, ...more});
  const unsecured = (checks = {}) => notVerified({'securing.present': 'securing.missing', ...checks}, {authentic: 'failed'});

  // --- bundles: nothing secures them, whatever is in them
  add('bundle', 'a record that nobody signs, with a badge that is verified on its own', record([badge]),
    unsecured({'embedded.verdict': 'embedded.verified'}));
  add('bundle-4-4', 'the same in version 4.4', record([badge], {version: '4.4'}),
    unsecured({'embedded.verdict': 'embedded.verified'}));
  add('bundle-tampered', 'the same with a badge that was changed', record([tampered]),
    unsecured({'embedded.verdict': 'embedded.notVerified'}));
  add('bundle-contact', 'somebody to ask is no verification', record([{verifyingOrganization: {name: 'Registry'}}]),
    unsecured({contacts: 'lerRs.verification.contact'}));
  const wrong = record([badge]);
  wrong.employmentHistories = 'Example Mills';
  add('bundle-wrong-type', 'employment that is text', wrong, unsecured({'document.conformance': 'document.member.type'}));

  // --- wrappers
  const wrapper = (subject, by = pair) => ({'@context': [V1, SCHEMA], id: 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d21',
    type: ['VerifiableCredential', 'LER-RS VC'], issuer: by.controller, issuanceDate: '2026-01-15T00:00:00Z',
    credentialSubject: subject});
  const {alg, controller: did, id: kid} = platform;
  const signer = EdDSASigner(Buffer.from(platform.privateJwk.d, 'base64url'));
  const token = credential => createVerifiableCredentialJwt(credential, {did, signer, alg}, {header: {kid, typ: 'JWT'}});
  const good = {extension: 'jwt', peer: verifiesWith(platform, {now: NOW})};
  const bad = {...good, lenient: 'the library looks at the signature alone'};
  const whole = await token(wrapper(record([badge])));
  add('wrapper-jwt', 'a wrapper as token, with a badge in it', whole, bound({'embedded.verdict': 'embedded.verified'}), good);
  add('wrapper-jwt-deeper', 'the record one level deeper, where the schema has it', await token(wrapper({id:
    'did:example:ada', lerrsType: record([badge])})), bound({'embedded.verdict': 'embedded.verified'}), good);
  const others = {...record([badge]), communication: {email: [{address: 'mallory@example.org'}]}};
  add('wrapper-jwt-of-somebody-else', 'a good badge about somebody else than the person whose record it is: reported at the ' +
    'badge', await token(wrapper(others)), bound({'embedded.verdict': 'embedded.verified'}), good);
  add('wrapper-jwt-tampered', 'a good wrapper around a badge that was changed', await token(wrapper(record([tampered]))),
    notVerified({'embedded.verdict': 'embedded.notVerified', 'proof.signature': 'proof.signature.good'}), bad);
  const [head, , signature] = whole.split('.');
  const [, changed] = (await token(wrapper({...record([badge]), skills: [{name: 'Law'}]}))).split('.');
  add('wrapper-jwt-changed', 'the claims of another wrapper under this signature', [head, changed, signature].join('.'),
    notVerified({'proof.signature': 'proof.signature.invalid'}, {authentic: 'failed'}), good);
  const thief = await joseKey('attacker', 'EdDSA');
  const stolen = wrapper(record([badge]));
  add('wrapper-jwt-of-attacker', 'a wrapper that names the platform, by somebody else', await jws(thief, {iss: did, nbf:
    1768435200, jti: stolen.id, vc: stolen}, {typ: 'JWT', kid: thief.id}), notVerified({}, {authentic: 'failed'}),
  {extension: 'jwt', peer: verifiesWith(platform, {now: NOW})});
  const jcs = await sign(wrapper(record([badge]), issuer), suites.jcs(issuer));
  add('wrapper-jcs', 'a wrapper under a suite that needs no JSON-LD', jcs, verified({'embedded.verdict':
    'embedded.verified'}));
  add('wrapper-jcs-tampered', 'the same with another position', (() => {
    const document = clone(jcs);
    document.credentialSubject.employmentHistories[0].positionHistories[0].title = 'Director';
    return document;
  })(), notVerified({'proof.signature': 'proof.signature.invalid'}, {authentic: 'failed'}));
  add('wrapper-rdfc', 'a JSON Schema in the place of a context: there is nothing that a signature over quads could be checked ' +
    'against', {...wrapper(record([badge]), issuer), proof: {...(await issue(samples.vcMinimal(), suites.rdfc(issuer))).proof}},
  indeterminate({'contexts.available': 'context.jsonSchema'}, {authentic: 'indeterminate'}));
  add('wrapper-unsigned', 'a wrapper that nobody signed', wrapper(record([badge])), unsecured());

  // --- T3
  const resume = by => ({
    '@context': [V1, {'@vocab': 'https://schema.hropenstandards.org/4.4/', name: 'https://schema.org/name',
      formattedName: 'https://schema.org/formattedName', employmentHistory: {'@id': 'https://schema.org/employmentHistory',
        '@container': '@list'}, skills: {'@id': 'https://schema.org/skills', '@container': '@list'},
      company: 'https://schema.org/worksFor', Resume: 'https://schema.hropenstandards.org/4.4#Resume'}, DI2],
    id: 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d22', type: ['VerifiableCredential', 'LERRSCredential'],
    issuer: by.controller, issuanceDate: '2026-01-15T00:00:00Z', credentialSubject: {type: 'Resume',
      person: {name: {formattedName: 'Ada Lovelace'}, primaryLanguage: 'en'}, employmentHistory: [{company: 'Example Mills',
        position: 'Analyst', startDate: '2021-04-01', stillEmployed: true}], skills: [{name: 'Data analysis'}]}});
  const t3 = {spec: T3};
  add('t3-jwt', 'a résumé of T3 as token, with a badge', await token((() => {
    const document = resume(pair);
    document.credentialSubject.employmentHistory[0].verifiedCredentials = [{vc: badge}];
    return document;
  })()), bound({'embedded.verdict': 'embedded.verified'}), {...good, ...t3});
  const inline = await sign(resume(issuer), suites.rdfc(issuer));
  add('t3-inline-allowed', 'a résumé of T3 that brings its own context, which the policy allows', inline, verified(),
    {...t3, policy: {...policy, inlineContexts: 'allowUnreservedWithVocab'}});
  add('t3-inline', 'the same where the policy does not say so', undefined, indeterminate({'contexts.available':
    'context.inline.refused'}, {authentic: 'indeterminate'}), {...t3, input: 'credentials/ler-t3-inline-allowed.json'});
  const claim = {'@context': [V2, 'https://w3id.org/hr/v1'], type: ['VerifiableCredential', 'SkillClaimCredential'],
    issuer: issuer.controller, validFrom: '2026-01-15T00:00:00Z', credentialSubject: {id: 'did:example:ada', type:
      'SkillClaim', skill: [{id: 'http://data.europa.eu/esco/skill/97965983-0da4-4902-9daf-d5cd2693ef73', name:
        'Data analysis'}]}};
  add('t3-skill-claim', 'a claim of skills of T3', await sign(claim, suites.jcs(issuer)), verified(), t3);
  add('t3-skill-claim-of-attacker', 'a claim of skills that names an issuer who did not sign it', await sign(claim,
    suites.jcs(attacker)), notVerified({}, {authentic: 'failed'}), t3);
}
