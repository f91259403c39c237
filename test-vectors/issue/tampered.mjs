// One thing changed after signing, for each class of thing. None of these may ever be verified.
import * as base58 from 'base58-universal';
import {ED2020, clone, issue, notVerified, oneOf, suites} from './lib.mjs';
import {attacker, issuer} from './people.mjs';
import * as samples from './samples.mjs';
import {withContext} from './valid.mjs';

const INVALID = {'proof.signature': 'proof.signature.invalid', 'securing.proofs': 'securing.proofs.failed'};
const forged = (checks = INVALID) => notVerified(checks, {authentic: 'failed'});
const SPEC = 'https://www.w3.org/TR/vc-data-integrity/#verify-proof';

/** base58btc with the multibase prefix. */
export const multibase = bytes => 'z' + base58.encode(bytes);
export const bytesOf = proofValue => base58.decode(proofValue.slice(1));

/** The changes: what is changed, how, and the expectation where it is not "the signature does not fit". */
const CHANGES = [
  ['name', 'the name of the badge', vc => vc.name = 'Advanced Data Analysis'],
  ['id', 'the identifier of the badge', vc => vc.id = 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2dff'],
  ['type-added', 'a further type', vc => vc.type.push('EndorsementCredential')],
  ['issuer-id', 'the issuer, to somebody who did not sign', vc => vc.issuer.id = attacker.controller,
    {policy: oneOf(attacker.controller)}],
  ['issuer-name', 'the name of the issuer', vc => vc.issuer.name = 'Famous University'],
  ['issuer-image-caption', 'a caption deep inside the issuer', vc => vc.issuer.image.caption = 'Another seal'],
  ['valid-from', 'the beginning of validity', vc => vc.validFrom = '2020-01-15T00:00:00Z'],
  ['valid-until', 'the end of validity', vc => vc.validUntil = '2099-01-15T00:00:00Z'],
  ['valid-until-removed', 'the end of validity is removed', vc => delete vc.validUntil],
  ['valid-until-respelled', 'the same instant in other characters: dates are signed as text',
    vc => vc.validUntil = '2036-01-15T01:00:00+01:00'],
  ['awarded-date-added', 'a date of award is added', vc => vc.awardedDate = '2020-01-15T00:00:00Z'],
  ['status-added', 'a status is added', vc => vc.credentialStatus = {type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation', statusListIndex: '1', statusListCredential: 'https://university.example/status/3'}],
  ['subject-id', 'the identifier of the subject', vc => vc.credentialSubject.id = 'did:example:mallory'],
  ['subject-id-removed', 'the identifier of the subject is removed', vc => delete vc.credentialSubject.id],
  ['subject-identity-hash', 'the hashed address of the subject', vc => vc.credentialSubject.identifier[0].identityHash =
    samples.identityHash('mallory@example.org', samples.SALT)],
  ['subject-identity-hashed', 'a boolean', vc => vc.credentialSubject.identifier[0].hashed = false],
  ['subject-credits-added', 'a number is added', vc => vc.credentialSubject.creditsEarned = 30],
  ['achievement-id', 'the identifier of the achievement', vc => vc.credentialSubject.achievement.id =
    'https://university.example/achievements/phd'],
  ['achievement-name', 'the name of the achievement', vc => vc.credentialSubject.achievement.name = 'Doctorate'],
  ['achievement-type', 'the kind of the achievement', vc => vc.credentialSubject.achievement.achievementType = 'Degree'],
  ['achievement-criteria', 'the criteria', vc => vc.credentialSubject.achievement.criteria.narrative = 'A real exam.'],
  ['achievement-removed', 'the achievement is removed', vc => delete vc.credentialSubject.achievement],
  ['tag-added', 'a tag is added', vc => vc.credentialSubject.achievement.tag.push('machine learning')],
  ['tag-removed', 'a tag is removed', vc => vc.credentialSubject.achievement.tag.pop()],
  ['alignment-code', 'the code of a skill', vc => vc.credentialSubject.achievement.alignment[0].targetCode = '9999'],
  ['alignments-crossed', 'two skills exchange their codes', vc => {
    const [a, b] = vc.credentialSubject.achievement.alignment;
    [a.targetCode, b.targetCode] = [b.targetCode, a.targetCode];
  }],
  ['image-id', 'the image', vc => vc.credentialSubject.achievement.image.id = 'https://university.example/gold.png'],
  ['language-added', 'a name gets a language', vc => vc.name = {'@value': vc.name, '@language': 'en'}],
  ['unicode-form', 'a letter in another Unicode form', vc => vc.issuer.name = 'Example University\u200b'],
  ['subject-added', 'a second subject', vc => vc.credentialSubject = [vc.credentialSubject,
    {id: 'did:example:mallory', type: ['AchievementSubject'],
      achievement: {id: 'https://university.example/achievements/data-analysis'}}]],
  ['proof-created', 'the instant of the proof', vc => vc.proof.created = '2026-01-16T09:30:00Z'],
  ['proof-created-removed', 'the instant of the proof is removed', vc => delete vc.proof.created],
  ['proof-expires-added', 'an expiry of the proof is added', vc => vc.proof.expires = '2099-01-01T00:00:00Z'],
  ['proof-nonce-added', 'a nonce is added to the proof', vc => vc.proof.nonce = 'abc'],
  ['proof-id-added', 'an identifier is added to the proof',
    vc => vc.proof.id = 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2dfe'],
  ['proof-domain-added', 'a domain is added to the proof', vc => vc.proof.domain = 'jobs.example'],
  ['proof-purpose', 'the purpose of the proof', vc => vc.proof.proofPurpose = 'authentication',
    {expect: forged({'proof.purpose': 'proof.purpose.wrong'})}],
  ['proof-method', 'the proof names the key of somebody else', vc => vc.proof.verificationMethod = attacker.id],
  ['proof-suite', 'the proof names another suite of the same key', vc => vc.proof.cryptosuite = 'eddsa-jcs-2022'],
  ['proof-value', 'one bit of the signature', vc => {
    const bytes = bytesOf(vc.proof.proofValue);
    bytes[40] ^= 1;
    vc.proof.proofValue = multibase(bytes);
  }],
  ['proof-value-s-plus-l', 'the same signature with S + L, which sloppy verifiers accept (RFC 8032 §5.1.7)', vc => {
    const bytes = bytesOf(vc.proof.proofValue);
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    let s = order;
    for(let i = 0; i < 32; i++) {
      s += BigInt(bytes[32 + i]) << BigInt(8 * i);
    }
    for(let i = 0; i < 32; i++) {
      bytes[32 + i] = Number(s >> BigInt(8 * i) & 255n);
    }
    vc.proof.proofValue = multibase(bytes);
  }, {spec: 'threats.md C02'}]
];

const encoding = forged({'proof.signature': 'proof.signature.encoding'});
const ENCODINGS = [
  ['hex', 'the signature in hexadecimal', value => 'f' + Buffer.from(bytesOf(value)).toString('hex')],
  ['base64url', 'the signature in base64url', value => 'u' + Buffer.from(bytesOf(value)).toString('base64url')],
  ['no-multibase', 'the signature without multibase prefix', value => value.slice(1)],
  ['alphabet', 'a character that base58 does not have', value => value.slice(0, -1) + '0'],
  ['space', 'a space after the signature', value => value + ' '],
  ['short', 'a signature of 63 bytes', value => multibase(bytesOf(value).slice(0, 63))],
  ['long', 'a signature of 65 bytes', value => multibase(Uint8Array.from([...bytesOf(value), 0]))],
  ['prefix-only', 'a signature of no bytes', () => 'z']
];

export async function tampered(output) {
  const policy = oneOf(issuer.controller);
  const typical = await issue(samples.obTypical(), suites.rdfc(issuer));
  const add = (id, what, original, change, more = {}) => {
    const document = clone(original);
    change(document);
    output.entry({id: `tampered-${id}`, title: `changed after signing: ${what}`, spec: SPEC, document, policy,
      expect: forged(), ...more});
  };
  for(const [id, what, change, more] of CHANGES) {
    add(id, what, typical, change, more);
  }
  for(const [id, what, encode] of ENCODINGS) {
    add(`encoding-${id}`, what, typical, vc => vc.proof.proofValue = encode(vc.proof.proofValue),
      {spec: 'threats.md D17', expect: encoding});
  }
  const small = await issue(samples.obSmall(), suites.rdfc(issuer));
  add('proof-of-another-badge', 'the proof of another badge by the same issuer', typical, vc => vc.proof = small.proof,
    {spec: 'threats.md, cross-splices'});

  const jcs = await issue(samples.obTypical(), suites.jcs(issuer));
  const ed2020 = await issue(withContext(samples.obTypical(), ED2020), suites.ed2020(issuer));
  for(const [suite, signed] of [['jcs', jcs], ['ed25519signature2020', ed2020]]) {
    for(const id of ['name', 'valid-until-removed', 'subject-id', 'alignments-crossed', 'proof-created', 'proof-value',
      'proof-value-s-plus-l']) {
      const [, what, change] = CHANGES.find(([name]) => name === id);
      add(`${suite}-${id}`, `${what} (${suite})`, signed, change);
    }
  }
  add('jcs-tags-reordered', 'the order of an array: JCS signs it', jcs,
    vc => vc.credentialSubject.achievement.tag.reverse());
  add('jcs-null-added', 'a member that is null: JCS signs it', jcs, vc => vc.credentialSubject.achievement.version = null);
  add('jcs-proof-context', 'the contexts inside the proof no longer begin those of the document', jcs,
    vc => vc['@context'].reverse(), {spec: 'threats.md L18', expect: notVerified({}, {authentic: 'failed'})});
  add('jcs-proof-context-other', 'the contexts of the proof are not those of the document', jcs,
    vc => vc['@context'].push(ED2020) && vc.proof['@context'].push('https://w3id.org/security/data-integrity/v2'),
    {spec: 'threats.md D20', expect: forged({'proof.signature': 'proof.signature.context'})});

  for(const [id, what, change, expect] of [
    ['no-proof', 'the proof is removed', vc => delete vc.proof,
      forged({'securing.present': 'securing.missing'})],
    ['empty-proofs', 'an empty array of proofs: "all of them are valid" is true of none', vc => vc.proof = [],
      forged({'securing.present': 'securing.missing'})],
    ['null-proof', 'a proof that is null', vc => vc.proof = null, forged({})],
    ['empty-proof', 'a proof without members', vc => vc.proof = {}, forged({'proof.structure': 'proof.malformed'})],
    ['text-proof', 'a proof that is a text', vc => vc.proof = vc.proof.proofValue, forged({})],
    ['nested-proofs', 'an array in the array of proofs', vc => vc.proof = [[vc.proof]], forged({})]
  ]) {
    add(id, what, small, change, {spec: id === 'empty-proofs' ? 'threats.md D02' : 'threats.md D01', expect});
  }
  for(const member of ['type', 'verificationMethod', 'proofPurpose', 'cryptosuite', 'proofValue']) {
    add(`proof-without-${member}`, `the proof has no ${member}`, small, vc => delete vc.proof[member],
      {spec: 'threats.md D08', expect: forged({'proof.structure': 'proof.malformed',
        ...(member === 'verificationMethod' ? {'key.resolved': 'key.blocked'} : {})})});
  }
  for(const [member, value] of [['type', 5], ['type', ['DataIntegrityProof']], ['verificationMethod', {id: issuer.id}],
    ['proofPurpose', ['assertionMethod']], ['cryptosuite', {}], ['proofValue', 7], ['created', 1768469400],
    ['expires', true], ['domain', 5], ['challenge', ['a']], ['previousProof', {}], ['id', []]]) {
    const kind = Array.isArray(value) ? 'array' : typeof value;
    add(`proof-${member}-is-${kind}`, `${member} of the proof is of JSON type ${kind}: wrong is never absent`, small,
      vc => vc.proof[member] = value, {spec: 'threats.md J18', expect: forged({})});
  }
}
