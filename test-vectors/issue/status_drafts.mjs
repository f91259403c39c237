// The drafts that Bitstring Status List came from, which are still in use: StatusList2021 and RevocationList2020, packed
// and issued by an independent library, which is also asked what it says of each record with its list.
import {gzipSync, deflateSync} from 'node:zlib';
import * as vc from '@digitalbazaar/vc';
import * as list2021 from '@digitalbazaar/vc-status-list';
import * as list2020 from '@digitalbazaar/vc-revocation-list';
import {createCredential as bitstring, createList as bits} from '@digitalbazaar/vc-bitstring-status-list';
import {createVerifiableCredentialJwt} from 'did-jwt-vc';
import {EdDSASigner} from 'did-jwt';
import {NOW, authenticBut, clone, indeterminate, issue, loader, oneOf, peerSuites, sign, suites, verified} from './lib.mjs';
import {jws, verifiesWith} from './jose_keys.mjs';
import {EDDSA, claims} from './jwt.mjs';
import * as people from './people.mjs';
import * as samples from './samples.mjs';
import {withContext} from './valid.mjs';

const {issuer, endorser} = people;
const RETRIEVED = '2026-11-21T11:59:00Z';
const LENGTH = 131072;
const SET = [0, 7, 94567, LENGTH - 1];

/** What the two drafts differ in. */
const DRAFTS = {
  2021: {
    spec: 'https://www.w3.org/TR/2023/WD-vc-status-list-20230427/#validate-algorithm', library: list2021,
    address: 'https://university.example/status/2021', context: 'https://w3id.org/vc/status-list/2021/v1',
    index: 'statusListIndex',
    entry: (list, index, purpose = 'revocation') => ({id: `${list}#${index}`, type: 'StatusList2021Entry',
      statusPurpose: purpose, statusListIndex: index, statusListCredential: list})
  },
  2020: {
    spec: 'https://w3c-ccg.github.io/vc-status-rl-2020/#validate-algorithm', library: list2020,
    address: 'https://university.example/status/2020', context: 'https://w3id.org/vc-revocation-list-2020/v1',
    index: 'revocationListIndex',
    entry: (list, index) => ({id: `${list}#${index}`, type: 'RevocationList2020Status', revocationListIndex: index,
      revocationListCredential: list})
  }
};

const says = (code, more) => ({'status.entry': code, ...more});
const open = code => indeterminate(says(code), {authentic: 'passed', current: 'indeterminate'});
const set = code => authenticBut({current: 'failed'}, says(code));
const good = verified(says('status.unset', {'status.listId': 'status.listId.same',
  'status.listLength': 'status.listLength.enough'}));

/** A list of these statuses, as the library makes it, not yet signed. */
async function unsigned(draft, purpose, {length = LENGTH, at = draft.address} = {}) {
  const list = await draft.library.createList({length});
  for(const index of SET.filter(index => index < length)) {
    list.setStatus ? list.setStatus(index, true) : list.setRevoked(index, true);
  }
  return {...await draft.library.createCredential({id: at, list, statusPurpose: purpose}),
    issuer: issuer.controller, issuanceDate: '2026-01-01T00:00:00Z'};
}

/** The library's own answer: the record, and its statuses in the lists that it can obtain. */
const asks = (draft, lists) => async text => {
  const documentLoader = async url => lists[url] ?
    {contextUrl: null, documentUrl: url, document: clone(lists[url])} : loader()(url);
  const {verified, error} = await vc.verifyCredential({credential: JSON.parse(text), suite: peerSuites(), documentLoader,
    now: NOW, checkStatus: options => draft.library.checkStatus(options)});
  if(!verified) {
    throw error ?? new Error('the status is set');
  }
};

/** Adds records with each kind of list, as linked data and as tokens. */
export async function statusDrafts(output) {
  for(const [year, draft] of Object.entries(DRAFTS)) {
    await linkedData(output, year, draft);
    await tokens(output, year, draft);
  }
}

const resource = (output, id, name, text, extension = 'json') => ({kind: 'statusList', id,
  file: output.file(`resources/${name}.${extension}`, text), retrievedAt: RETRIEVED});

