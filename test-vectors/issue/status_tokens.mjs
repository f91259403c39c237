// Lists as tokens: Token Status List of the IETF, packed by an independent library, and Bitstring Status Lists in a JWT.
import {gzipSync, deflateSync} from 'node:zlib';
import {StatusList, createHeaderAndPayload, getListFromStatusListJWT} from '@sd-jwt/jwt-status-list';
import {createCredential, createList} from '@digitalbazaar/vc-bitstring-status-list';
import {NOW, authenticBut, indeterminate, issue, oneOf, suites, verified} from './lib.mjs';
import {byHand, joseKey, jws, verifiesWith} from './jose_keys.mjs';
import {EDDSA, bound} from './jwt.mjs';
import * as samples from './samples.mjs';
import {issuer} from './people.mjs';

const IETF = 'https://datatracker.ietf.org/doc/html/draft-ietf-oauth-status-list#section-8.3';
const BSL = 'https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm';
const LIST = 'https://university.example/tokens/1';
const RETRIEVED = '2026-11-21T11:59:00Z';
const seconds = instant => Date.parse(instant) / 1000;
const ISSUED = seconds('2026-01-15T09:30:00Z');

const payloadOf = token => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

const endorser = await joseKey('endorser', 'EdDSA');

/** Adds records whose status list is a token. */
export async function statusTokens(output) {
  await tokenStatusLists(output);
  await bitstringTokens(output);
}

async function tokenStatusLists(output) {
  const record = (status, more = {}) => jws(EDDSA, {iss: EDDSA.controller, iat: ISSUED, exp: seconds('2036-01-15T00:00:00Z'),
    vct: 'https://credentials.example/skill', name: 'Ada Lovelace', status, ...more}, {typ: 'dc+sd-jwt', kid: EDDSA.id});
  const at = (idx, uri = LIST) => ({status_list: {idx, uri}});
  const bits = (count, set = {}) => new StatusList(Array.from({length: 64}, (_, index) => set[index] ?? 0), count);
  const one = bits(1, {0: 1, 7: 1, 9: 1, 63: 1});
  const two = bits(2, {0: 1, 1: 2, 5: 3, 63: 1});
  const token = (list, claims = {}, header = {}, key = EDDSA) => {
    const made = createHeaderAndPayload(list, {iss: EDDSA.controller, sub: LIST, iat: ISSUED, ...claims},
      {alg: key.alg, typ: 'statuslist+jwt', kid: key.id, ...header});
    return jws(key, made.payload, made.header);
  };
  const add = async (name, title, status, list, expect, more = {}) => output.entry({id: `status-token-${name}`, title,
    spec: IETF, extension: 'sd-jwt', document: `${await record(status)}~`, policy: oneOf(EDDSA.controller), expect,
    resources: list === undefined ? [] : [{kind: 'statusList', id: LIST, retrievedAt: RETRIEVED, mediaType:
      'application/statuslist+jwt', file: output.file(`resources/status-token-${name}.jwt`, list)}],
    // The library reads what is in a list; who signed it, and for whom it is, is for the caller.
    peer: async text => verifiesWith(EDDSA, {now: NOW})(text.slice(0, -1)),
    lenient: expect.verdict === 'verified' ? undefined : 'the library looks at the signature and the times', ...more});
  const says = code => ({'status.entry': code});
  const good = bound(says('status.unset'));
  const set = code => authenticBut({current: 'failed'}, says(code));
  const open = code => indeterminate(says(code), {authentic: 'passed', current: 'indeterminate'});

  const ones = await token(one);
  const twos = await token(two);
  for(const [list, made, text, index, expect] of [
    ['one', one, ones, 8, good], ['one', one, ones, 0, set('status.revoked')], ['one', one, ones, 7, set('status.revoked')],
    ['one', one, ones, 63, set('status.revoked')], ['two', two, twos, 2, good], ['two', two, twos, 0, set('status.revoked')],
    ['two', two, twos, 1, set('status.suspended')], ['two', two, twos, 5, open('status.purposeUnknown')]
  ]) {
    // What the library reads at this index of the token, not of the list that the token was made of.
    const value = getListFromStatusListJWT(text).getStatus(index);
    if(value !== made.getStatus(index)) {
      throw new Error(`${list} ${index}: ${value}`);
    }
    await add(`${list}-${index}`, `the status at ${index} is ${value}, in a list of ${list === 'one' ? 'one bit' :
      'two bits'} each`, at(index), text, expect);
  }
  await add('range', 'the index is beyond the end', at(64), ones, open('status.index.range'));
  await add('index-text', 'the index is text', at('8'), ones, open('status.index'));
  await add('index-negative', 'the index is negative', at(-1), ones, open('status.index'));
  await add('location', 'the list is not on https', at(8, 'http://university.example/tokens/1'), undefined,
    open('status.list.location'));
  await add('other-mechanism', 'a mechanism that nobody knows here', {other_list: {idx: 8, uri: LIST}}, undefined,
    open('status.typeUnknown'));

  // --- lists
  for(const [name, title, text, code] of [
    ['sub', 'the list says that it is another', token(one, {sub: `${LIST}1`}), 'status.list.mismatch'],
    ['expired', 'the list has expired', token(one, {exp: seconds('2026-06-30T00:00:00Z')}), 'status.list.expired'],
    ['not-yet', 'the list is not in force yet', token(one, {nbf: seconds('2027-06-30T00:00:00Z')}),
      'status.list.notYetValid'],
    ['typ', 'a token of another type', jws(EDDSA, payloadOf(ones), {typ: 'JWT', kid: EDDSA.id}), 'status.list.notAuthentic'],
    ['of-another', 'a list of another issuer', token(one, {iss: endorser.controller}, {}, endorser), 'status.list.issuer'],
    ['of-another-signed', 'a list that names the issuer and that somebody else signed', token(one, {}, {}, endorser),
      'status.list.notAuthentic'],
    ['alg-none', 'a list without a signature', byHand(EDDSA, payloadOf(ones), {alg: 'none', typ: 'statuslist+jwt'},
      {sign: () => Buffer.alloc(0)}), 'status.list.notAuthentic'],
    ['bits', 'statuses of three bits', jws(EDDSA, {...payloadOf(ones), status_list: {...payloadOf(ones).status_list, bits: 3}},
      {typ: 'statuslist+jwt', kid: EDDSA.id}), 'status.list.malformed'],
    ['gzip', 'GZIP where ZLIB is wanted', packed(gzipSync(Buffer.alloc(8))), 'status.list.encoding'],
    ['truncated', 'the statuses end in the middle', packed(deflateSync(Buffer.from('the statuses of somebody')).subarray(0, 12)),
      'status.list.encoding'],
    ['bomb', 'sixteen megabytes and a byte, out of a few kilobytes', packed(deflateSync(Buffer.alloc(2 ** 24 + 1))),
      'limits.statusList']
  ]) {
    await add(name, title, at(8), await text, open(code));
  }
  async function packed(bytes) {
    return jws(EDDSA, {iss: EDDSA.controller, sub: LIST, iat: ISSUED, status_list: {bits: 1,
      lst: Buffer.from(bytes).toString('base64url')}}, {typ: 'statuslist+jwt', kid: EDDSA.id});
  }
}

