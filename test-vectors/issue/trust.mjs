// Whom a record is about, and what registries say of its issuer: hashes that are legacy or nearly right, federations, names
// that are another's.
import {createHash} from 'node:crypto';
import {issue, suites} from './lib.mjs';
import {joseKey, jws} from './jose_keys.mjs';
import {endorser, issuer} from './people.mjs';
import * as samples from './samples.mjs';

const RECIPIENT = 'https://www.imsglobal.org/spec/ob/v3p0/#recipient-verification';
const FEDERATION = 'https://openid.net/specs/openid-federation-1_0.html';
const LIST = 'https://registry.example/issuers.json';
const ANCHOR = 'https://federation.example';
const CONFIGURATION = `${ANCHOR}/.well-known/openid-federation`;
const NOW = Date.parse('2026-11-21T12:00:00Z') / 1000;

export async function trust(output) {
  await recipients(output);
  await federations(output);
  await names(output);
}

async function recipients(output) {
  const policy = {acceptedIssuers: {oneOf: [issuer.controller]}};
  const about = async (id, title, identity, code, address = samples.EMAIL) => {
    const badge = samples.obSmall();
    badge.credentialSubject.identifier = [{type: 'IdentityObject', hashed: true, identityType: 'emailAddress', ...identity}];
    output.entry({id, title, spec: RECIPIENT, document: await issue(badge, suites.rdfc(issuer)), policy,
      occasion: {recipients: [{type: 'emailAddress', value: address}]},
      expect: {verdict: 'indeterminate', axes: {authentic: 'passed', addressed: 'indeterminate'}, checks: {recipient: code}}});
  };
  const hash = (algorithm, text) => `${algorithm}$${createHash(algorithm).update(text).digest('hex')}`;
  await about('recipient-md5', 'only an MD5 hash fits the expected address',
    {identityHash: hash('md5', `${samples.EMAIL}Kosher`), salt: 'Kosher'}, 'recipient.matchesLegacy');
  await about('recipient-salt-order', 'the salt was put in front of the address',
    {identityHash: hash('sha256', `Kosher${samples.EMAIL}`), salt: 'Kosher'}, 'recipient.nearly');
  await about('recipient-case', 'the address is expected in another case than it was hashed in',
    {identityHash: hash('sha256', `${samples.EMAIL}Kosher`), salt: 'Kosher'}, 'recipient.nearly',
    samples.EMAIL.toUpperCase());
  await about('recipient-unknown-hash', 'the address is hashed in a way that is not known',
    {identityHash: hash('sha512', samples.EMAIL)}, 'recipient.notComparable');
}

async function federations(output) {
  const anchor = await joseKey('federation anchor', 'ES256');
  const other = await joseKey('federation other', 'ES256');
  const policy = {acceptedIssuers: {registered: [{url: ANCHOR, kind: 'openidFederation',
    anchorKeys: [JSON.stringify(anchor.publicJwk)]}]}};
  const statement = (name, key, sub, metadata, more = {}) => jws(key, {iss: ANCHOR, sub, iat: NOW - 60, exp: NOW + 86400,
    metadata, ...more}, {typ: 'entity-statement+jwt', kid: 'key-1'})
    .then(token => ({file: output.file(`resources/federation-${name}.jwt`, token), mediaType: 'application/entity-statement+jwt'}));
  const configuration = {kind: 'issuerRegistry', id: CONFIGURATION, ...await statement('configuration', anchor, ANCHOR,
    {federation_entity: {organization_name: 'Example Consortium', federation_fetch_endpoint: `${ANCHOR}/fetch`}},
    {jwks: {keys: [{...anchor.publicJwk, kid: 'key-1'}]}})};
  const university = {federation_entity: {organization_name: 'Example University', homepage_uri: 'https://university.example/'},
    institution_additional_information: {legal_name: 'Example University, Inc.'}};
  const about = answer => [configuration, {kind: 'issuerRegistry',
    id: `${ANCHOR}/fetch?sub=${encodeURIComponent(issuer.controller)}`, ...answer}];
  const add = (id, title, resources, verdict, trusted, code, checks = {}) => output.entry({id: `federation-${id}`, title,
    spec: FEDERATION, input: 'credentials/ob3-small.json', policy, resources,
    expect: {verdict, axes: {authentic: 'passed', trusted}, checks: {'issuer.accepted': code, ...checks}}});

  add('lists', 'the trust anchor states who the issuer is', about(await statement('lists', anchor, issuer.controller,
    university)), 'verified', 'passed', 'issuer.accepted', {'issuer.name': 'issuer.name.registered'});
  add('not-found', 'the federation answers that it does not know the issuer', about({file: output.file(
    'resources/federation-not-found.json', {error: 'not_found', error_description: 'There is no such entity.'})}),
    'notVerified', 'failed', 'issuer.notAccepted');
  add('other-key', 'the statement is signed with a key that is not the anchor\'s', about(await statement('other-key', other,
    issuer.controller, university)), 'indeterminate', 'indeterminate', 'issuer.unknown');
  add('other-subject', 'the statement is about somebody else', about(await statement('other-subject', anchor,
    endorser.controller, university)), 'indeterminate', 'indeterminate', 'issuer.unknown');
  add('expired', 'the statement is no longer in force', about(await statement('expired', anchor, issuer.controller,
    university, {iat: NOW - 90000, exp: NOW - 3600})), 'indeterminate', 'indeterminate', 'issuer.unknown');
  add('unasked', 'the anchor has yet to be asked about the issuer', [configuration], 'indeterminate', 'indeterminate',
    'issuer.unknown');
}

async function names(output) {
  const policy = {acceptedIssuers: {registered: [LIST]}};
  const add = async (id, title, name, registered, verdict, code) => {
    const badge = samples.obSmall();
    badge.issuer.name = name;
    const registry = Object.fromEntries(Object.entries(registered).map(([did, name]) => [did, {name}]));
    output.entry({id: `name-${id}`, title, spec: 'threats P01, P02', document: await issue(badge, suites.rdfc(issuer)), policy,
      resources: [{kind: 'issuerRegistry', id: LIST, file: output.file(`resources/registry-name-${id}.json`, {registry})}],
      expect: {verdict, axes: {authentic: 'passed'}, checks: {'issuer.name': code}}});
  };
  await add('other', 'the issuer is registered under another name', 'Famous University',
    {[issuer.controller]: 'Example University'}, 'verified', 'issuer.name.other');
  await add('taken', 'another issuer is registered under this name', 'Famous University',
    {[endorser.controller]: 'Famous University'}, 'notVerified', 'issuer.name.taken');
  await add('looks-like', 'another issuer is registered under a name that looks like this one', 'Fаmous University',
    {[endorser.controller]: 'Famous University'}, 'notVerified', 'issuer.name.looksLike');
  await add('misleading', 'the name turns its direction', '\u202eytisrevinU suomaF',
    {[issuer.controller]: 'Famous University'}, 'verified', 'issuer.name.misleading');
}
