// SD-JWT VC whose type is described at an address: what the description says decides nothing, but it has to be the one.
import {createHash} from 'node:crypto';
import {SDJwtVcInstance} from '@sd-jwt/sd-jwt-vc';
import {indeterminate, notVerified, oneOf} from './lib.mjs';
import {EDDSA, bound} from './jwt.mjs';
import {instance, verifies} from './sd_jwt.mjs';

const SPEC = 'https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc#section-5';
const VCT = 'https://credentials.example/types/skill';
const BASE = 'https://credentials.example/types/credential';
const seconds = instant => Date.parse(instant) / 1000;
const sri = text => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Adds the tokens. */
export async function typeMetadata(output) {
  const policy = oneOf(EDDSA.controller);
  const base = JSON.stringify({vct: BASE, name: 'A credential'});
  const text = JSON.stringify({vct: VCT, name: 'A skill', extends: BASE, 'extends#integrity': sri(base)});
  const alone = JSON.stringify({vct: VCT, name: 'A skill'});
  const issued = (name, more, vct = VCT) => instance(SDJwtVcInstance, EDDSA, `type ${name}`).issue({iss: EDDSA.controller,
    iat: seconds('2026-01-15T09:30:00Z'), nbf: seconds('2026-01-15T00:00:00Z'), exp: seconds('2036-01-15T00:00:00Z'), vct,
    skill: 'Teamwork', ...more}, undefined, {header: {kid: EDDSA.id}});
  const found = (name, pages) => Object.entries(pages).map(([id, page], index) => ({kind: 'typeMetadata', id,
    file: output.file(`resources/type-${name}${index || ''}.json`, page)}));
  const add = async (id, title, more, resources, code, rest = {}) => output.entry({id: `sd-jwt-type-${id}`, title, spec: SPEC,
    extension: 'sd-jwt', document: await issued(id, more, rest.vct), policy: rest.policy ?? policy, resources,
    expect: rest.expect ?? bound({typeMetadata: `typeMetadata.${code}`}), peer: verifies(SDJwtVcInstance, EDDSA),
    lenient: rest.lenient});
  const pinned = {'vct#integrity': sri(text)};
  const pages = {[VCT]: text, [BASE]: base};
  const required = {...policy, checks: {typeMetadata: 'require'}};
  await add('matches', 'the type and the one that it extends are those that the issuer meant', pinned,
    found('matches', pages), 'matches');
  await add('found', 'the type is described, and no digest says that this is what was meant', {}, found('found',
    {[VCT]: alone}), 'found');
  await add('needed', 'the type has not been looked up: reported', {}, [], 'needed');
  await add('none', 'a type without an address', {}, [], 'none', {vct: 'urn:example:skill'});
  await add('unavailable', 'the description cannot be had', pinned, [{kind: 'typeMetadata', id: VCT, unavailable: 'HTTP 404'}],
    'unavailable');
  await add('unreadable', 'a page stands in its place', {}, found('unreadable', {[VCT]: '<html></html>\n'}), 'unreadable');
  await add('other', 'the description of another type', {}, found('other', {[VCT]: base}), 'other');
  await add('digest', 'another description than the issuer meant', pinned, found('digest', {[VCT]: alone}), 'digest');
  await add('digest-required', 'the same, and the policy requires that it fits', pinned, found('digest', {[VCT]: alone}), '',
    {policy: required, expect: notVerified({typeMetadata: 'typeMetadata.digest'}), lenient: 'the library does not ask for it'});
  await add('needed-required', 'it has not been looked up, and the policy requires that', pinned, [], '', {policy: required,
    expect: indeterminate({typeMetadata: 'typeMetadata.needed'}), lenient: 'the library does not ask for it'});
  await add('digest-of-base', 'another description of the type that it extends', pinned, found('digest-of-base',
    {[VCT]: text, [BASE]: JSON.stringify({vct: BASE, name: 'Another'})}), 'digest');
  await add('digest-unknown', 'a digest that cannot be read', {'vct#integrity': 'md5-AAAA'}, found('digest-unknown',
    {[VCT]: alone}), 'digest.unknown');
  const loop = JSON.stringify({vct: VCT, extends: VCT});
  await add('loop', 'a type that extends itself', {}, found('loop', {[VCT]: loop}), 'loop');
}