async function bitstringTokens(output) {
  const at = 'https://university.example/status/5';
  const list = await createList({length: 131072});
  list.setStatus(7, true);
  const unsigned = {...await createCredential({id: at, list, statusPurpose: 'revocation'}), issuer: issuer.controller,
    validFrom: '2026-01-01T00:00:00Z'};
  const header = {typ: 'vc+jwt', cty: 'vc', kid: EDDSA.id};
  const found = async (name, claims, more = {}) => [{kind: 'statusList', id: at, retrievedAt: RETRIEVED,
    mediaType: 'application/vc+jwt', file: output.file(`resources/status-${name}.jwt`, await jws(EDDSA, claims,
      {...header, ...more}))}];
  const supplied = await found('bitstring', unsigned);
  const entry = index => ({id: `${at}#${index}`, type: 'BitstringStatusListEntry', statusPurpose: 'revocation',
    statusListIndex: index, statusListCredential: at});
  const says = code => ({'status.entry': code});
  const record = async index => issue({...samples.obSmall(), credentialStatus: entry(index)}, suites.rdfc(issuer));
  const add = async (name, title, index, resources, expect) => output.entry({id: `status-jwt-${name}`, title, spec: BSL,
    document: await record(index), resources, policy: oneOf(issuer.controller), expect});
  await add('unset', 'a list in a token: the status is not set', '8', supplied, verified(says('status.unset')));
  await add('revoked', 'a list in a token: the status is set', '7', supplied, authenticBut({current: 'failed'},
    says('status.revoked')));
  await add('exp', 'the claim exp of the list has passed', '7', await found('bitstring-exp', {...unsigned,
    exp: seconds('2026-06-30T00:00:00Z')}), indeterminate(says('status.list.expired'), {current: 'indeterminate'}));
  await add('typ', 'the list is in a token of another type', '8', await found('bitstring-typ', unsigned, {typ: 'kb+jwt'}),
    indeterminate(says('status.list.notAuthentic'), {current: 'indeterminate'}));
}
