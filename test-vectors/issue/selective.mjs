// ecdsa-sd-2023: what a holder derives from an issuer's proof, and what a holder or a thief makes up.
import {ecdsa, generated, seed} from './deterministic.mjs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createDiscloseCryptosuite, createSignCryptosuite, createVerifyCryptosuite}
  from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import * as cborg from 'cborg';
import jsigs from 'jsonld-signatures';
import {CREATED, clone, documentOf, indeterminate, loader, notVerified, oneOf, proofVerifies, publish, verified as good} from './lib.mjs';
import {base64url, joseKey} from './jose_keys.mjs';
import {ES256, EDDSA} from './jwt.mjs';
import * as samples from './samples.mjs';
import {multibase} from './tampered.mjs';

/** Whoever can choose what to show may have left out what limits it: nobody can say that nothing does. */
const verified = checks => good({withheld: 'withheld.possible', ...checks}, {current: 'indeterminate'});
const SPEC = 'https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023';
const forged = checks => notVerified(checks, {authentic: 'failed'});
const ENCODING = forged({'proof.signature': 'proof.signature.encoding'});
const INVALID = forged({'proof.signature': 'proof.signature.invalid'});
const STATEMENTS = forged({'securing.proofs': 'securing.proofs.failed'});

const signerOf = key => ({id: key.id, algorithm: 'P-256', sign: async ({data}) => key.sign(Buffer.from(data))});
const purpose = () => new jsigs.purposes.AssertionProofPurpose();
const options = suite => ({suite, purpose: purpose(), documentLoader: loader()});
const issueBase = (document, key, mandatoryPointers, name) => {
  seed(`ecdsa-sd ${name}`);
  return jsigs.sign(clone(document), options(new DataIntegrityProof({signer: signerOf(key), date: CREATED,
    cryptosuite: createSignCryptosuite({mandatoryPointers})})));
};
const derive = (base, selectivePointers) => jsigs.derive(clone(base), options(new DataIntegrityProof({
  cryptosuite: createDiscloseCryptosuite({selectivePointers})})));
const confirms = async text => {
  const {verified, error} = await jsigs.verify(JSON.parse(text), options(new DataIntegrityProof({
    cryptosuite: createVerifyCryptosuite()})));
  if(!verified) {
    throw error?.errors?.[0] ?? error;
  }
};

/** The parts of a derived proof: base signature, ephemeral key, signatures, labels, indices of what is mandatory. */
const parts = vc => cborg.decode(Buffer.from(vc.proof.proofValue.slice(1), 'base64url').subarray(3), {useMaps: true});
const HEADER = Buffer.from('d95d01', 'hex');
const withBytes = (vc, bytes) => ({...vc, proof: {...vc.proof, proofValue: `u${base64url(bytes)}`}});
const withParts = (vc, changed) => withBytes(vc, Buffer.concat([HEADER, cborg.encode(changed)]));

