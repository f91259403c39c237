// Status lists, packed and issued by an independent library.
import {gzipSync} from 'node:zlib';
import {createCredential, createList} from '@digitalbazaar/vc-bitstring-status-list';
import {OB_EXT, authenticBut, indeterminate, issue, oneOf, sign, suites, verified} from './lib.mjs';
import * as people from './people.mjs';
import * as samples from './samples.mjs';
import {withContext} from './valid.mjs';

const {issuer, endorser} = people;
const LIST = 'https://university.example/status/4';
const RETRIEVED = '2026-11-21T11:59:00Z';
const BSL = 'https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm';
const SET = [0, 7, 94567, 131071];

async function list(purpose) {
  const bits = await createList({length: 131072});
  SET.forEach(index => bits.setStatus(index, true));
  return {...await createCredential({id: LIST, list: bits, statusPurpose: purpose}),
    issuer: issuer.controller, validFrom: '2026-01-01T00:00:00Z'};
}

const entry = (index, purpose = 'revocation') => ({id: `${LIST}#${index}`, type: 'BitstringStatusListEntry',
  statusPurpose: purpose, statusListIndex: index, statusListCredential: LIST});

/** Adds records whose status list is there. */
export async function status(output) {
  const resource = (name, document) => [{kind: 'statusList', id: LIST, file: output.file(`resources/${name}.json`,
    document), retrievedAt: RETRIEVED}];
  const revocation = resource('status-revocation', await issue(await list('revocation'), suites.rdfc(issuer)));
  const suspension = resource('status-suspension', await issue(await list('suspension'), suites.rdfc(issuer)));
  const expired = resource('status-expired', await sign({...await list('revocation'),
    validUntil: '2026-06-30T00:00:00Z'}, suites.rdfc(issuer)));
  const others = resource('status-of-another', await issue({...await list('revocation'),
    issuer: endorser.controller}, suites.rdfc(endorser)));
  const add = async (id, title, credentialStatus, resources, expect, badge = samples.obSmall()) => output.entry({id, title,
    spec: BSL, document: await issue({...badge, credentialStatus}, suites.rdfc(issuer)), resources,
    policy: oneOf(issuer.controller), expect});
  const says = (code, more) => ({'status.entry': code, ...more});
  const good = {'status.listId': 'status.listId.same', 'status.listLength': 'status.listLength.enough'};

  await add('status-unset', 'the status is not set in a list that verifies', entry('94566'), revocation,
    verified(says('status.unset', good)));
  for(const index of SET) {
    await add(`status-revoked-${index}`, `the status is set, at index ${index}`, entry(`${index}`), revocation,
      authenticBut({current: 'failed'}, says('status.revoked', good)));
  }
  await add('status-suspended', 'the status is set in a list of suspensions', entry('7', 'suspension'), suspension,
    authenticBut({current: 'failed'}, says('status.suspended')));
  const open = (code) => indeterminate(says(code), {authentic: 'passed', current: 'indeterminate'});
  await add('status-range', 'the index is beyond the end', entry('131072'), revocation, open('status.index.range'));
  await add('status-purpose', 'a list of suspensions says nothing about revocation', entry('7'), suspension,
    open('status.list.purpose'));
  await add('status-expired-list', 'an expired list says nothing, even where the status is set', entry('7'), expired,
    open('status.list.expired'));
  await add('status-list-of-another', 'a list of another issuer says nothing', entry('7'), others,
    open('status.list.issuer'));

  // --- what a status can mean besides
  const message = {...entry('1', 'message'), statusMessage: [{status: '0x0', message: 'in order'},
    {status: '0x1', message: 'under review'}]};
  const messages = resource('status-message', await issue(await list('message'), suites.rdfc(issuer)));
  await add('status-message', 'a message about the record, which makes it neither valid nor invalid', message, messages,
    verified(says('status.message')));
  const refresh = resource('status-refresh', await issue(await list('refresh'), suites.rdfc(issuer)));
  await add('status-refresh', 'there is a newer version of the record', entry('7', 'refresh'), refresh,
    verified(says('status.refresh')));
  const audits = resource('status-other-purpose', await issue(await list('audit'), suites.rdfc(issuer)));
  await add('status-other-purpose', 'a status is set that has no meaning here', entry('7', 'audit'), audits,
    open('status.purposeUnknown'));

  // --- entries
  await add('status-size', 'a status of no bits', {...entry('7'), statusSize: 0}, revocation, open('status.size'));
  await add('status-location', 'the list is not on https', {...entry('7'),
    statusListCredential: 'http://university.example/status/4'}, revocation, open('status.list.location'));

  // --- lists
  const changed = async (name, change, retrieved) => {
    const unsigned = await list('revocation');
    await change(unsigned);
    const [made] = resource(`status-${name}`, await sign(unsigned, suites.rdfc(issuer)));
    return [{...made, retrievedAt: retrieved ?? RETRIEVED}];
  };
  const of = change => async vc => change(vc.credentialSubject, vc);
  const packed = bytes => `u${gzipSync(bytes).toString('base64url')}`;
  for(const [name, title, change, code] of [
    ['encoding', 'the statuses cannot be unpacked', of(subject => subject.encodedList = 'uH4sIAAAA'),
      'status.list.encoding'],
    ['bomb', 'sixteen megabytes and a byte, out of a few kilobytes',
      of(subject => subject.encodedList = packed(Buffer.alloc(2 ** 24 + 1))), 'limits.statusList'],
    ['malformed', 'the list has no statuses', of(subject => delete subject.encodedList), 'status.list.malformed'],
    ['nested', 'the list has a status of its own', of((subject, vc) => vc.credentialStatus = entry('7')),
      'status.list.nested']
  ]) {
    await add(`status-${name}`, title, entry('7'), await changed(name, change), open(code));
  }
  await add('status-unavailable', 'the list cannot be obtained', entry('7'), [{kind: 'statusList', id: LIST,
    unavailable: 'HTTP 503'}], open('status.list.unavailable'));
  await add('status-unreadable', 'a page stands where the list should be', entry('7'), [{kind: 'statusList', id: LIST,
    file: output.file('resources/status-page.html', '<html><body>Service unavailable</body></html>\n')}],
  open('status.list.unreadable'));
  const unknown = {...await list('revocation')};
  unknown['@context'] = [...unknown['@context'], {audit: 'https://university.example/audit'}];
  await add('status-undecided', 'whether the list is good cannot be told: it brings a context of its own', entry('7'),
    resource('status-undecided', await sign(unknown, suites.rdfc(issuer))), open('status.list.undecided'));
  const extended = withContext(samples.obSmall(), OB_EXT);
  await add('status-mismatch', 'a list of 1EdTech that says it is another', {id: `${LIST}#list`,
    type: '1EdTechRevocationList'}, resource('status-1edtech-other', {id: 'https://university.example/status/5',
    issuer: issuer.controller, revokedCredential: []}), open('status.list.mismatch'), extended);
  await add('status-1edtech-revoked', 'revoked in a list of 1EdTech, which nobody signs', {id: `${LIST}#list`,
    type: '1EdTechRevocationList'}, resource('status-1edtech', {id: LIST, issuer: {id: issuer.controller},
    revokedCredential: [{id: samples.obSmall().id, revocationReason: 'mistake'}]}),
  authenticBut({current: 'failed'}, says('status.revoked')), extended);

  // --- freshness
  const hour = of(subject => subject.ttl = 3600000);
  for(const [name, title, retrieved, code] of [
    ['fresh', 'the list is as fresh as its issuer wants', RETRIEVED, 'status.listFreshness.fresh'],
    ['ttl-over', 'the list should be fetched anew', '2026-11-21T10:00:00Z', 'status.listFreshness.over'],
    ['age-unknown', 'nobody says when the list was obtained', undefined, 'status.listFreshness.unknown']
  ]) {
    const [made] = await changed('hour', hour);
    await add(`status-${name}`, title, entry('8'), [{...made, retrievedAt: retrieved}],
      verified(says('status.unset', {'status.listFreshness': code})));
  }
  const base = {spec: BSL, input: 'credentials/status-unset.json'};
  output.entry({...base, id: 'status-stale', title: 'the list was obtained longer ago than the policy allows',
    resources: [{...revocation[0], retrievedAt: '2026-11-19T12:00:00Z'}],
    policy: {...oneOf(issuer.controller), statusMaxAge: 86400}, expect: open('status.list.stale')});
  output.entry({...base, id: 'status-skipped', title: 'the policy does not want the status looked up: said, and the axis ' +
    'is not green', policy: {...oneOf(issuer.controller), checks: {'status.entry': 'skip'}},
  expect: verified(says('status.notEvaluated'), {current: 'skipped'})});
}