async function linkedData(output, year, draft) {
  const {address: LIST, entry} = draft;
  const signs = (list, pair = issuer) => issue(list, suites.ed2020(pair));
  const record = async status => issue({...withContext(samples.obV1(), draft.context), credentialStatus: status},
    suites.ed2020(issuer));
  const made = {};
  const add = async (name, title, status, lists, expect, lenient) => {
    const id = `status-${year}-${name}`;
    const resources = Object.entries(lists).map(([url, list], index) => {
      const key = JSON.stringify(list);
      made[key] ??= resource(output, url, `status-${year}-${name}${index || ''}`, list);
      return {...made[key], id: url};
    });
    output.entry({id, title, spec: draft.spec, document: await record(status), resources,
      policy: oneOf(issuer.controller), expect, peer: asks(draft, lists), lenient});
  };
  const revocation = await signs(await unsigned(draft, 'revocation'));
  const lists = {[LIST]: revocation};
  await add('unset', 'the status is not set in a list that verifies', entry(LIST, '94566'), lists, good);
  for(const index of SET) {
    await add(`revoked-${index}`, `the status is set, at index ${index}`, entry(LIST, `${index}`), lists,
      set('status.revoked'));
  }
  await add('range', 'the index is beyond the end', entry(LIST, `${LENGTH}`), lists, open('status.index.range'));
  const reads = 'the library makes a number of whatever begins with one';
  const {index} = draft;
  for(const [name, title, value, lenient] of [
    ['number', 'is a number', 8, reads],
    ['letters', 'has letters behind its digits', '8th', reads],
    ['zero', 'has a zero in front of its digits', '08', reads],
    ['space', 'has a space in front of its digits', ' 8', reads],
    ['fraction', 'has a fraction', '8.0', reads],
    ['hexadecimal', 'is written in hexadecimal: an index of 0 to those who stop at the x', '0x8'],
    ['negative', 'is negative', '-1']
  ]) {
    await add(`index-${name}`, `the index ${title}`, {...entry(LIST, '8'), [index]: value}, lists, open('status.index'),
      lenient);
  }
  await add('index-huge', 'the index wraps around to one that is not set where indexes have 32 bits',
    entry(LIST, `${2 ** 32 + 8}`), lists, open('status.index.range'));
  await add('of-another', 'a list of another issuer says nothing', entry(LIST, '8'), {[LIST]: await signs({
    ...await unsigned(draft, 'revocation'), issuer: endorser.controller}, endorser)}, open('status.list.issuer'));
  await add('of-another-signed', 'a list that names the issuer and that somebody else signed', entry(LIST, '8'),
    {[LIST]: await sign(await unsigned(draft, 'revocation'), suites.ed2020(endorser))}, open('status.list.notAuthentic'));
  const {proof, ...bare} = revocation;
  await add('unsigned', 'a list that nobody signed: the draft does not demand that it is looked at', entry(LIST, '8'),
    {[LIST]: bare}, open('status.list.notAuthentic'));
  await add('tampered', 'a list that was replaced by an empty one, under the old signature', entry(LIST, '7'),
    {[LIST]: {...revocation, credentialSubject: {...revocation.credentialSubject, encodedList:
      gzipSync(Buffer.alloc(LENGTH / 8)).toString('base64url')}}}, open('status.list.notAuthentic'));
  await add('expired-list', 'an expired list says nothing, even where the status is set', entry(LIST, '7'),
    {[LIST]: await sign({...await unsigned(draft, 'revocation'), expirationDate: '2026-06-30T00:00:00Z'},
      suites.ed2020(issuer))}, open('status.list.expired'));
  await add('named-otherwise', 'the list bears another identifier than its address: it may be another list',
    entry(LIST, '8'), {[LIST]: await signs(await unsigned(draft, 'revocation', {at: `${LIST}1`}))},
    indeterminate(says('status.unset', {'status.listId': 'status.listId.other'}), {authentic: 'passed',
      current: 'indeterminate'}), 'the library does not compare them');
  await add('short', 'the list is so short that it tells whom one asks about: reported', entry(LIST, '8'),
    {[LIST]: await signs(await unsigned(draft, 'revocation', {length: 1024}))},
    verified(says('status.unset', {'status.listLength': 'status.listLength.short'})));

  // --- another packing, which no library makes
  const packed = async (name, title, encodedList, expect, lenient) => {
    const list = await unsigned(draft, 'revocation');
    list.credentialSubject.encodedList = encodedList;
    await add(name, title, entry(LIST, '8'), {[LIST]: await sign(list, suites.ed2020(issuer))}, expect, lenient);
  };
  const gzip = gzipSync(Buffer.from(Array.from({length: LENGTH / 8}, (_, i) => i === 0 ? 1 : i * 89 % 251)));
  const unpackable = open('status.list.encoding');
  await packed('truncated', 'the statuses end in the middle', gzip.subarray(0, gzip.length / 2).toString('base64url'),
    unpackable);
  const crc = Buffer.from(gzip);
  crc[crc.length - 8] ^= 1;
  await packed('checksum', 'the checksum of the statuses is another', crc.toString('base64url'), unpackable);
  await packed('trailing', 'more than one list, one behind the other', Buffer.concat([gzip, gzip]).toString('base64url'),
    unpackable, 'the library unpacks the first or both');
  await packed('bomb', 'sixteen megabytes and a byte, out of a few kilobytes',
    gzipSync(Buffer.alloc(2 ** 24 + 1)).toString('base64url'), open('limits.statusList'), 'the library has no limit');
  await packed('base64', 'in base64 with padding, as the text of the draft says', gzip.toString('base64'), good);
  await packed('multibase', 'with the prefix that only its successor has', `u${gzip.toString('base64url')}`, unpackable);
  const zlib = deflateSync(Buffer.alloc(LENGTH / 8)).toString('base64url');
  await packed('zlib', year === '2020' ? 'ZLIB, as the text of the draft says' : 'ZLIB, which this draft does not have', zlib,
    year === '2020' ? good : unpackable, year === '2020' ? undefined : 'the library unpacks either');

  // --- a list of another kind
  const newer = {...await bitstring({id: LIST, list: await bits({length: LENGTH}), statusPurpose: 'revocation'}),
    issuer: issuer.controller};
  await add('kind', 'a list of the standard that came of the draft', entry(LIST, '8'),
    {[LIST]: await issue(newer, suites.rdfc(issuer))}, open('status.list.type'));
  const other = DRAFTS[year === '2021' ? 2020 : 2021];
  await add('kind-draft', 'a list of the other draft', entry(LIST, '8'), {[LIST]: await signs(await unsigned(other,
    'revocation', {at: LIST}))}, open('status.list.type'));
  if(year !== '2021') {
    return;
  }

  // --- purposes, which the first draft does not have
  const SUSPENSIONS = `${LIST}/suspensions`;
  const both = {...lists, [SUSPENSIONS]: await signs(await unsigned(draft, 'suspension', {at: SUSPENSIONS}))};
  const two = (revoked, suspended) => [entry(LIST, revoked), entry(SUSPENSIONS, suspended, 'suspension')];
  await add('two-unset', 'neither revoked nor suspended', two('8', '8'), both, good);
  await add('two-suspended', 'suspended and not revoked', two('8', '7'), both, set('status.suspended'));
  await add('two-revoked', 'revoked and not suspended', two('7', '8'), both, set('status.revoked'));
  await add('two-both', 'revoked and suspended: both are said', two('7', '7'), both, set('status.revoked'));
  await add('two-both-suspended', 'the same: the suspension', two('7', '7'), both, set('status.suspended'));
  await add('two-one-missing', 'not revoked, and the list of suspensions cannot be obtained', two('8', '8'), lists,
    open('status.list.needed'));
  await add('purpose', 'a list of suspensions says nothing about revocation', entry(SUSPENSIONS, '8'), both,
    open('status.list.purpose'));
  output.entry({id: 'status-2021-in-v2', title: 'an entry of the draft in a record of VCDM 2.0', spec: draft.spec,
    document: await issue({...withContext(samples.obSmall(), draft.context), credentialStatus: entry(LIST, '8')},
      suites.rdfc(issuer)), resources: [{...made[JSON.stringify(revocation)]}], policy: oneOf(issuer.controller),
    expect: good});
}

