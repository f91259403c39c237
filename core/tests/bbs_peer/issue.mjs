// Issues Open Badges 3.0 with bbs-2023 and derives what a holder shows, with an independent library: npm
// @digitalbazaar/bbs-2023-cryptosuite 2.0.1, bls12-381-multikey 2.1.0, data-integrity, jsonld-signatures.
//
//   CONTEXTS=…/shared/contexts node issue.mjs > peer.json
//
// Secrets and proofs are drawn anew in every run, so every run gives other bytes.
import * as Bls12381Multikey from '@digitalbazaar/bls12-381-multikey';
import * as bbs from '@digitalbazaar/bbs-2023-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import fs from 'node:fs';
import jsigs from 'jsonld-signatures';

const purpose = new jsigs.purposes.AssertionProofPurpose();
const V2 = 'https://www.w3.org/ns/credentials/v2';
const OB3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
const contexts = {
  [V2]: 'w3c-credentials-v2.jsonld',
  [OB3]: '1edtech-ob-v3p0-context-3.0.3.json',
  'https://www.w3.org/ns/did/v1': 'w3c-did-v1.jsonld',
  'https://w3id.org/security/multikey/v1': 'w3id-multikey-v1.jsonld',
};
// Made of 32 bytes 07, for these files alone.
const publicKeyMultibase = 'zUC79fA859NSVzyu2tFiKsboxfpn7wjn2XpbHoUNE4XpXVkZ6yRPX5qbsYZoo8Hs5U9aPQ2jHnNRK2bTi5HZ' +
  'LUFohGuyybPzkP5STfn656meffPzqoV5PbRpAhsFmcfdxYEsAkf';
const did = 'did:key:' + publicKeyMultibase;
const keyPair = await Bls12381Multikey.from({
  '@context': 'https://w3id.org/security/multikey/v1', type: 'Multikey', controller: did,
  id: did + '#' + publicKeyMultibase, publicKeyMultibase,
  secretKeyMultibase: 'z488yBZCfaudxKRFyf1Sc6xzTzqUaUhxZ7VpLAQvb16sq5Fi',
}, {algorithm: 'BBS-BLS12-381-SHA-256'});
const documentLoader = async url => {
  let document;
  if(url.startsWith(did)) {
    const method = await keyPair.export({publicKey: true, includeContext: true});
    document = url.includes('#') ? method :
      {'@context': ['https://www.w3.org/ns/did/v1', method['@context']], id: did, assertionMethod: [method]};
  } else {
    document = JSON.parse(fs.readFileSync(`${process.env.CONTEXTS}/${contexts[url]}`));
  }
  return {documentUrl: url, contextUrl: null, document};
};

const badge = more => ({
  '@context': [V2, OB3],
  id: 'urn:uuid:0d2f3f2e-95a1-4f0e-8f7b-6d1c1f7f2b11',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: {id: did, type: ['Profile'], name: 'Example University'},
  validFrom: '2025-01-01T00:00:00Z',
  validUntil: '2035-01-01T00:00:00Z',
  name: 'Bread Baking',
  credentialSubject: {
    type: ['AchievementSubject'],
    identifier: [{type: 'IdentityObject', hashed: false, identityHash: 'ada@example.org', identityType: 'emailAddress'}],
    achievement: {
      id: 'https://example.org/achievements/bread', type: ['Achievement'], name: 'Bread Baking',
      description: 'Bakes a loaf that rises.', criteria: {narrative: 'Three loaves.'},
    },
    result: [{type: ['Result'], value: 'A'}, {type: ['Result'], value: 'pass'}],
  },
  ...more,
});
const status = {credentialStatus: {
  id: 'https://example.org/status/3#94567', type: 'BitstringStatusListEntry', statusPurpose: 'revocation',
  statusListIndex: '94567', statusListCredential: 'https://example.org/status/3',
}};
const issue = (document, mandatoryPointers) => jsigs.sign(document, {
  suite: new DataIntegrityProof({
    signer: keyPair.signer(), date: '2025-01-02T03:04:05Z',
    cryptosuite: bbs.createSignCryptosuite({mandatoryPointers}),
  }), purpose, documentLoader});
const derive = async (document, selectivePointers, presentationHeader) => {
  const derived = await jsigs.derive(document, {
    suite: new DataIntegrityProof({
      cryptosuite: bbs.createDiscloseCryptosuite({selectivePointers, presentationHeader}),
    }), purpose, documentLoader});
  // The library agrees with itself.
  const {verified, error} = await jsigs.verify(derived, {
    suite: new DataIntegrityProof({cryptosuite: bbs.createVerifyCryptosuite()}), purpose, documentLoader});
  if(!verified) { throw error; }
  return derived;
};

const mandatory = ['/issuer', '/validFrom', '/validUntil', '/credentialSubject/identifier'];
const base = await issue(badge(), mandatory);
const cases = {
  base,
  all: await derive(base, ['/name', '/credentialSubject']),
  'one-result': await derive(base, ['/credentialSubject/achievement', '/credentialSubject/result/1']),
  'bound': await derive(base, ['/credentialSubject/achievement'], new TextEncoder().encode('for example.org')),
  // No message is shown: an empty list of indexes.
  'mandatory-only': await derive(base, []),
  // No statement is mandatory: the header has the hash of nothing.
  'no-mandatory': await derive(await issue(badge(), []), ['/issuer', '/validFrom', '/credentialSubject']),
  // Every statement is mandatory: a signature of no messages.
  'all-mandatory': await derive(await issue(badge(), ['']), []),
};
const limited = await issue(badge(status), ['/issuer']);
cases['status-shown'] = await derive(limited, ['/validFrom', '/credentialStatus', '/credentialSubject']);
cases['status-withheld'] = await derive(limited, ['/validFrom', '/credentialSubject']);
const lines = Object.entries(cases).map(([name, document]) => `  ${JSON.stringify(name)}: ${JSON.stringify(document)}`);
console.log(`{\n${lines.join(',\n')}\n}`);