export async function selective(output) {
  publish(documentOf({...ES256, publicKeyMultibase: ES256.multibase}));
  const policy = oneOf(ES256.controller);
  const add = (id, title, document, expect, {spec = SPEC, peer = confirms, ...more} = {}) => output.entry({
    id: `ecdsa-sd-${id}`, title, spec, document, policy, expect, peer, ...more});
  const always = ['/issuer', '/validFrom', '/credentialSubject/id', '/credentialSubject/type'];
  const badge = samples.obTypical(ES256);
  const base = await issueBase(badge, ES256, always, 'badge');
  const some = await derive(base, ['/validUntil', '/credentialSubject/achievement/name',
    '/credentialSubject/achievement/alignment/1']);
  add('derived', 'a proof derived for some of an Open Badge', some, verified({'proof.suite': 'proof.suite.known'}));
  add('derived-all', 'a proof derived for the whole of it', await derive(base, ['']), verified());
  const least = await derive(base, ['/credentialSubject/achievement/name']);
  add('derived-least', 'the end of validity is not shown: the report says that it may have been left out', least,
    verified({'validity.until': 'validity.until.notShown'}), {spec: 'threats.md D27'});
  add('derived-no-dates', 'not even the beginning of validity is shown', await derive(await issueBase(badge, ES256, ['/issuer',
    '/credentialSubject/type'], 'no dates'), ['/credentialSubject/achievement/name']), verified({
    'validity.from': 'validity.from.notShown'}), {spec: 'threats.md D27'});
  const everythingMandatory = await derive(await issueBase(samples.obSmall(ES256), ES256, [''], 'mandatory'), ['']);
  add('derived-mandatory', 'everything is mandatory, nothing was chosen', everythingMandatory, verified());
  const old = await issueBase({...samples.obSmall(ES256), validUntil: '2026-06-01T00:00:00Z'}, ES256, [...always,
    '/validUntil'], 'expired');
  add('expired', 'the end of validity is mandatory, and has passed', await derive(old, ['/name']), notVerified({
    'validity.until': 'validity.expired'}, {authentic: 'passed', current: 'failed'}),
  {lenient: 'the suite does not look at dates'});

  // --- not derived, not complete, changed
  add('base', 'the issuer\'s base proof, which is for the holder', base, indeterminate({'proof.suite': 'proof.base'},
    {authentic: 'indeterminate'}), {spec: 'threats.md D24'});
  const rdfc = await jsigs.sign(clone(badge), options(new DataIntegrityProof({signer: signerOf(ES256), date: CREATED,
    cryptosuite: ecdsaRdfc})));
  add('base-beside', 'a base proof beside a good proof of the issuer', {...rdfc, proof: [rdfc.proof, base.proof]},
    good({'proof.other': 'proof.other.base'}), {spec: 'design.md §4', peer: text => proofVerifies({...JSON.parse(text),
      proof: rdfc.proof})});
  const change = (id, title, how, expect, spec = SPEC) => {
    const document = clone(some);
    how(document);
    add(id, title, document, expect, {spec});
  };
  change('statement-changed', 'a disclosed statement was changed', vc => vc.credentialSubject.achievement.name = 'Doctorate',
    INVALID);
  change('mandatory-changed', 'a mandatory statement was changed', vc => vc.validFrom = '2020-01-15T00:00:00Z', INVALID);
  change('issuer-changed', 'the issuer was changed', vc => vc.issuer.name = 'Famous University', INVALID);
  change('statement-added', 'a statement was added', vc => vc.name = 'Leadership Badge', STATEMENTS);
  change('statement-removed', 'a disclosed statement was removed, its signature was not', vc => delete vc.validUntil,
    STATEMENTS);
  change('created-changed', 'the instant of the proof was changed', vc => vc.proof.created = '2026-01-16T09:30:00Z', INVALID);
  const rebuilt = (id, title, how, expect, spec = 'threats.md D26', more = {}) => {
    const changed = parts(some);
    how(changed);
    add(id, title, withParts(some, changed), expect, {spec, ...more});
  };
  const LENIENT = {lenient: 'its reader of CBOR or base64url takes this'};
  const UNCHECKED = {lenient: 'the library does not look at what it does not need'};
  rebuilt('rebuilt', 'the same proof, taken apart and put together again', () => undefined, verified());
  rebuilt('signature-dropped', 'a signature was dropped, its statement was not', p => p[2].pop(), STATEMENTS);
  rebuilt('signature-twice', 'a signature too many', p => p[2].push(p[2][0]), STATEMENTS);
  rebuilt('signatures-exchanged', 'two signatures changed places', p => [p[2][0], p[2][1]] = [p[2][1], p[2][0]], INVALID);
  rebuilt('base-signature-changed', 'one bit of the base signature', p => p[0][5] ^= 1, INVALID);
  rebuilt('base-signature-short', 'a base signature of 63 bytes', p => p[0] = p[0].subarray(1), ENCODING);
  rebuilt('signature-short', 'a signature of 63 bytes', p => p[2][0] = p[2][0].subarray(1), ENCODING);
  const thief = await joseKey('thief', 'ES256');
  const ephemeral = Buffer.concat([Buffer.from('8024', 'hex'), pointOf(thief)]);
  rebuilt('ephemeral-replaced', 'another ephemeral key', p => p[1] = ephemeral, INVALID, 'threats.md D25');
  rebuilt('ephemeral-not-compressed', 'an ephemeral key that is not compressed', p => p[1] = Buffer.concat([
    Buffer.from('802404', 'hex'), Buffer.from(thief.publicJwk.x, 'base64url'), Buffer.from(thief.publicJwk.y, 'base64url')]),
  ENCODING, 'threats.md C09');
  rebuilt('ephemeral-ed25519', 'an ephemeral key for Ed25519', p => p[1] = Buffer.concat([Buffer.from('ed01', 'hex'),
    Buffer.from(EDDSA.publicJwk.x, 'base64url')]), ENCODING, 'threats.md D16');
  rebuilt('ephemeral-off-curve', 'an ephemeral key that is no point of the curve', p => p[1] = Buffer.concat([
    Buffer.from('802402', 'hex'), Buffer.alloc(32, 0xff)]), forged({}), 'threats.md C08');
  rebuilt('index-out-of-range', 'an index beyond the last statement', p => p[4].push(9999), forged({}), undefined,
    UNCHECKED);
  rebuilt('index-twice', 'an index twice', p => p[4].push(p[4][0]), forged({}), undefined,
    UNCHECKED);
  rebuilt('index-negative', 'a negative index', p => p[4].push(-1), forged({}), undefined,
    UNCHECKED);
  rebuilt('index-dropped', 'a mandatory statement is no longer said to be one', p => p[4].pop(), forged({}));
  rebuilt('label-short', 'a label of 31 bytes', p => p[3].set(0, p[3].get(0).subarray(1)), ENCODING);
  rebuilt('label-twice', 'two labels with one value', p => p[3].set(0, p[3].get(1)), forged({}));
  rebuilt('label-missing', 'a label is missing', p => p[3].delete(0), forged({}));
  rebuilt('six-parts', 'a sixth part', p => p.push(0), ENCODING, undefined, UNCHECKED);
  rebuilt('four-parts', 'a part is missing', p => p.pop(), ENCODING);
  rebuilt('signatures-text', 'text in place of the signatures', p => p[2] = 'signatures', ENCODING);
  const bytes = Buffer.from(some.proof.proofValue.slice(1), 'base64url');
  const encoded = (id, title, made, spec = 'threats.md D26', more = {}) => add(id, title, withBytes(some, made), ENCODING,
    {spec, ...more});
  encoded('trailing', 'a byte after the end', Buffer.concat([bytes, Buffer.from([0])]));
  encoded('indefinite', 'an array of indefinite length', Buffer.concat([HEADER, Buffer.from([0x9f]), bytes.subarray(4),
    Buffer.from([0xff])]), undefined, LENIENT);
  encoded('tagged', 'a tag before the array', Buffer.concat([HEADER, Buffer.from([0xc1]), bytes.subarray(3)]));
  encoded('longer-length', 'a length in more bytes than it needs', Buffer.concat([HEADER, Buffer.from([0x98, 5]),
    bytes.subarray(4)]), undefined, LENIENT);
  encoded('truncated', 'the second half is missing', bytes.subarray(0, bytes.length >> 1));
  encoded('header-bbs', 'the header of bbs-2023', Buffer.concat([Buffer.from('d95d03', 'hex'), bytes.subarray(3)]));
  add('base58', 'the proof in base58', {...some, proof: {...some.proof, proofValue: multibase(bytes)}}, ENCODING,
    {spec: 'threats.md D17'});
  add('padded', 'the proof with padding', {...some, proof: {...some.proof, proofValue: `${some.proof.proofValue}=`}},
    ENCODING, {spec: 'threats.md D17', ...LENIENT});
  add('empty', 'a proof of no bytes', {...some, proof: {...some.proof, proofValue: 'u'}}, ENCODING);

  // --- somebody else
  add('self-made', 'a thief signs everything with an ephemeral key of his own: the base signature is the issuer\'s to make',
    await selfMade(some), INVALID, {spec: 'threats.md D25'});
  publish(documentOf({...thief, publicKeyMultibase: thief.multibase}));
  add('of-attacker', 'a proof derived from somebody else\'s base proof', await derive(await issueBase(samples.obSmall(ES256),
    thief, always, 'attacker'), ['/name']), forged({'issuer.bound': 'issuer.notBound'}), {spec: 'threats.md D09',
    lenient: 'the suite does not look at the issuer'});
}

const pointOf = ({publicJwk: {x, y}}) => Buffer.concat([Buffer.from([2 + (Buffer.from(y, 'base64url').at(-1) & 1)]),
  Buffer.from(x, 'base64url')]);

/** The proof of a thief under the name of the issuer's key: sound, if the base signature were the ephemeral key's. */
async function selfMade(original) {
  const {proof, ...document} = clone(original);
  document.credentialSubject.achievement.name = 'Doctorate';
  seed('ecdsa-sd self-made');
  const signer = {id: ES256.id, algorithm: 'P-256', sign: async ({data}) => ecdsa(generated, data)};
  return derive(await jsigs.sign(document, options(new DataIntegrityProof({signer, date: CREATED,
    cryptosuite: createSignCryptosuite({mandatoryPointers: ['/issuer']})}))), ['']);
}
