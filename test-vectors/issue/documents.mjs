// Bytes, JSON, conformance to the data model, limits.
import {V2, clone, indeterminate, issue, json, notVerified, oneOf, sign, suites, verified} from './lib.mjs';
import {issuer} from './people.mjs';
import * as samples from './samples.mjs';

const VCDM2 = 'https://www.w3.org/TR/vc-data-model-2.0/#verification';
const VCDM1 = 'https://www.w3.org/TR/vc-data-model/#basic-concepts';
const forged = checks => notVerified(checks, {authentic: 'failed'});
const LIMITS = 'design.md §9';

export async function documents(output) {
  const policy = oneOf(issuer.controller);
  const small = await issue(samples.obSmall(), suites.rdfc(issuer));
  const text = json(small);
  const add = (id, title, spec, document, expect, more = {}) =>
    output.entry({id, title, spec, document, policy, expect, ...more});
  const latin = value => Uint8Array.from(value, character => character.codePointAt(0));

  // --- bytes and JSON
  const broken = (id, title, spec, content, code) => add(`json-${id}`, title, spec, content,
    forged({'document.json': code}));
  const named = value => text.replace('"Teamwork Badge"', value);
  broken('bom', 'a byte order mark', 'threats.md J12', `\ufeff${text}`, 'json.bom');
  broken('trailing', 'a second document behind the first', 'threats.md J13', text + text, 'json.trailing');
  broken('trailing-text', 'text behind the document', 'threats.md J13', `${text}x`, 'json.trailing');
  broken('trailing-comma', 'a comma before a closing brace', 'threats.md J14', text.replace(/\n}\n$/, ',\n}\n'), 'json.syntax');
  broken('comment', 'a comment', 'threats.md J14', text.replace('{', '{ /* a badge */'), 'json.syntax');
  broken('truncated', 'the second half is missing', 'threats.md J14', text.slice(0, 700), 'json.syntax');
  broken('control-character', 'a raw control character in a string', 'threats.md J14', named('"Team\u0001work"'),
    'json.syntax');
  broken('nan', 'NaN', 'threats.md J14', named('NaN'), 'json.syntax');
  broken('leading-zero', 'a number with a leading zero', 'threats.md J14', named('007'), 'json.syntax');
  broken('single-quotes', 'a string in single quotes', 'threats.md J14', named("'Teamwork Badge'"), 'json.syntax');
  broken('lone-surrogate', 'half of a surrogate pair', 'threats.md J10', named('"Team\\ud800work"'), 'json.surrogate');
  broken('surrogates-crossed', 'a surrogate pair in the wrong order', 'threats.md J10', named('"Team\\udc00\\ud800work"'),
    'json.surrogate');
  broken('utf8-invalid', 'a byte that UTF-8 does not have', 'threats.md J11', latin(named('"Team\u00ffwork"')), 'json.utf8');
  broken('utf8-overlong', 'a slash in two bytes', 'threats.md J11', latin(named('"Team\u00c0\u00afwork"')), 'json.utf8');
  broken('utf8-surrogate', 'a surrogate in three bytes', 'threats.md J10', latin(named('"Team\u00ed\u00a0\u0080work"')),
    'json.utf8');
  broken('number-infinite', 'a number beyond all doubles', 'threats.md J04', named('1e400'), 'json.numberRange');
  broken('array', 'the badge in an array', 'threats.md J17', `[${text}]`, 'json.shape');
  broken('duplicate-in-proof', 'a key twice inside the proof', 'threats.md J01', text.replace('"proof": {',
    '"proof": {\n    "created": "2020-01-01T00:00:00Z",'), 'json.duplicateKey');
  for(const [id, title, number] of [['beyond-doubles', 'an integer that doubles do not have', '9007199254740993'],
    ['beyond-64-bits', 'an integer that 64 bits do not have', '9223372036854775808'],
    ['exponent', 'an integer with an exponent', '3e1']]) {
    add(`json-integer-${id}`, title, 'threats.md J05', json({...small, credentialSubject: {...small.credentialSubject,
      creditsEarned: 'HERE'}}).replace('"HERE"', number), forged({}));
  }
  add('json-private-number', 'an object that one parser library reads as a number', 'threats.md J07',
    {...small, credentialSubject: {...small.credentialSubject, creditsEarned: {'$serde_json::private::Number': '42'}}},
    forged({}));
  add('json-prototype', 'a key that changes prototypes in JavaScript', 'threats.md J19',
    json(small).replace('"name": "Teamwork Badge"', '"__proto__": {"name": "x"},\n  "name": "Teamwork Badge"'),
    {verdict: 'indeterminate', axes: {authentic: 'indeterminate'}, checks: {}});
  const nul = await issue({...samples.obSmall(), name: 'Team\u0000work \u202e\u001b[31m'}, suites.rdfc(issuer));
  add('json-nul', 'NUL, an escape sequence and a right-to-left override in a name: signed as they are', 'threats.md J15', nul,
    verified());
  for(const [id, title, content] of [['html', 'a web page', '<!doctype html>\n'], ['jws', 'a compact JWS with nothing in it',
    'eyJhbGciOiJFZERTQSJ9.e30.AAAA']]) {
    add(`format-${id}`, title, 'design.md §5', content, indeterminate({'document.format': 'format.notRecognised'}));
  }
  const clr1 = 'https://purl.imsglobal.org/spec/clr/v1p0/context/clr_v1p0.jsonld';
  const two = {verdict: 'indeterminate', checks: {'document.format': 'format.notRecognised'}};
  add('format-two', 'a record that says it is an Open Badge of 2.0 and a CLR of 1.0', 'design.md §5', {'@context':
    ['https://w3id.org/openbadges/v2', clr1], type: 'Assertion', id: 'https://university.example/badges/1', badge:
    'https://university.example/classes/1', verification: {type: 'HostedBadge'}}, two);
  add('format-two-by-members', 'a statement of the Experience API with the members of an Open Badge of 1.0', 'design.md §5',
    {actor: {mbox: 'mailto:ada@example.org'}, verb: {id: 'http://adlnet.gov/expapi/verbs/passed'}, object: {id:
      'https://university.example/courses/1'}, badge: 'https://university.example/classes/1', recipient: {type: 'email',
      identity: 'ada@example.org', hashed: false}, verify: {type: 'hosted', url: 'https://university.example/badges/1'}}, two);
  add('format-link', 'a link: what stands there has to be obtained', 'design.md §5', 'https://university.example/badges/1\n',
    indeterminate({'hosted.documents': 'hosted.needed'}));
  broken('text', 'plain text', 'threats.md J14', 'a badge\n', 'json.syntax');
  broken('empty', 'nothing', 'threats.md J14', '', 'json.syntax');
  add('json-utf-16', 'JSON in UTF-16', 'threats.md J12', Uint8Array.from(Buffer.from(text, 'utf16le')), forged({}));
  add('format-other-json', 'JSON that is no record', 'design.md §5', {name: 'package', version: '1.0.0'},
    indeterminate({'document.format': 'format.notRecognised'}));

  // --- conformance, with a signature that is good: only the structure speaks against them
  const conform = async (id, title, change, code, {spec = VCDM2, base = samples.obSmall, suite = suites.rdfc, checks = {}} = {}) => {
    const unsigned = base();
    change(unsigned);
    add(`document-${id}`, title, spec, await sign(unsigned, suite(issuer)),
      forged({'document.conformance': code, ...checks}));
  };
  const v1 = {spec: VCDM1, base: samples.obV1, suite: suites.ed2020};
  await conform('no-issuer', 'no issuer', vc => delete vc.issuer, 'document.member.missing');
  await conform('no-subject', 'no subject', vc => delete vc.credentialSubject, 'document.member.missing');
  await conform('issuer-without-id', 'an issuer object without id', vc => delete vc.issuer.id,
    'document.member.missing');
  await conform('no-credential-type', 'not of type VerifiableCredential', vc => vc.type = ['OpenBadgeCredential'],
    'document.type', {suite: suites.jcs});
  await conform('date-without-offset', 'validFrom without offset (VCDM 2.0 §4.9)', vc => vc.validFrom = '2026-01-15T00:00:00',
    'document.date');
  await conform('date-only', 'validFrom is a date without time', vc => vc.validFrom = '2026-01-15', 'document.date',
    {checks: {'validity.from': 'validity.from.unknown'}});
  await conform('date-month-13', 'a month that there is not', vc => vc.validUntil = '2030-13-01T00:00:00Z', 'document.date');
  await conform('date-text', 'validUntil is a text', vc => vc.validUntil = 'never', 'document.date',
    {checks: {'validity.until': 'validity.until.unknown'}});
  await conform('status-without-type', 'a status without type', vc => vc.credentialStatus = {
    id: 'https://university.example/status/3#1'}, 'document.member.missing');
  await conform('schema-without-id', 'a schema without id', vc => vc.credentialSchema = {type: 'JsonSchema'},
    'document.member.missing');
  await conform('v1-no-issuance-date', 'VCDM 1.1 without issuanceDate', vc => delete vc.issuanceDate,
    'document.member.missing', v1);
  await conform('v1-no-issuer', 'VCDM 1.1 without issuer', vc => delete vc.issuer, 'document.member.missing', v1);
  const withV2 = clone(small);
  withV2.issuer = 'not a url';
  add('document-issuer-no-url', 'an issuer that is no URL', VCDM2, withV2, forged({'document.conformance': 'document.url'}));

  // --- wrong JSON types: wrong is never absent
  const WRONG = {
    validFrom: [5, true, {}, ['2026-01-15T00:00:00Z']], validUntil: [1893456000, false, {'@value': 'x'}, [], null],
    issuer: [5, true, [], null], credentialSubject: ['did:example:ada', 5, true], credentialStatus: ['revoked', 5, true],
    credentialSchema: ['https://university.example/schema.json', 5], type: [5, {}, null, []], id: [5, true, {}, []],
    '@context': [5, {}, null], refreshService: ['https://university.example/', 5], endorsement: ['a', 5]
  };
  const kindOf = value => value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  for(const [member, values] of Object.entries(WRONG)) {
    for(const value of values) {
      const document = {...clone(small), [member]: value};
      output.entry({id: `wrong-type-${member.replace('@', '')}-${kindOf(value)}`,
        title: `${member} is of JSON type ${kindOf(value)}`, spec: 'threats.md J18', document, policy,
        expect: {verdict: 'notVerified', checks: {}}});
    }
  }

  // --- limits: reached is "too complex", never "invalid"
  const limit = (id, title, input, limits, code) => output.entry({id: `limit-${id}`, title, spec: LIMITS,
    input: `credentials/${input}.json`, policy: {...policy, limits}, expect: code ?
      {verdict: 'indeterminate', checks: {limits: code}} : verified()});
  const bytes = Buffer.byteLength(text);
  limit('bytes-kept', 'as many bytes as the limit', 'ob3-small', {inputBytes: bytes});
  limit('bytes', 'one byte more than the limit', 'ob3-small', {inputBytes: bytes - 1}, 'limits.bytes');
  limit('depth', 'nested more deeply than the limit', 'ob3-full', {depth: 4}, 'limits.depth');
  limit('values', 'more values than the limit', 'ob3-full', {values: 50}, 'limits.values');
  limit('contexts', 'more contexts than the limit', 'ob3-full', {contexts: 2}, 'limits.contexts');
  limit('quads', 'more statements than the limit', 'ob3-full', {quads: 50}, 'limits.quads');
  limit('blank-nodes', 'more unnamed nodes than the limit', 'ob3-full', {blankNodes: 5}, 'limits.blankNodes');
  limit('terms', 'more term definitions than the limit', 'ob3-full', {terms: 20}, 'limits.terms');
  limit('proofs', 'more proofs than the limit', 'set-two-suites', {proofs: 1}, 'limits.proofs');
  limit('signatures', 'more signatures than the limit', 'set-two-suites', {signatures: 1}, 'limits.signatures');
  limit('embedded', 'more records inside than the limit', 'presentation-two', {embedded: 1}, 'limits.embedded');
  const nested = depth => `{"@context":["${V2}"],"type":["VerifiableCredential"],"issuer":"did:example:a",` +
    `"credentialSubject":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
  add('limit-depth-33', 'thirty-three objects inside each other', 'threats.md J02', nested(32),
    {verdict: 'indeterminate', checks: {limits: 'limits.depth'}});
  add('limit-depth-100000', 'a hundred thousand brackets', 'threats.md J02', `{"a":${'['.repeat(100000)}`,
    {verdict: 'indeterminate', checks: {limits: 'limits.depth'}});
  const poisoned = {...clone(small), credentialSubject: Array(2).fill({type: ['AchievementSubject'],
    result: Array(7).fill({type: ['Result'], status: 'Completed'})})};
  add('limit-canonicalization', 'two equal subjects with seven equal results each: naming them takes factorial work',
    'threats.md R02', poisoned, {verdict: 'indeterminate', checks: {limits: 'limits.canonicalization'}});
}