/** The same as tokens: the record, the list, or both. */
async function tokens(output, year, draft) {
  const {address: LIST, entry} = draft;
  const {controller: did, id: kid, alg} = EDDSA;
  const token = (list, key = EDDSA) => createVerifiableCredentialJwt(list, {did: key.controller, alg,
    signer: EdDSASigner(Buffer.from(key.privateJwk.d, 'base64url'))}, {header: {kid: key.id, typ: 'JWT'}});
  const list = await unsigned(draft, 'revocation');
  const text = await token(list);
  const found = (name, content) => [resource(output, LIST, `status-${year}-${name}`, content, 'jwt')];
  const supplied = found('list', text);
  const badge = index => ({...withContext(samples.obV1(), draft.context), expirationDate: '2036-01-15T00:00:00Z',
    credentialStatus: entry(LIST, index)});
  const add = async (name, title, index, resources, expect) => {
    const vc = badge(index);
    output.entry({id: `status-${year}-jwt-${name}`, title, spec: draft.spec, extension: 'jwt',
      document: await jws(EDDSA, {...claims(vc), vc}, {kid, typ: 'JWT'}), resources, policy: oneOf(did), expect,
      peer: verifiesWith(EDDSA, {now: NOW}), lenient: expect.verdict === 'verified' ? undefined :
        'the library looks at the signature and the times, not at the status'});
  };
  await add('unset', 'record and list are tokens: the status is not set', '8', supplied, verified(says('status.unset')));
  await add('revoked', 'the same: the status is set', '7', supplied, set('status.revoked'));
  output.entry({id: `status-${year}-jwt-of-linked-data`, title: 'a record in linked data, its list a token', spec: draft.spec,
    document: await issue(badge('8'), suites.ed2020(issuer)), resources: supplied, policy: oneOf(did),
    expect: verified(says('status.unset'))});
  await add('signature', 'the signature of the list is another\'s', '8', found('list-signature',
    `${text.split('.').slice(0, 2).join('.')}.${(await token({...list, name: 'another'})).split('.')[2]}`),
  open('status.list.notAuthentic'));
  await add('list-expired', 'the list has expired', '7', found('list-expired', await token({...list,
    expirationDate: '2026-06-30T00:00:00Z'})), open('status.list.expired'));
  await add('list-truncated', 'the statuses in the list end in the middle', '8', found('list-truncated', await token({...list,
    credentialSubject: {...list.credentialSubject, encodedList: list.credentialSubject.encodedList.slice(0, 20)}})),
  open('status.list.encoding'));
}
