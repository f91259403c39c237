// The samples of others that stay in ../shared/vectors: what we expect of each, and why where they expect otherwise.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {indeterminate, notVerified, shared, verified} from './lib.mjs';

const KIND = 'controlledIdentifierDocument';

/** No issuer is demanded: the samples are of many issuers, none of whom matters. */
const good = (checks = {}, axes = {}) => verified({'issuer.accepted': 'issuer.anyone', ...checks},
  {trusted: 'skipped', ...axes});
const SIGNED = {'proof.signature': 'proof.signature.good', 'issuer.bound': 'issuer.bound'};

/** Names of tests are names of files everywhere. */
const nameOf = text => text.replaceAll(/[^A-Za-z0-9-]/g, '-');

function rows(source) {
  return readFileSync(path.join(shared, 'vectors', source, 'expectations.tsv'), 'utf8').trim().split('\n').slice(1)
    .map(line => line.split('\t'));
}

export function others(output) {
  records(output);
  credentialsConsortium(output);
  lists(output);
  oneEdTech(output);
}

// --- Digital Credentials Consortium: 46 Open Badges with live signatures

const DCC = 'dcc-vc-test-fixtures';

/** Those that are not what the names of the files and the general rule below would make one expect. */
const DCC_NOTES = {
  'legacyRegistry-noStatus-noExpiry-minimal': 'The least of VCDM 2.0: neither date nor status.',
  'twoOIDF-revoked-notExpired-badSchema': 'It brings an inline context for `issuanceDate`, which is refused by default. ' +
    'Upstream expects its verifier to report the schema and the status.'
};

const DCC_LISTS = 'did:key:z6MknNQD1WHLGGraFi6zcbGevuAgkVfdyCdtZnQTGWVVvR5Q';
const DCC_STATUS = {revoked: 'status.revoked', 'not-revoked': 'status.unset', 'status-list-expired': 'status.list.expired',
  'status-list-not-yet-valid': 'status.list.notYetValid', 'status-list-wrong-type': 'status.list.type',
  'status-list-bad-signature+encoding': 'status.list.notAuthentic'};

function credentialsConsortium(output) {
  for(const [file, , signature, validity, status] of rows(DCC)) {
    const document = JSON.parse(readFileSync(path.join(shared, 'vectors', DCC, file), 'utf8'));
    const name = path.basename(file, '.json');
    const folder = file.split('/').slice(2, 4).join('-').toLowerCase();
    const id = nameOf(`dcc-${folder}-${name}`);
    const issuer = document.issuer.id ?? document.issuer;
    const resources = [];
    const did = issuer.match(/^did:web:digitalcredentials\.github\.io:vc-test-fixtures:dids:(\w+)$/)?.[1];
    if(did) {
      resources.push({kind: KIND, id: issuer, file: `shared:${DCC}/dids/${did}/did.json`,
        mediaType: 'application/json'});
    } else if(issuer.startsWith('did:web:')) {
      resources.push({kind: KIND, id: issuer, unavailable: 'not found'});
    }
    const [from, until] = validity.split(' .. ');
    const expired = until !== '-' && until < '2026-11-21';
    const early = from !== 'None' && from > '2026-11-21';
    const current = {};
    if(until !== '-') {
      current['validity.until'] = expired ? 'validity.expired' : 'validity.lasts';
    }
    if(from !== 'None' && document.validFrom) {
      current['validity.from'] = early ? 'validity.notYet' : 'validity.begun';
    }
    const list = document.credentialStatus?.statusListCredential;
    if(list) {
      resources.push({kind: 'statusList', id: list,
        file: `shared:${DCC}/statusLists/didkey-ed25519Signature2020/${list.split('/').at(-1)}`});
    }
    // Another DID than those of the credentials signs all of their lists.
    const policy = list ? {acceptedIssuers: 'anyone', statusIssuers: [{issuer, statusIssuer: DCC_LISTS}]} : undefined;
    const said = DCC_STATUS[status.split(' (')[0]];
    const answer = said ? {'status.entry': said} : {};
    let expect;
    let note = DCC_NOTES[name];
    if(document['@context'].some(context => typeof context !== 'string')) {
      expect = indeterminate({'contexts.available': 'context.inline.refused'}, {authentic: 'indeterminate'});
      note = DCC_NOTES[name];
    } else if(signature === 'invalid') {
      expect = notVerified({'proof.signature': 'proof.signature.invalid', 'securing.proofs': 'securing.proofs.failed'},
        {authentic: 'failed'});
    } else if(resources.some(resource => resource.unavailable)) {
      expect = indeterminate({'key.resolved': 'key.document.unavailable'}, {authentic: 'indeterminate'});
      note = 'The DID has no document: the issuer cannot be told, which is neither a good nor a bad signature.';
    } else if(expired || early) {
      expect = notVerified({...SIGNED, ...current, ...answer}, {authentic: 'passed', current: 'failed'});
    } else if(said === 'status.revoked') {
      expect = notVerified({...SIGNED, ...current, ...answer, 'status.listId': 'status.listId.other',
        'status.listLength': 'status.listLength.short'}, {authentic: 'passed', current: 'failed'});
      note = 'The list in use bears another identifier than its address, and has 100,000 entries.';
    } else if(said) {
      expect = indeterminate({...SIGNED, ...current, ...answer}, {authentic: 'passed', current: 'indeterminate'});
    } else {
      expect = good(current, Object.keys(current).length ? {} : {current: 'notApplicable'});
    }
    output.entry({id, title: `Digital Credentials Consortium: ${name}`, spec: `${DCC}/expectations.tsv`,
      input: `shared:${DCC}/${file}`, resources, policy, expect, note});
  }
}

