// What a record names besides: resources with digests, endorsements, newer versions.
import {createHash} from 'node:crypto';
import {OB_EXT, authenticBut, clone, indeterminate, issue, notVerified, oneOf, sign, suites, verified} from './lib.mjs';
import {endorser, issuer} from './people.mjs';
import * as samples from './samples.mjs';
import {withContext} from './valid.mjs';

const VCDM = 'https://www.w3.org/TR/vc-data-model-2.0/';
const OB3 = 'https://www.imsglobal.org/spec/ob/v3p0/';
const RESOURCE = 'https://university.example/evidence/1.txt';
const PLACE = 'https://university.example/badges/1';
const TEXT = 'The project report.';

const sri = (text, name = 'sha384') => `${name}-${createHash(name).update(text).digest('base64')}`;
const multihash = text => 'u' + Buffer.concat([Buffer.from([0x12, 32]), createHash('sha256').update(text).digest()])
  .toString('base64url');

/** Adds records that name something with a digest. */
async function resources(output) {
  const requiring = {...oneOf(issuer.controller), checks: {linkedResource: 'require'}};
  const found = text => [{kind: 'linkedResource', id: RESOURCE,
    file: output.file(`resources/linked-${text === TEXT ? 'report' : 'another'}.txt`, text)}];
  const add = async (id, title, credential, resources, expect, policy = oneOf(issuer.controller)) => output.entry({
    id: `linked-${id}`, title, spec: `${VCDM}#integrity-of-related-resources`,
    document: await sign({...samples.vcMinimal(), ...credential}, suites.jcs(issuer)), resources, policy, expect});
  const evidence = more => ({evidence: {type: 'Evidence', id: RESOURCE, ...more}});
  const inside = text => ({id: `data:text/plain;base64,${Buffer.from(text).toString('base64')}`});
  const undated = {current: 'notApplicable'};
  const says = code => verified({linkedResource: `linkedResource.${code}`}, undated);
  const good = evidence({digestSRI: sri(TEXT), digestMultibase: multihash(TEXT)});

  await add('matches', 'evidence with both digests, and the bytes that they fit', good, found(TEXT), says('matches'));
  await add('differs', 'the same, and other bytes: reported', good, found('Another.'), says('differs'));
  await add('differs-required', 'the same, and the policy requires that they fit', good, found('Another.'),
    notVerified({linkedResource: 'linkedResource.differs'}), requiring);
  await add('one-differs', 'only one of two digests fits', evidence({digestSRI: sri(TEXT),
    digestMultibase: multihash('Another.')}), found(TEXT), says('differs'));
  await add('strongest', 'of several digests of one kind the strongest decides', evidence({digestSRI:
    `${sri('Another.', 'sha256')} ${sri(TEXT, 'sha512')}`}), found(TEXT), says('matches'));
  await add('inside', 'what stands in the record is compared without asking', evidence({...inside(TEXT),
    digestSRI: sri(TEXT)}), [], says('matches'));
  await add('inside-differs', 'the same with another digest', evidence({...inside(TEXT), digestSRI: sri('Another.')}), [],
    says('differs'));
  await add('inside-malformed', 'the same in a data: URL that is malformed', evidence({id: 'data:text/plain;base64,=',
    digestSRI: sri(TEXT)}), [], says('unreadable'));
  await add('needed', 'not there yet', good, [], indeterminate({linkedResource: 'linkedResource.needed'}), requiring);
  await add('unavailable', 'not to be had', good, [{kind: 'linkedResource', id: RESOURCE, unavailable: 'HTTP 503'}],
    indeterminate({linkedResource: 'linkedResource.unavailable'}), requiring);
  await add('unnamed', 'a digest of nothing', {evidence: {type: 'Evidence', digestSRI: sri(TEXT)}}, [], says('unnamed'));
  await add('algorithm', 'a digest by a function that is not known', evidence({digestSRI: 'sha3-384-AAAA'}), found(TEXT),
    says('algorithm'));
  await add('malformed', 'a digest that is cut off', evidence({digestSRI: 'sha384-AAAA'}), found(TEXT), says('malformed'));
  await add('many', 'more digests than are compared', {evidence: Array.from({length: 101}, (_, index) =>
    ({type: 'Evidence', id: `${RESOURCE}?${index}`, digestSRI: sri(TEXT)}))}, [],
  verified({linkedResource: 'limits.linkedResources'}, undated));
  await add('context', 'the digest of a context selects it', {relatedResource: {id: 'https://www.w3.org/ns/credentials/v2',
    digestSRI: sri(TEXT)}}, [], says('context'));
  await add('no-digest', 'a related resource with what is no digest', {relatedResource: {id: RESOURCE, digestSRI: 'none'}},
    [], notVerified({'document.conformance': 'document.member.value'}));
  const tampered = await sign({...samples.vcMinimal(), ...good}, suites.jcs(issuer));
  output.entry({id: 'linked-blocked', title: 'of a forged record nothing is looked up', spec: 'design.md §5',
    document: {...tampered, credentialSubject: {...tampered.credentialSubject, name: 'Eve'}}, resources: found(TEXT),
    policy: oneOf(issuer.controller), expect: notVerified({linkedResource: 'linkedResource.blocked'})});
}

