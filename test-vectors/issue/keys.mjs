// Who signed? Keys that are not the issuer's, issuers' documents that do not say what they should.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {CREATED, clone, indeterminate, issue, keyPair, notVerified, oneOf, publicKeyJwk, sign, suites, verified}
  from './lib.mjs';
import {attacker, cosigner, https, httpsDocument, issuer, web, webDocument} from './people.mjs';
import * as samples from './samples.mjs';
import {bytesOf, multibase} from './tampered.mjs';

const KIND = 'controlledIdentifierDocument';
const CID = 'https://www.w3.org/TR/cid-1.0/#retrieve-verification-method';
const ANYONE = {policy: {acceptedIssuers: 'anyone'}};
const forged = checks => notVerified(checks, {authentic: 'failed'});
const unknown = checks => indeterminate(checks, {authentic: 'indeterminate'});

/** Signs with a key under any name for its method. */
const signedAs = (document, pair, method) => sign(document, new DataIntegrityProof({date: CREATED, cryptosuite: rdfc,
  signer: {...pair.signer(), id: method}}));

export async function keys(output) {
  const found = (id, document, name = id) => [{kind: KIND, id: document.id ?? web.controller,
    file: output.file(`resources/${name}.json`, document), mediaType: 'application/did+json'}];
  const add = (id, title, spec, document, expect, more = {}) =>
    output.entry({id: `key-${id}`, title, spec, document, policy: oneOf(issuer.controller), expect, ...more});

  // --- somebody else's key
  add('of-attacker', 'the issuer is did:key A, the signature is by did:key B', 'threats.md D09',
    await sign(samples.obSmall(), suites.rdfc(attacker)), forged({'issuer.bound': 'issuer.notBound'}));
  add('of-attacker-jcs', 'the same with eddsa-jcs-2022', 'threats.md D09',
    await sign(samples.obSmall(), suites.jcs(attacker)), forged({'issuer.bound': 'issuer.notBound'}));
  add('in-fragment-did-key', 'the method is did:key:A#B: the victim\'s identifier with the attacker\'s key in the fragment',
    'threats.md D10', await signedAs(samples.obSmall(), attacker, `${issuer.controller}#${attacker.publicKeyMultibase}`),
    forged({'key.resolved': 'key.notListed'}));
  const fragment = await signedAs(samples.obSmall(https), attacker, `${https.controller}#${attacker.publicKeyMultibase}`);
  add('in-fragment-https', 'a key in the fragment of the issuer\'s URL proves nothing: the issuer\'s document is needed',
    'threats.md D10', fragment, unknown({'key.resolved': 'key.document.needed'}), {policy: oneOf(https.controller)});
  add('in-fragment-https-unavailable', 'the same, and the document cannot be had', 'threats.md D10', fragment,
    unknown({'key.resolved': 'key.document.unavailable'}), {input: 'credentials/key-in-fragment-https.json',
      policy: oneOf(https.controller), resources: [{kind: KIND, id: https.controller, unavailable: 'not found'}]});
  add('in-fragment-https-document', 'the same, and the issuer\'s document does not have the key', 'threats.md D10', fragment,
    forged({'key.resolved': 'key.notListed'}), {input: 'credentials/key-in-fragment-https.json',
      policy: oneOf(https.controller), resources: found('https-issuer', httpsDocument)});
  add('in-fragment-did-web', 'did:web with the attacker\'s key in the fragment', 'threats.md D10',
    await signedAs(samples.obSmall(web), attacker, `${web.controller}#${attacker.publicKeyMultibase}`),
    forged({'key.resolved': 'key.notListed'}), {policy: oneOf(web.controller), resources: found('did-web', webDocument)});
  const foreign = await sign(samples.obSmall(web), suites.rdfc(attacker));
  add('foreign-no-document', 'the issuer is a did:web, the key somebody\'s did:key: whether the issuer lists it is not known',
    'design.md §5', foreign, unknown({'issuer.bound': 'issuer.bindingUnknown'}), {policy: oneOf(web.controller)});
  add('foreign-document', 'the same, and the issuer\'s document does not list the key', 'design.md §5', foreign,
    forged({'issuer.bound': 'issuer.notBound'}), {input: 'credentials/key-foreign-no-document.json',
      policy: oneOf(web.controller), resources: found('did-web', webDocument)});
  add('of-web-for-did-key', 'the issuer is a did:key, the signature is by a did:web that exists', 'threats.md D09',
    await sign(samples.obSmall(), suites.rdfc(web)), forged({'issuer.bound': 'issuer.notBound'}),
    {resources: found('did-web', webDocument)});
  add('of-urn-issuer', 'the issuer is a urn:uuid that nothing ties to the key', 'design.md §3',
    await sign({...samples.obSmall(), issuer: {...samples.profile(), id: 'urn:uuid:6f2e33e5-7a29-4155-840a-59483ba10164'}},
      suites.rdfc(issuer)), unknown({'issuer.bound': 'issuer.bindingUnknown'}), {policy: {acceptedIssuers: 'anyone'}});
  add('pinned', 'the policy knows the issuer\'s key: no document is needed', 'design.md §4',
    await issue(samples.obSmall(https), suites.rdfc(https)),
    {verdict: 'verified', axes: {authentic: 'passed', trusted: 'passed'}, checks: {'issuer.bound': 'issuer.bound'}},
    {policy: {...oneOf(https.controller), issuerKeys: [{issuer: https.controller, key: https.publicKeyMultibase}]}});
  add('issuer-not-accepted', 'the issuer signed, and is none of those whom the policy accepts', 'design.md §4', undefined,
    {verdict: 'notVerified', axes: {authentic: 'passed', current: 'passed', trusted: 'failed'},
      checks: {'issuer.accepted': 'issuer.notAccepted', 'issuer.bound': 'issuer.bound'}},
    {input: 'credentials/ob3-small.json', policy: oneOf('did:web:other.example')});
  add('issuer-not-accepted-no-request', 'an issuer whom the policy does not accept: nothing is requested for it',
    'design.md §2', undefined, {verdict: 'notVerified', axes: {trusted: 'failed'},
      checks: {'issuer.accepted': 'issuer.notAccepted'}},
    {input: 'credentials/did-web.json', policy: oneOf('did:web:other.example')});

  // --- methods
  add('method-without-fragment', 'the method is a did:key without fragment', CID,
    await signedAs(samples.obSmall(), issuer, issuer.controller), forged({'key.resolved': 'key.method.url'}));
  add('method-no-url', 'the method is a bare key', CID,
    await anyMethod(issuer.publicKeyMultibase), forged({'key.resolved': 'key.method.url'}));
  add('method-did-unknown', 'a DID method that has no address of its own', 'design.md §7',
    await signedAs({...samples.obSmall(), issuer: 'did:example:issuer'}, issuer, 'did:example:issuer#key-1'),
    unknown({'key.resolved': 'did.method.unsupported'}), {policy: oneOf('did:example:issuer')});
  const supplied = await keyPair('supplied', 'did:example:supplied', 'key-1');
  add('method-did-supplied', 'the same kind of DID, and the host supplies its document', 'design.md §7',
    await sign(samples.obSmall(supplied), suites.rdfc(supplied)), verified(), {policy: oneOf(supplied.controller),
      resources: found('did-supplied', {...clone(webDocument), id: supplied.controller, verificationMethod: [{
        id: supplied.id, type: 'Multikey', controller: supplied.controller,
        publicKeyMultibase: supplied.publicKeyMultibase}], assertionMethod: [supplied.id], authentication: []})});
  add('did-key-truncated', 'a did:key whose key has 31 bytes', 'threats.md C04',
    await anyIssuer(`did:key:${multibase(bytesOf(issuer.publicKeyMultibase).slice(0, 33))}`), forged({}), ANYONE);
  add('did-key-alphabet', 'a did:key with a character that base58 does not have', 'threats.md K',
    await anyIssuer(`${issuer.controller.slice(0, -1)}0`), forged({}), ANYONE);
  add('did-web-path-traversal', 'a did:web whose path climbs: nothing is requested for it', 'threats.md T',
    await anyIssuer('did:web:university.example:..:secret', '#key-1'), forged({'key.resolved': 'did.syntax'}), ANYONE);
  const weak = multibase(Uint8Array.from([0xed, 0x01, 1, ...Array(31).fill(0)]));
  const forgery = clone(samples.obSmall());
  forgery.issuer.id = `did:key:${weak}`;
  forgery.proof = {type: 'DataIntegrityProof', created: CREATED, verificationMethod: `did:key:${weak}#${weak}`,
    cryptosuite: 'eddsa-rdfc-2022', proofPurpose: 'assertionMethod',
    proofValue: multibase(Uint8Array.from(Buffer.from(
      '58' + '66'.repeat(31) + '01' + '00'.repeat(31), 'hex')))};
  add('weak', 'the identity point as key, with the one signature that it accepts for every document', 'threats.md C01',
    forgery, forged({'key.resolved': 'key.weak'}), {policy: oneOf(forgery.issuer.id)});

  // --- issuers' documents
  const signed = await issue(samples.obSmall(web), suites.rdfc(web));
  const against = (id, title, change, expect, spec = CID) => {
    const document = clone(webDocument);
    const answer = change(document) ?? document;
    output.entry({id: `key-document-${id}`, title, spec, input: 'credentials/did-web.json', policy: oneOf(web.controller),
      resources: [{kind: KIND, id: web.controller, file: output.file(`resources/did-web-${id}.json`, answer)}], expect});
  };
  if(JSON.stringify(signed) !== JSON.stringify(JSON.parse(output.files.get('credentials/did-web.json')))) {
    throw new Error('did-web is issued differently');
  }
  output.entry({id: 'key-document-needed', title: 'the issuer\'s document is needed and is requested', spec: CID,
    input: 'credentials/did-web.json', policy: oneOf(web.controller),
    expect: unknown({'key.resolved': 'key.document.needed'})});
  output.entry({id: 'key-document-unavailable', title: 'the issuer\'s document cannot be had: never a reason to say "not ' +
    'verified"', spec: 'design.md §3', input: 'credentials/did-web.json', policy: oneOf(web.controller),
  resources: [{kind: KIND, id: web.controller, unavailable: 'the network is down'}],
  expect: unknown({'key.resolved': 'key.document.unavailable'})});
  const method = document => document.verificationMethod[0];
  against('other-id', 'the document obtained is that of another DID', d => void (d.id = 'did:web:other.example'),
    unknown({'key.resolved': 'key.document.id'}), 'threats.md D12');
  against('not-json', 'the document obtained is a web page', () => '<!doctype html><title>Not found</title>\n',
    unknown({'key.resolved': 'key.document.invalid'}), 'design.md §3');
  against('duplicate-key', 'the document has a key twice', d => JSON.stringify(d).replace('{', '{"id":"did:web:x.example",'),
    unknown({'key.resolved': 'key.document.invalid'}), 'threats.md J01');
  against('relationship', 'the key is listed for authentication only', d => void delete d.assertionMethod,
    forged({'key.authorized': 'key.relationship'}), 'threats.md D11');
  against('key-agreement', 'the key is listed for key agreement only', d => {
    d.keyAgreement = d.assertionMethod;
    delete d.assertionMethod;
    delete d.authentication;
  }, forged({'key.authorized': 'key.relationship'}), 'threats.md D11');
  against('rotated', 'the document has another key now', d => {
    method(d).id = `${web.controller}#key-2`;
    method(d).publicKeyMultibase = cosigner.publicKeyMultibase;
    d.assertionMethod = d.authentication = [method(d).id];
  }, forged({'key.resolved': 'key.notListed'}));
  against('other-key', 'the method of that name holds another key', d => void (method(d).publicKeyMultibase =
    cosigner.publicKeyMultibase), forged({'proof.signature': 'proof.signature.invalid'}));
  against('controller', 'the method names another controller than its document', d => void (method(d).controller =
    'did:web:other.example'), forged({'key.resolved': 'key.controller'}), 'threats.md D12');
  against('no-controller', 'the method names no controller', d => void delete method(d).controller,
    forged({'key.resolved': 'key.method.invalid'}));
  against('no-key', 'the method has no key', d => void delete method(d).publicKeyMultibase,
    forged({'key.resolved': 'key.method.invalid'}));
  against('method-type', 'the method is of a type that is not known', d => void (method(d).type = 'QuantumKey2031'),
    unknown({'key.resolved': 'key.unsupported'}), 'design.md §3');
  against('ambiguous', 'two methods have the same id', d => void d.verificationMethod.push({...method(d),
    publicKeyMultibase: attacker.publicKeyMultibase}), forged({'key.resolved': 'key.ambiguous'}));
  against('relative-id', 'ids of methods may be relative to the document', d => {
    method(d).id = '#key-1';
    d.assertionMethod = ['#key-1'];
    d.authentication = ['#key-1'];
  }, {verdict: 'verified', checks: {'key.resolved': 'key.found'}}, 'https://www.w3.org/TR/did-1.0/#relative-did-urls');
  against('revoked', 'the key was revoked', d => void (method(d).revoked = '2026-06-01T00:00:00Z'),
    forged({'key.current': 'key.revoked'}), 'threats.md D13');
  against('expired', 'the key has expired', d => void (method(d).expires = '2026-06-01T00:00:00Z'),
    forged({'key.current': 'key.expired'}), 'threats.md D13');
  against('expires-later', 'the key expires later', d => void (method(d).expires = '2030-06-01T00:00:00Z'),
    verified({'key.current': 'key.current'}), 'threats.md D13');
  against('dates', 'the key\'s `revoked` is no date', d => void (method(d).revoked = 'yesterday'),
    forged({'key.current': 'key.dates'}), 'threats.md J18');
  against('revoked-wrong-type', 'the key\'s `revoked` is a boolean: wrong is never absent', d => void (method(d).revoked =
    true), forged({}), 'threats.md J18');
  output.entry({id: 'key-document-revoked-signing-time', title: 'the key was revoked after the instant at which the signer ' +
    'says to have signed, and the policy judges at that instant', spec: 'design.md §4',
  input: 'credentials/did-web.json', policy: {...oneOf(web.controller), judgedAt: 'signingTime'},
  resources: [{kind: KIND, id: web.controller, file: 'resources/did-web-revoked.json'}],
  expect: verified({'key.current': 'key.current'})});
  const hex = text => multibase(Uint8Array.from(Buffer.from(text, 'hex')));
  against('key-encoding', 'the key is not base58', d => void (method(d).publicKeyMultibase = 'z6Mk0OIl'),
    forged({'key.resolved': 'key.encoding'}));
  against('key-multibase', 'the key is in another base', d => void (method(d).publicKeyMultibase =
    'u' + Buffer.from(bytesOf(web.publicKeyMultibase)).toString('base64url')), forged({'key.resolved': 'key.encoding'}));
  against('key-type', 'the key is a P-256 key', d => void (method(d).publicKeyMultibase =
    hex('8024036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296')), {verdict: 'notVerified',
    axes: {authentic: 'failed'}, checks: {'key.resolved': 'key.type'}}, 'threats.md D16');
  against('key-weak', 'the key is a point of small order', d => void (method(d).publicKeyMultibase =
    hex(`ed01${'00'.repeat(32)}`)), forged({'key.resolved': 'key.weak'}), 'threats.md C01');
  const jwk = await publicKeyJwk(web);
  const asJwk = more => d => {
    delete method(d).publicKeyMultibase;
    Object.assign(method(d), {type: 'JsonWebKey', publicKeyJwk: {...jwk, ...more}});
  };
  against('jwk', 'the key as JSON Web Key', asJwk({}), verified());
  against('jwk-private', 'the private key was published with the key', asJwk({d: jwk.x}),
    forged({'key.resolved': 'key.private'}), 'https://www.w3.org/TR/cid-1.0/#JsonWebKey');
  against('jwk-base64', 'the key is in base64 with padding', asJwk({x: `${jwk.x}=`}),
    forged({'key.resolved': 'key.encoding'}), 'threats.md K');
  against('both-forms', 'the method holds two keys', d => void (method(d).publicKeyJwk = {...jwk, x: 'A'.repeat(43)}),
    forged({}), 'https://www.w3.org/TR/cid-1.0/#verification-methods');
}

/** A badge with a method that no library would sign with; the signature is that of the issuer's own method. */
async function anyMethod(method) {
  const document = await issue(samples.obSmall(), suites.rdfc(issuer));
  document.proof.verificationMethod = method;
  return document;
}

async function anyIssuer(id, fragment = `#${id.split(':').at(-1)}`) {
  const document = await anyMethod(id + fragment);
  document.issuer.id = id;
  return document;
}