/** Their lists, which are credentials like others. */
const DCC_LIST_FILES = {
  e5WK8CbZ1GjycuPombrj: ['', good()],
  expired: ['', notVerified({...SIGNED, 'validity.until': 'validity.expired'}, {authentic: 'passed', current: 'failed'})],
  missingBitStringType: ['It lacks the type of a list, which only an entry asks for.', good()],
  notYetValid: ['', notVerified({...SIGNED, 'validity.from': 'validity.notYet'}, {authentic: 'passed', current: 'failed'})],
  tampered: ['', notVerified({'proof.signature': 'proof.signature.invalid'}, {authentic: 'failed'})]
};

function lists(output) {
  for(const [file, [note, expect]] of Object.entries(DCC_LIST_FILES)) {
    output.entry({id: nameOf(`dcc-list-${file}`), title: `Digital Credentials Consortium: the status list ${file}`,
      spec: `${DCC}/README.md`, input: `shared:${DCC}/statusLists/didkey-ed25519Signature2020/${file}`, expect,
      ...(note ? {note} : {})});
  }
}

// --- 1EdTech: CLR 2.0 and LER-RS

const INSIDE = {'embedded.verdict': 'embedded.indeterminate'};
const SHAPE = ['A sample of the shape: its issuer is no URL, its signature was copied from elsewhere, and a JSON Schema stands ' +
  'in the place of a context.', () => forged({'document.conformance': 'document.url', 'contexts.available':
  'context.jsonSchema', ...INSIDE})];
const EDTECH_RECORDS = {
  'clr20/simple.json': ['The keys stand only in the fragments of the issuers\' URLs.', () => needed(INSIDE)],
  'clr20/simple_v1.json': ['Methods of the records inside are urn:uuid, whose document nobody can look up: they are no methods ' +
    '(CID 1.0 §3.3).', () => forged({'embedded.verdict': 'embedded.notVerified', 'profile.clr': 'profile.clr.association'})],
  'clr20/simple.jwt': ['Its key is in its header, which proves nothing about the issuer.', () => indeterminate({
    'proof.signature': 'proof.signature.good', 'issuer.bound': 'issuer.bindingUnknown', ...INSIDE},
  {authentic: 'indeterminate'})],
  'clr20/simple-noproof.json': ['', () => forged({'securing.present': 'securing.missing'})],
  'clr20/simple_old_safesigned.json': ['The context of a draft, which cannot be had any more.', () => indeterminate({
    'contexts.available': 'context.unknown'}, {authentic: 'indeterminate'})],
  'ler-rs/LER-RS_V2_VCwrapper.json': SHAPE,
  'ler-rs/LER-RS_V2_UC008_portability.json': SHAPE,
  'ler-rs/LER-RS_V2_UC009_exchanging.json': SHAPE,
  'ler-rs/LER-RS_V2_UC010_applying.json': SHAPE
};

