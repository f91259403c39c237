// Status lists, packed and issued by an independent library.
import {createCredential, createList} from '@digitalbazaar/vc-bitstring-status-list';
import {authenticBut, indeterminate, issue, oneOf, sign, suites, verified} from './lib.mjs';
import * as people from './people.mjs';
import * as samples from './samples.mjs';

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
  const add = async (id, title, credentialStatus, resources, expect) => output.entry({id, title, spec: BSL,
    document: await issue({...samples.obSmall(), credentialStatus}, suites.rdfc(issuer)), resources,
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
}
