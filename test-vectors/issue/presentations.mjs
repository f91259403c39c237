// Presentations: whom they answer, who made them, what is in them.
import {ED2020, V1, clone, issue, oneOf, sign, suites} from './lib.mjs';
import {attacker, holder, issuer} from './people.mjs';
import * as samples from './samples.mjs';

const PRESENTATION = 'https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations';

/** Adds the presentations. */
export async function presentations(output) {
  const small = await issue(samples.obSmall(), suites.rdfc(issuer));
  const challenge = '3182bdea-63d9-11ea-b6de-3b7c1404d57f';
  const domain = 'jobs.example';
  const expected = {challenge, domain, holder: holder.controller};
  const options = {purpose: 'authentication', challenge, domain};
  const axes = {addressed: 'passed'};
  const policy = oneOf(issuer.controller);
  const passed = {'embedded.verdict': 'embedded.verified', 'proof.signature': 'proof.signature.good'};
  const v2 = await sign(samples.presentation([small], holder), suites.rdfc(holder), options);
  output.entry({id: 'presentation', title: 'a signed presentation that answers the expected challenge for the expected ' +
    'domain', spec: PRESENTATION, document: v2, policy, occasion: expected, expect: {verdict: 'verified',
    axes: {authentic: 'passed', addressed: 'passed'}, checks: {...passed, 'proof.challenge': 'proof.challenge.ok',
      'proof.domain': 'proof.domain.ok', holder: 'holder.matches'}}});
  output.entry({id: 'presentation-nothing-expected', title: 'the same, and nothing is expected: a replay would not be ' +
    'noticed, and the report says so', spec: PRESENTATION, input: 'credentials/presentation.json', policy,
  expect: {verdict: 'verified', axes: {authentic: 'passed', addressed: 'notApplicable'}, checks: {...passed,
    'proof.challenge': 'proof.challenge.notExpected', 'proof.domain': 'proof.domain.notExpected',
    holder: 'holder.notExpected'}}});
  const wrong = (id, title, occasion, checks, input = 'credentials/presentation.json') => output.entry({id, title,
    spec: 'threats.md D23', input, policy, occasion: {...expected, ...occasion},
    expect: {verdict: 'notVerified', axes: {addressed: 'failed'}, checks}});
  wrong('presentation-wrong-challenge', 'the presentation answers another challenge: a replay',
    {challenge: 'another'}, {'proof.challenge': 'proof.challenge.wrong', 'proof.domain': 'proof.domain.ok'});
  wrong('presentation-wrong-domain', 'the presentation was made for another verifier', {domain: 'bank.example'},
    {'proof.domain': 'proof.domain.wrong', 'proof.challenge': 'proof.challenge.ok'});
  wrong('presentation-wrong-holder', 'the presentation was made by somebody else than expected',
    {holder: 'did:example:mallory'}, {holder: 'holder.differs'});
  const bare = await sign(samples.presentation([small], holder), suites.rdfc(holder), {purpose: 'authentication',
    challenge});
  output.file('credentials/presentation-no-domain.json', bare);
  wrong('presentation-no-domain', 'a domain is expected and the proof names none', {},
    {'proof.domain': 'proof.domain.wrong', 'proof.challenge': 'proof.challenge.ok'},
    'credentials/presentation-no-domain.json');
  const assertion = await sign(samples.presentation([small], holder), suites.rdfc(holder));
  output.entry({id: 'presentation-purpose', title: 'the proof of a presentation has the purpose of a credential', spec:
    'threats.md D07', document: assertion, policy,
  expect: {verdict: 'notVerified', axes: {authentic: 'failed'}, checks: {'proof.purpose': 'proof.purpose.wrong'}}});
  const several = await sign(samples.presentation([small], holder),
    suites.rdfc(holder, {domain: [domain, 'www.jobs.example']}), {purpose: 'authentication', challenge});
  output.entry({id: 'presentation-domain-set', title: 'a proof for more domains than the expected one (Data Integrity ' +
    '§4.4 step 8 compares sets)', spec: 'threats.md D23', document: several, policy, occasion: expected,
  expect: {verdict: 'notVerified', axes: {addressed: 'failed'}, checks: {'proof.domain': 'proof.domain.wrong'}}});
  const unsigned = samples.presentation([small]);
  output.entry({id: 'presentation-unsigned', title: 'an unsigned presentation is a bundle: its credentials count',
    spec: PRESENTATION, document: unsigned, policy, expect: {verdict: 'verified', checks: {
      'securing.present': 'securing.unsignedPresentation', 'embedded.verdict': 'embedded.verified'}}});
  output.entry({id: 'presentation-unsigned-expected', title: 'an unsigned presentation cannot answer a challenge',
    spec: 'design.md §3', input: 'credentials/presentation-unsigned.json', policy, occasion: {challenge},
    expect: {verdict: 'notVerified', checks: {'securing.present': 'securing.presentation.unsigned'}}});
  const v1Credential = await issue(samples.obV1(), suites.ed2020(issuer));
  const tampered = clone(small);
  tampered.name = 'Leadership Badge';
  const mixed = await sign(samples.presentation([small, tampered], holder), suites.rdfc(holder), options);
  output.entry({id: 'presentation-one-bad', title: 'one credential among good ones was tampered with: the whole is not ' +
    'verified, the good one has its own verdict', spec: 'threats.md D30, D31', document: mixed, policy,
  occasion: expected, expect: {verdict: 'notVerified', checks: {'embedded.verdict': 'embedded.notVerified',
    'proof.signature': 'proof.signature.good'}}});
  output.entry({id: 'presentation-one-bad-first', title: 'the same in the other order', spec: 'threats.md D31',
    document: await sign(samples.presentation([tampered, small], holder), suites.rdfc(holder), options), policy,
    occasion: expected, expect: {verdict: 'notVerified', checks: {'embedded.verdict': 'embedded.notVerified'}}});
  const pair = await sign(samples.presentation([small, v1Credential], holder), suites.rdfc(holder), options);
  output.entry({id: 'presentation-two', title: 'two good credentials of different data models', spec: PRESENTATION,
    document: pair, policy, occasion: expected, expect: {verdict: 'verified', checks: passed}});
  const swapped = await sign(samples.presentation([small], holder), suites.rdfc(attacker), options);
  output.entry({id: 'presentation-other-signer', title: 'somebody else signs the holder\'s presentation', spec:
    'threats.md D09', document: swapped, policy, occasion: expected, expect: {verdict: 'notVerified', checks: {}}});
  output.entry({id: 'presentation-changed', title: 'a credential is added to a signed presentation', spec:
    'threats.md D30', document: {...v2, verifiableCredential: [small, tampered]}, policy, occasion: expected,
  expect: {verdict: 'notVerified', checks: {'proof.signature': 'proof.signature.invalid',
    'embedded.verdict': 'embedded.notVerified'}}});

  const v1 = await sign(samples.presentation([v1Credential], holder, [V1, ED2020]), suites.ed2020(holder), options);
  output.entry({id: 'presentation-v1', title: 'a signed presentation in VCDM 1.1', spec:
    'https://www.w3.org/TR/vc-data-model/#presentations-0', document: v1, policy, occasion: expected,
  expect: {verdict: 'verified', axes: {authentic: 'passed', addressed: 'passed'}, checks: {...passed,
    'proof.challenge': 'proof.challenge.ok', 'proof.domain': 'proof.domain.ok', holder: 'holder.matches'}}});
  output.entry({id: 'presentation-v1-wrong-challenge', title: 'the same with another challenge', spec: 'threats.md D23',
    input: 'credentials/presentation-v1.json', policy, occasion: {...expected, challenge: 'another'},
    expect: {verdict: 'notVerified', axes: {addressed: 'failed'}, checks: {
      'proof.challenge': 'proof.challenge.wrong'}}});
}