function records(output) {
  const upstream = new Map(rows(EDTECH).map(([file, outcome]) => [file, outcome]));
  for(const [file, [note, expect]] of Object.entries(EDTECH_RECORDS)) {
    output.entry({id: nameOf(`1edtech-${file}`), title: `1EdTech public validator: ${file}`,
      spec: `${EDTECH}/expectations.tsv`, input: `shared:${EDTECH}/${file}`, expect: expect(),
      note: `Upstream: ${upstream.get(file)}. ${note}`.trim()});
  }
}

// --- 1EdTech: the samples of the public validator

const EDTECH = '1edtech-public-validator';
const FRAGMENT = 'The key stands only in the fragment of the issuer\'s URL. Upstream takes it from there; it proves ' +
  'nothing about the issuer, whose document is needed.';
const needed = (checks = {}, axes = {}) => indeterminate({'key.resolved': 'key.document.needed', ...checks},
  {authentic: 'indeterminate', ...axes});
const forged = (checks = {}) => notVerified(checks, {authentic: 'failed'});
const IMAGE = {'document.image': 'image.ok'};
const BAKED_JWT = ['The header holds the key, which proves nothing about the issuer, whose document is needed. The claim sub ' +
  'is missing, which is noted.', indeterminate({...IMAGE, 'proof.signature': 'proof.signature.good',
  'issuer.bound': 'issuer.bindingUnknown'}, {authentic: 'indeterminate'})];
const undefinedTerm = ['The type is not defined, so JSON-LD would drop it. The context is one that was edited in place, ' +
  'so a later version could define it: upstream says invalid, we say that we do not know.',
indeterminate({}, {authentic: 'indeterminate'})];