/** Adds endorsements that came with a badge, in it and beside it. */
async function endorsements(output) {
  const policy = oneOf(issuer.controller, endorser.controller);
  const badge = samples.obSmall();
  const beside = await issue(samples.endorsementOf(badge.id, endorser), suites.rdfc(endorser));
  const elsewhere = await issue(samples.endorsementOf('https://other.example/badges/1', endorser), suites.rdfc(endorser));
  const add = (id, title, document, expect, more) => output.entry({id: `endorsement-${id}`, title,
    spec: `${OB3}#endorsementsubject`, document, policy, expect, ...more});
  const signed = await issue(badge, suites.rdfc(issuer));
  const says = code => verified({'embedded.endorsement': `endorsement.${code}`});
  add('beside', 'an endorsement that came with the badge', signed, says('verified'),
    {occasion: {endorsements: [JSON.stringify(beside)]}});
  add('beside-elsewhere', 'an endorsement of another badge came with it', signed, says('notVerified'),
    {occasion: {endorsements: [JSON.stringify(elsewhere)]}});
  add('required', 'the policy requires that endorsements are verified, and one is of another badge',
    await issue({...badge, endorsement: [beside, elsewhere]}, suites.rdfc(issuer)),
    notVerified({'embedded.endorsement': 'endorsement.notVerified'}),
    {policy: {...policy, checks: {'embedded.endorsement': 'require'}}});
  const unnamed = clone(badge);
  delete unnamed.id;
  add('of-unnamed', 'a badge without identifier: of what the endorsement is cannot be told',
    await issue({...unnamed, endorsement: [beside]}, suites.rdfc(issuer)), says('indeterminate'));
  const {type, ...rest} = samples.endorsementOf(badge.id, endorser);
  const other = await issue({...rest, type: ['VerifiableCredential']}, suites.rdfc(endorser));
  add('no-endorsement', 'another credential stands where an endorsement should',
    await issue({...badge, endorsement: [other]}, suites.rdfc(issuer)), says('notVerified'));
  const anonymous = clone(beside);
  delete anonymous.issuer;
  add('by-nobody', 'an endorsement that does not say who made it',
    await issue({...badge, endorsement: [anonymous]}, suites.rdfc(issuer)), says('notVerified'));
}

/** Adds records whose issuer offers a newest version. */
async function newer(output) {
  const service = {refreshService: {id: PLACE, type: '1EdTechCredentialRefresh'}};
  const policy = oneOf(issuer.controller);
  const version = (change, pair = issuer) => issue({...withContext(samples.obSmall(pair), OB_EXT), ...service, ...change},
    suites.rdfc(pair));
  const original = await version({});
  const from = {validFrom: '2026-06-15T00:00:00Z'};
  const add = (id, title, resource, code, more = {}) => output.entry({id: `newer-${id}`, title, spec: `${VCDM}#refreshing`,
    document: original, resources: resource ? [{kind: 'newerVersion', id: PLACE, ...resource}] : [], policy,
    expect: verified({newerVersion: code}), ...more});
  const text = (document, name) => ({file: output.file(`resources/newer-${name}.json`, document)});
  const current = await version(from);
  add('exists', 'there is a newer version: reported', text(current, 'version'), 'newerVersion.exists');
  add('exists-required', 'the same, and the policy wants the newest', text(current, 'version'), '', {
    policy: {...policy, checks: {newerVersion: 'require'}}, expect: authenticBut({current: 'passed'},
      {newerVersion: 'newerVersion.exists'})});
  add('same', 'the newest version is this one', text(original, 'original'), 'newerVersion.none');
  add('unavailable', 'the place does not answer', {unavailable: 'HTTP 503'}, 'newerVersion.unavailable');
  add('another', 'another record stands there', text(await version({...from, id: 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2dff'}), 'another'),
    'newerVersion.other');
  add('of-another', 'a record of another issuer stands there', text(await version(from, endorser), 'of-another'), 'newerVersion.other');
  add('forged', 'what stands there was tampered with', text({...current, name: 'Leadership Badge'}, 'forged'),
    'newerVersion.notAuthentic');
  const undated = await sign({...samples.vcMinimal(), id: 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d02', ...service},
    suites.jcs(issuer));
  add('undecided', 'versions without dates: which is newer cannot be told', text(undated, 'undated'), '',
    {document: undated, expect: verified({newerVersion: 'newerVersion.undecided'}, {current: 'notApplicable'})});
  const list = 'https://university.example/status/4';
  const revoked = await version({...from, credentialStatus: {id: `${list}#7`, type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation', statusListIndex: '7', statusListCredential: list}});
  const made = [...output.files.keys()].find(name => name === 'resources/status-revocation.json');
  output.entry({id: 'newer-revoked', title: 'the newest version has been revoked', spec: `${VCDM}#refreshing`,
    document: original, policy, resources: [{kind: 'newerVersion', id: PLACE, ...text(revoked, 'revoked')},
      {kind: 'statusList', id: list, file: made, retrievedAt: '2026-11-21T11:59:00Z'}],
    expect: verified({newerVersion: 'newerVersion.revoked'})});
  const odd = await version({refreshService: {...service.refreshService, id: 'http://university.example/badges/1'}});
  add('service', 'a place that is not on https', null, 'newerVersion.service', {document: odd});
  add('forged-original', 'for a forged record no newer one is looked for', text(current, 'version'), '', {
    document: {...original, name: 'Leadership Badge'}, expect: notVerified({newerVersion: 'newerVersion.blocked'})});
  const places = Array.from({length: 9}, (_, index) => ({id: `${PLACE}?${index}`, type: '1EdTechCredentialRefresh'}));
  add('many', 'more places than are looked at', null, 'limits.newerVersions', {document: await version({refreshService:
    places}), resources: places.map(({id}) => ({kind: 'newerVersion', id, ...text(original, 'original')}))});
}

/** Adds all of them. */
export async function linked(output) {
  await resources(output);
  await endorsements(output);
  await newer(output);
}
