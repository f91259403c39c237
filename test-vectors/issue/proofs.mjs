// Several proofs, unknown suites, wrong purposes, chains that do not hold.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {CREATED, ED2020, authenticBut, clone, indeterminate, notVerified, oneOf, sign, suites, verified}
  from './lib.mjs';
import {attacker, cosigner, endorser, issuer} from './people.mjs';
import * as samples from './samples.mjs';
import {withContext} from './valid.mjs';

const SETS = 'https://www.w3.org/TR/vc-data-integrity/#proof-sets';
const forged = checks => notVerified(checks, {authentic: 'failed'});

export async function proofs(output) {
  const policy = oneOf(issuer.controller);
  const add = (id, title, spec, document, expect, more = {}) =>
    output.entry({id, title, spec, document, policy, expect, ...more});
  const small = await sign(samples.obSmall(), suites.rdfc(issuer));

  // --- suites
  const named = name => new DataIntegrityProof({signer: issuer.signer(), date: CREATED, cryptosuite: {...rdfc, name}});
  for(const name of ['eddsa-2022', 'eddsa-rdf-2022']) {
    add(`suite-${name}`, `the name ${name} from before the standard, for what is now eddsa-rdfc-2022`, 'design.md §4',
      await sign(samples.obSmall(), named(name)), verified({'proof.suite': 'proof.suite.preStandard'}));
  }
  const unknown = await sign(samples.obSmall(), named('experimental-2027'));
  const undecided = {'securing.proofs': 'securing.proofs.undecided', 'proof.suite': 'proof.suite.unsupported'};
  add('suite-unknown', 'the only proof is of an unknown suite: nothing can be said', 'threats.md D14', unknown,
    indeterminate(undecided, {authentic: 'indeterminate'}));
  add('suite-letter-case', 'names of suites are compared exactly', 'threats.md D14',
    await sign(samples.obSmall(), named('EdDSA-RDFC-2022')), indeterminate(undecided, {authentic: 'indeterminate'}));
  add('suite-unknown-beside-good', 'a proof of an unknown suite beside a good one by the issuer', 'design.md §4',
    {...small, proof: [unknown.proof, small.proof]}, verified({'proof.other': 'proof.other.ignored'}));
  output.entry({id: 'suite-unknown-every-proof', title: 'the same, and the policy wants every proof to be good',
    spec: 'design.md §4', input: 'credentials/suite-unknown-beside-good.json', policy: {...policy, proofSet: 'everyProof'},
    expect: indeterminate({'securing.proofs': 'securing.proofs.undecided'}, {authentic: 'indeterminate'})});
  for(const type of ['RsaSignature2018', 'JsonWebSignature2020']) {
    const document = clone(small);
    document.proof = {type, created: CREATED, proofPurpose: 'assertionMethod', verificationMethod: issuer.id,
      jws: 'eyJhbGciOiJFZERTQSIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19..AAAA'};
    add(`suite-legacy-${type}`, `the legacy suite ${type} does not count`, 'threats.md D15', document,
      {verdict: 'indeterminate', axes: {authentic: 'indeterminate'}, checks: {}});
  }
  output.entry({id: 'suite-not-accepted', title: 'a good proof of a suite that the policy does not accept', spec:
    'design.md §4', input: 'credentials/ob3-jcs.json', policy: {...policy, acceptedSuites: ['eddsa-rdfc-2022']},
  expect: indeterminate({'proof.suite': 'proof.suite.notAccepted'}, {authentic: 'indeterminate'})});
  const crossed = withContext(small, ED2020);
  add('suite-type-crossed', 'a proof of eddsa-rdfc-2022 calls itself Ed25519Signature2020', 'threats.md D14',
    {...crossed, proof: {...small.proof, type: 'Ed25519Signature2020'}},
    indeterminate(undecided, {authentic: 'indeterminate'}));

  // --- purposes and times
  add('purpose-authentication', 'a signature made to log in, shown as a credential', 'threats.md D07',
    await sign(samples.obSmall(), suites.rdfc(issuer), {purpose: 'authentication', challenge: 'c', domain: 'd'}),
    forged({'proof.purpose': 'proof.purpose.wrong'}));
  add('created-without-offset', 'an instant without offset is UTC', 'https://www.w3.org/TR/vc-data-integrity/#proofs',
    await sign(samples.obSmall(), suites.rdfc(issuer, {createdText: '2026-01-15T09:30:00'})),
    verified({'proof.created': 'proof.created.ok'}));
  add('created-no-date', 'the instant of the proof is no date and time', 'threats.md D22',
    await sign(samples.obSmall(), suites.rdfc(issuer, {createdText: 'yesterday'})),
    forged({'proof.created': 'proof.created.format'}));
  add('expires-no-date', 'the expiry of the proof is no date and time', 'threats.md D22',
    await sign(samples.obSmall(), suites.rdfc(issuer, {expires: 'never'})),
    {verdict: 'notVerified', axes: {current: 'failed'}, checks: {'proof.expires': 'proof.expires.format'}});

  // --- sets
  const other = await sign(samples.obSmall(), suites.rdfc(attacker));
  const broken = clone(small).proof;
  broken.proofValue = other.proof.proofValue;
  add('set-attacker-good-issuer-bad', 'a good proof by an attacker does not make up for a bad one of the issuer',
    'threats.md D03', {...small, proof: [other.proof, broken]}, forged({'securing.proofs': 'securing.proofs.failed',
      'proof.signature': 'proof.signature.invalid'}));
  add('set-issuer-good-and-bad', 'one proof of the issuer is good and one is wrong', 'threats.md D06',
    {...small, proof: [small.proof, broken]}, forged({'securing.proofs': 'securing.proofs.failed'}));
  output.entry({id: 'set-any-proof', title: 'the same, and the policy is content with any good proof of the issuer',
    spec: 'design.md §4', input: 'credentials/set-issuer-good-and-bad.json', policy: {...policy, proofSet: 'anyProof'},
    expect: {verdict: 'verified', checks: {'securing.proofs': 'securing.proofs.satisfied',
      'proof.other': 'proof.other.wrong'}}});
  add('set-bad-cosignature', 'the issuer\'s proof is good, a co-signature is wrong', 'design.md §4',
    {...small, proof: [small.proof, {...other.proof, proofValue: small.proof.proofValue}]},
    forged({'securing.proofs': 'securing.proofs.failed'}));
  add('set-attacker-good-issuer-unknown-suite', 'an attacker\'s proof is good, the issuer\'s is of an unknown suite',
    'threats.md D03', {...small, proof: [other.proof, unknown.proof]},
    indeterminate({'securing.proofs': 'securing.proofs.undecided'}, {authentic: 'indeterminate'}));
  output.entry({id: 'set-too-many', title: 'more proofs than the limit', spec: 'design.md §9',
    document: {...small, proof: Array(33).fill(small.proof)}, policy,
    expect: {verdict: 'indeterminate', checks: {limits: 'limits.proofs'}}});

  // --- chains
  const CHAIN = 'threats.md D05';
  const A = 'urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544';
  const B = 'urn:uuid:8cc9022b-6b14-4cf3-8571-74972c5feb54';
  const base = await sign(samples.obSmall(), suites.rdfc(cosigner, {id: A}));
  const top = async (members, previous) => (await sign(samples.obSmall(),
    suites.rdfc(issuer, {...members, previous}))).proof;
  const onBase = await top({previousProof: A}, [base.proof]);
  add('chain-missing', 'the proof that the issuer\'s builds on was removed', CHAIN, {...small, proof: [onBase]},
    forged({'proof.chain': 'proof.chain.missing'}));
  const changed = {...base.proof, created: '2026-01-14T09:30:00Z'};
  add('chain-broken', 'the proof that the issuer\'s builds on was changed', CHAIN, {...small, proof: [changed, onBase]},
    forged({}));
  const wrong = clone(base.proof);
  wrong.proofValue = small.proof.proofValue;
  add('chain-on-wrong', 'the issuer signed over a proof that is itself wrong', CHAIN,
    {...small, proof: [wrong, await top({previousProof: A}, [wrong])]},
    forged({'securing.proofs': 'securing.proofs.failed', 'proof.chain': 'proof.chain.broken'}));
  add('chain-on-unknown', 'the issuer signed over a proof of an unknown suite', CHAIN,
    {...small, proof: [{...unknown.proof, id: A}, await top({previousProof: A}, [{...unknown.proof, id: A}])]},
    {verdict: 'indeterminate', axes: {authentic: 'indeterminate'}, checks: {'proof.chain': 'proof.chain.undecided'}});
  add('chain-self', 'a proof that builds on itself', CHAIN,
    {...small, proof: [await top({id: A, previousProof: A}, [])]}, forged({'proof.chain': 'proof.chain.cycle'}));
  const cycle = [await top({id: A, previousProof: B}, []), await top({id: B, previousProof: A}, [])];
  add('chain-cycle', 'two proofs that build on each other', CHAIN, {...small, proof: cycle},
    forged({'proof.chain': 'proof.chain.cycle'}));
  const twin = (await sign(samples.obSmall(), suites.rdfc(endorser, {id: A}))).proof;
  add('chain-ambiguous', 'two proofs have the identifier that the issuer\'s proof names', CHAIN,
    {...small, proof: [base.proof, twin, onBase]}, forged({'proof.chain': 'proof.chain.ambiguous'}));
  const later = (await sign(samples.obSmall(), suites.rdfc(cosigner, {previousProof: A,
    previous: [(await top({id: A}, []))]}))).proof;
  add('chain-cosigned-after', 'somebody else signs over the issuer\'s proof, which counts by itself', SETS,
    {...small, proof: [await top({id: A}, []), later]}, verified({'proof.other': 'proof.other.cosignature'}));
  add('chain-cosigned-before-removed', 'a later co-signature says it builds on the issuer\'s proof, whose identifier was ' +
    'removed', CHAIN, {...small, proof: [small.proof, later]}, forged({'proof.chain': 'proof.chain.missing'}));

  // --- domains on credentials
  const domained = await sign(samples.obSmall(), suites.rdfc(issuer, {domain: 'jobs.example', challenge: 'c-1'}));
  add('domain-on-credential', 'a credential\'s proof names a domain and a challenge, and none is expected', 'threats.md D23',
    domained, verified({'proof.domain': 'proof.domain.notExpected'}));
}