const EDTECH_SAMPLES = {
  'simple.json': [FRAGMENT, needed()],
  'simple.1ob': [FRAGMENT, needed()],
  'simple_v1.json': [FRAGMENT, needed()],
  'simple-did-key-method.json': ['The method is a did:key without fragment (CID 1.0 §3.3 demands one), and the issuer is ' +
    'a urn:uuid that nothing ties to that key. Upstream accepts both.', forged({'key.resolved': 'key.method.url'})],
  'simple-did-web-method.json': [FRAGMENT, needed()],
  'simple-multiple-proofs.json': [`The first proof is of an unknown type and names no verification method; what it must have ` +
    `its own standard says, so it is unknown and not malformed. Of the second: ${FRAGMENT}`,
  needed({'proof.other': 'proof.other.ignored'})],
  'simple-noproof.json': ['', forged({'securing.present': 'securing.missing'})],
  'simple-json.png': [FRAGMENT, needed(IMAGE)],
  'simple-jwt.png': BAKED_JWT,
  'simple-jwt_v1.png': BAKED_JWT,
  'simple-json.svg': [FRAGMENT, needed(IMAGE)],
  'simple-jwt.svg': BAKED_JWT,
  'simple-jwt_v1.svg': BAKED_JWT,
  'simple.jwt': ['The key is at an https URL, which is not obtained during a test.', needed()],
  'velocity.jwt': ['A DID method that has no address of its own: its document would have to be supplied. Upstream calls ' +
    'it invalid.', indeterminate({'key.resolved': 'did.method.unsupported', 'status.entry': 'status.typeUnknown'},
    {authentic: 'indeterminate'})],
  'simple-err-type.json': ['A type that no context defines. Upstream demands a type of Open Badges, which is a rule of ' +
    'the profile; see also the other undefined types.', indeterminate({}, {authentic: 'indeterminate'})],
  'simple-err-proof-method.json': [`The fragment is no key. ${FRAGMENT}`, needed()],
  'simple-err-proof-method-no-scheme.json': ['', forged({'key.resolved': 'key.method.url'})],
  'simple-err-proof-method-unknown-scheme.json': ['', forged({'key.resolved': 'key.method.url'})],
  'simple-err-proof-method-unknown-did-method.json': ['The method has no fragment.',
    forged({'key.resolved': 'key.method.url'})],
  'simple-err-proof-value.json': ['The proof is well-formed; whether it fits cannot be told before the issuer\'s ' +
    'document is there. Upstream calls it invalid with the key of the fragment.', needed()],
  'simple-err-expired.json': ['validFrom and validUntil are one instant.', notVerified({
    'validity.until': 'validity.expired', 'key.resolved': 'key.document.needed'},
  {authentic: 'indeterminate', current: 'failed'})],
  'simple-err-issued.json': ['', notVerified({'validity.from': 'validity.notYet', 'key.resolved': 'key.document.needed'},
    {authentic: 'indeterminate', current: 'failed'})],
  'simple-err-context.json': ['', forged({'document.conformance': 'document.context.order'})],
  'simple-err-issuer.json': ['The signature would be good: the missing issuer is what is wrong.',
    forged({'document.conformance': 'document.member.missing'})],
  'simple-err-issuer-type.json': undefinedTerm,
  'simple-err-issuer-parentorg-type.json': undefinedTerm,
  'simple-err-issuer-otheridentifier-type.json': undefinedTerm,
  'simple-err-credential-subject-type.json': undefinedTerm,
  'simple-err-credential-subject-identifier-type.json': undefinedTerm,
  'simple-err-credential-subject-profile-type.json': undefinedTerm,
  'simple-err-credential-subject-result-type.json': undefinedTerm,
  'simple-err-credential-subject-achievement-result-description-type.json': undefinedTerm,
  'simple-err-evidence-type.json': undefinedTerm,
  'simple-context-alias.json': [FRAGMENT, needed()],
  'simple-context-version.json': [FRAGMENT, needed()],
  'simple-eddsa-2022.json': [FRAGMENT, needed({'proof.suite': 'proof.suite.preStandard'})],
  'complete.json': [`${FRAGMENT} The inline schema, for which upstream reports an error, is only reported by us.`,
    needed({'status.entry': 'status.blocked', schema: 'schema.blocked'})],
  'complete_v1.json': ['It expired in 2020.', notVerified({'validity.until': 'validity.expired'}, {current: 'failed'})],
  'credential-status-revoked.json': ['Upstream fetches the list and finds it revoked. Here the document of the did:web is ' +
    'not there either.', needed({'status.entry': 'status.blocked'})],
  'bit-string-list/credential-status-revoked.json': ['Upstream reads the list, in which the entry is set. The ' +
    'index is a number, where the standard wants a string.', indeterminate({'status.entry': 'status.index'})],
  'bit-string-list/testlist': ['A status list, which is a credential like any other.', indeterminate({})],
  'endorsement-valid.json': [FRAGMENT, needed({schema: 'schema.blocked'})],
  'endorsement-err-schema-status-refresh.json': ['Upstream looks up schema, status and refresh service. With the key of ' +
    'the fragment the signature would not fit either.', needed({'status.entry': 'status.blocked'})]
};

/** With a document of the issuer that lists the key of the fragment: what the signature is worth by itself. */
const status = {'status.entry': 'status.list.needed'};
const EDTECH_WITH_DOCUMENT = {
  'simple.json': good(),
  'simple.1ob': good(),
  'simple-json.png': good(IMAGE),
  'simple-json.svg': good(IMAGE),
  'simple_v1.json': good(),
  'simple-did-web-method.json': good(),
  'simple-err-expired.json': notVerified({...SIGNED, 'validity.until': 'validity.expired'},
    {authentic: 'passed', current: 'failed'}),
  'simple-err-issued.json': notVerified({...SIGNED, 'validity.from': 'validity.notYet'},
    {authentic: 'passed', current: 'failed'}),
  'simple-context-alias.json': good(),
  'simple-context-version.json': good(),
  'simple-eddsa-2022.json': good({'proof.suite': 'proof.suite.preStandard'}),
  'complete.json': indeterminate({...SIGNED, ...status}, {authentic: 'passed', current: 'indeterminate'}),
  'credential-status-revoked.json': indeterminate({...SIGNED, ...status},
    {authentic: 'passed', current: 'indeterminate'}),
  'bit-string-list/credential-status-revoked.json': indeterminate({...SIGNED, 'status.entry': 'status.index'}),
  'bit-string-list/testlist': good(),
  'endorsement-valid.json': good({schema: 'schema.needed'}),
  'simple-err-proof-value.json': forged({'proof.signature': 'proof.signature.invalid'})
};

/** Our own document for the issuer of a sample, with the key that the sample has in a fragment. */
function documentFor(output, file) {
  // Also where that stands in an image.
  const text = readFileSync(path.join(shared, 'vectors', EDTECH, 'ob30', file), 'utf8');
  const method = [...text.matchAll(/"verificationMethod"\s*:\s*"([^"]+)"/g)].at(-1)[1];
  const [id, publicKeyMultibase] = method.split('#');
  return [{kind: KIND, id, file: output.file(`resources/1edtech-${file.replaceAll('/', '-').replace(/(\.\w+)?$/, '.json')}`,
    {'@context': ['https://www.w3.org/ns/cid/v1'], id, assertionMethod: [{id: method, type: 'Multikey', controller: id,
      publicKeyMultibase}]})}];
}

/** With a list of ours in their form besides, which is not in their repository: sample, by whom, what it revokes. */
const PORTAL = 'https://dc.1edtech.org/wellspring2022/wellspring-portal';
const COMPLETE = 'https://1edtech.edu/credentials/3732/revocations';
const WELLSPRING = 'did:web:dc.1edtech.org:wellspring2022:wellspring-portal:org:da1e96e9-afcc-4eed-b9a2-2ddf7353214c';
const EDTECH_WITH_LIST = [
  ['credential-status-revoked.json', 'revoked', `${PORTAL}/api/revocations/da1e96e9-afcc-4eed-b9a2-2ddf7353214c`, WELLSPRING,
    [`${PORTAL}/credential/54418d3f-ec01-4652-800a-861c890a51a1`], notVerified({...SIGNED, 'status.entry': 'status.revoked'},
      {authentic: 'passed', current: 'failed'})],
  ['credential-status-revoked.json', 'other', `${PORTAL}/api/revocations/da1e96e9-afcc-4eed-b9a2-2ddf7353214c`, WELLSPRING,
    ['urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2dff'], good({'status.entry': 'status.unset'})],
  ['complete.json', 'empty', COMPLETE, 'https://1edtech.edu/issuers/565049', [], good({'status.entry': 'status.unset'})]
];

function withLists(output) {
  for(const [file, name, id, issuer, revoked, expect] of EDTECH_WITH_LIST) {
    output.entry({id: nameOf(`1edtech-${file}-with-list-${name}`), title: `1EdTech public validator: ${file}, with a ` +
      `document and a list of ours: ${name}`, spec: `${EDTECH}/expectations.tsv`, input: `shared:${EDTECH}/ob30/${file}`,
    resources: [...documentFor(output, file), {kind: 'statusList', id, file: output.file(
      `resources/${nameOf(`1edtech-${file}-list-${name}`)}.json`, {id, issuer, revokedCredential: revoked.map(id => ({id}))})}], expect});
  }
}

function oneEdTech(output) {
  withLists(output);
  const upstream = new Map(rows(EDTECH).filter(([file]) => file.startsWith('ob30/'))
    .map(([file, outcome]) => [file.slice(5), outcome]));
  for(const [file, expect] of Object.entries(EDTECH_WITH_DOCUMENT)) {
    output.entry({id: nameOf(`1edtech-${file}-with-document`), title: `1EdTech public validator: ${file}, with ` +
      'a document of ours that lists the key for the issuer', spec: `${EDTECH}/expectations.tsv`,
    input: `shared:${EDTECH}/ob30/${file}`, resources: documentFor(output, file), expect});
  }
  for(const file of upstream.keys()) {
    const sample = EDTECH_SAMPLES[file];
    if(!sample) {
      throw new Error(`Nothing is expected of ${file}`);
    }
    const [note, expect] = sample;
    output.entry({id: nameOf(`1edtech-${file}`), title: `1EdTech public validator: ${file}`,
      spec: `${EDTECH}/expectations.tsv`, input: `shared:${EDTECH}/ob30/${file}`, expect,
      note: `Upstream: ${upstream.get(file)}. ${note}`.trim()});
  }
}
