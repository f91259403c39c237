// Contexts: unknown, supplied, pinned, inside the document, edited in place.
import {createHash} from 'node:crypto';
import {DI2, ED2020, OB, OB_EXT, V1, V2, clone, indeterminate, issue, json, notVerified, oneOf, publish, sign, suites,
  verified} from './lib.mjs';
import {issuer} from './people.mjs';
import * as samples from './samples.mjs';

const VALIDATING = 'https://www.w3.org/TR/vc-data-integrity/#validating-contexts';
const LOSSLESS = 'https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly';
const VC = 'https://www.w3.org/2018/credentials#';
const unknown = checks => indeterminate(checks, {authentic: 'indeterminate'});
const forged = checks => notVerified(checks, {authentic: 'failed'});
const available = code => ({'contexts.available': code});

const URL = 'https://university.example/contexts/honours.json';
const honours = {'@context': {honours: 'https://university.example/vocabulary#honours'}};

export async function contexts(output) {
  const policy = oneOf(issuer.controller);
  const add = (id, title, spec, document, expect, more = {}) =>
    output.entry({id: `context-${id}`, title, spec, document, policy, expect, ...more});
  const small = await issue(samples.obSmall(), suites.rdfc(issuer));
  const edited = (change, base = small) => {
    const document = clone(base);
    return change(document) ?? document;
  };

  // --- of one's own
  publish({id: URL, ...honours});
  const own = {...samples.obSmall(), '@context': [V2, OB, URL], honours: 'summa cum laude'};
  const signed = await issue(own, suites.rdfc(issuer));
  const bytes = json(honours);
  const supplied = (name, content, more = {}) => [{kind: 'context', id: URL,
    file: output.file(`resources/${name}.json`, content), mediaType: 'application/ld+json', ...more}];
  const pin = content => ({...policy, contexts: [{url: URL, sha256: createHash('sha256').update(content).digest('hex')}]});
  const input = {input: 'credentials/context-unknown.json'};
  add('unknown', 'a context that is not known is requested', 'threats.md L09', signed,
    unknown({'contexts.available': 'context.unknown', 'proof.signature': 'check.blocked'}));
  add('unavailable', 'the same, and it cannot be had', 'threats.md L09', signed,
    unknown(available('context.unavailable')), {...input, resources: [{kind: 'context', id: URL, unavailable: 'gone'}]});
  add('supplied', 'the same, supplied: it defines a term that no reserved vocabulary has', VALIDATING, signed,
    {verdict: 'verified', checks: {'proof.signature': 'proof.signature.good', 'issuer.bound': 'issuer.bound'}},
    {...input, resources: supplied('honours', bytes)});
  add('pinned', 'the same, and the policy pins its digest', VALIDATING, signed, verified(available('context.ok')),
    {...input, resources: supplied('honours', bytes), policy: pin(bytes)});
  add('digest', 'the context supplied does not have the pinned digest', 'threats.md L08', signed,
    unknown(available('context.digest')), {...input, resources: supplied('honours', bytes), policy: pin(`${bytes} `)});
  add('unreadable', 'the context supplied is a web page', 'threats.md L08', signed, unknown(available('context.unreadable')),
    {...input, resources: supplied('honours-unreadable', '<!doctype html>\n')});
  add('other-meaning', 'the context supplied gives the term another meaning than the signer\'s did', 'threats.md L08', signed,
    forged({'proof.signature': 'proof.signature.invalid'}), {...input, resources: supplied('honours-other',
      {'@context': {honours: 'https://university.example/vocabulary#dishonours'}})});
  const hidden = edited(vc => {
    vc['@context'].push(URL);
    vc.bestBefore = vc.validUntil;
    delete vc.validUntil;
  }, await sign({...samples.obSmall(), validUntil: '2026-06-30T00:00:00Z'}, suites.rdfc(issuer)));
  add('supplied-alias', 'an attacker\'s context gives validUntil another name, under which an expired badge hides its expiry',
    'threats.md L06', hidden, forged(available('context.redefinesReserved')), {resources: supplied('alias-of-valid-until',
      {'@context': {bestBefore: {'@id': `${VC}validUntil`, '@type': 'http://www.w3.org/2001/XMLSchema#dateTime'}}})});
  add('supplied-vocab', 'a supplied context has @vocab, so that every misspelling means something', 'threats.md L16',
    edited(vc => void (vc['@context'].push(URL), vc.degree = 'PhD')), unknown(available('context.forbiddenKeyword')),
    {resources: supplied('vocab', {'@context': {'@vocab': 'https://university.example/vocabulary#'}})});

  // --- inside the document
  const inline = (id, title, spec, context, change, expect, inlineContexts) => add(id, title, spec,
    edited(vc => (vc['@context'].push(context), change(vc), vc), hiddenBase), expect,
    inlineContexts ? {policy: {...policy, inlineContexts}} : {});
  const hiddenBase = await sign({...samples.obSmall(), validUntil: '2026-06-30T00:00:00Z'}, suites.rdfc(issuer));
  const alias = {bestBefore: {'@id': `${VC}validUntil`, '@type': 'http://www.w3.org/2001/XMLSchema#dateTime'}};
  const rename = vc => {
    vc.bestBefore = vc.validUntil;
    delete vc.validUntil;
  };
  inline('inline-alias', 'the document brings a context in which validUntil has another name', 'threats.md L06', alias,
    rename, unknown(available('context.inline.refused')));
  inline('inline-alias-allowed', 'the same, and the policy allows inline contexts: not for reserved properties',
    'threats.md L06', alias, rename, forged(available('context.redefinesReserved')), 'allowUnreserved');
  inline('inline-vocab', 'an inline @vocab', 'threats.md L16', {'@vocab': 'https://evil.example/#'}, vc => vc.degree = 'PhD',
    notVerified(available('context.inline.refused'), {authentic: 'indeterminate', current: 'failed'}));
  inline('inline-vocab-allowed', 'an inline @vocab where the policy allows inline contexts, but not that', 'threats.md L16',
    {'@vocab': 'https://evil.example/#'}, () => {},
    notVerified(available('context.forbiddenKeyword'), {authentic: 'indeterminate', current: 'failed'}), 'allowUnreserved');
  inline('inline-base', 'an inline @base', 'threats.md L13', {'@base': 'https://evil.example/'}, () => {},
    notVerified(available('context.inline.refused'), {authentic: 'indeterminate', current: 'failed'}));
  const inlined = {...samples.obSmall(), '@context': [V2, OB, honours['@context']], honours: 'cum laude'};
  const inlineSigned = await issue(inlined, suites.rdfc(issuer));
  add('inline-unreserved', 'an inline context with a term of the issuer\'s own is refused by default', VALIDATING,
    inlineSigned, unknown(available('context.inline.refused')));
  add('inline-unreserved-allowed', 'the same where the policy allows it', VALIDATING, inlineSigned,
    {verdict: 'verified', checks: {'proof.signature': 'proof.signature.good'}},
    {input: 'credentials/context-inline-unreserved.json', policy: {...policy, inlineContexts: 'allowUnreserved'}});

  // --- order and combination
  add('order', 'the base context is not the first', 'threats.md L18', edited(vc => void vc['@context'].reverse()),
    forged({'document.conformance': 'document.context.order'}));
  add('base-missing', 'the base context is missing', 'threats.md L18', edited(vc => void vc['@context'].shift()),
    {verdict: 'notVerified', checks: {}});
  add('none', 'there is no context', 'threats.md L18', edited(vc => void delete vc['@context']),
    {verdict: 'notVerified', checks: {}});
  add('both-models', 'the contexts of both data models', VALIDATING, edited(vc => void vc['@context'].splice(1, 0, V1)),
    forged({}));
  const ob300 = 'https://purl.imsglobal.org/spec/ob/v3p0/context.json';
  add('protected', 'Open Badges 3.0.0 and VCDM 2.0 define protected terms differently', 'standards.md §1.7',
    edited(vc => void (vc['@context'][1] = ob300)), forged(available('context.invalid')));
  add('too-many', 'more contexts than the limit', 'threats.md L28', edited(vc => void vc['@context'].push(
    ...Array.from({length: 40}, (_, index) => `https://university.example/contexts/${index}`))),
  {verdict: 'indeterminate', checks: {limits: 'limits.contexts'}});
  add('repeated', 'the same context many times: the signature does not change, nor what is read', 'threats.md L28',
    edited(vc => void vc['@context'].push(...Array(10).fill(OB))), {verdict: 'verified', checks: {
      'proof.signature': 'proof.signature.good'}});

  // --- terms and values that would be dropped
  const lossy = async (id, title, spec, change, expect, base = small) => add(id, title, spec, edited(change, base), expect);
  await lossy('term-undefined', 'a claim that no context defines: Open Badges 3.0.3 is edited in place, so a later version ' +
    'could define it', 'threats.md L10', vc => void (vc.credentialSubject.degree = 'PhD'),
  unknown({'jsonld.lossless': 'jsonld.term.undefinedUnpinned'}));
  const v1 = await sign({'@context': [V1, DI2], type: ['VerifiableCredential'], issuer: issuer.controller,
    issuanceDate: '2026-01-15T00:00:00Z', credentialSubject: {id: 'did:example:ada'}}, suites.rdfc(issuer));
  await lossy('term-undefined-pinned', 'a claim that no context defines, and all of them are the published ones for good',
    'threats.md L10', vc => void (vc.credentialSubject.degree = 'PhD'),
    forged({'jsonld.lossless': 'jsonld.term.undefined'}), v1);
  await lossy('relative-id', 'a relative identifier: everything said of the badge would be dropped', 'threats.md L11',
    vc => void (vc.id = 'badge-1'), forged({'document.conformance': 'document.url'}));
  await lossy('relative-nested-id', 'a relative identifier deep inside: forged evidence that is not signed',
    'threats.md L11', vc => void (vc.evidence = [{id: 'not a url', type: ['Evidence'], name: 'PhD thesis'}]), forged({}));
  await lossy('iri-angle-brackets', 'an identifier that would break out of the canonical form', 'threats.md L11',
    vc => void (vc.credentialSubject.id = 'urn:x> <urn:y> <urn:z> .\n<urn:x'), forged({}));
  await lossy('relative-image', 'a relative image', 'threats.md L12', vc => void (vc.credentialSubject.image = 'ada.png'),
    forged({'jsonld.lossless': 'jsonld.iri'}));
  await lossy('blank-id', 'an identifier that is a blank node label', 'threats.md L19',
    vc => void (vc.credentialSubject.id = '_:b0'), forged({'jsonld.lossless': 'jsonld.blankId'}));
  await lossy('language-tag', 'a language tag that is none: the text would be dropped', 'threats.md L21',
    vc => void (vc.name = {'@value': vc.name, '@language': 'a b'}), forged({'jsonld.lossless': 'jsonld.language'}));
  await lossy('language-map', 'a map of languages, which the schema of Open Badges allows and JSON-LD drops',
    'standards.md §1.9', vc => void (vc.credentialSubject.achievement.name = {en: 'Teamwork', de: 'Teamarbeit'}),
    {verdict: 'indeterminate', axes: {authentic: 'indeterminate'}, checks: {}});
  await lossy('proof-member', 'a member of the proof that no context defines', 'threats.md D19',
    vc => void (vc.proof.note = 'with distinction'), {verdict: 'indeterminate', axes: {authentic: 'indeterminate'},
      checks: {}});
  await lossy('free-value', 'a list in a list, and a null in it', LOSSLESS,
    vc => void (vc.credentialSubject.achievement.tag = [['statistics'], null]), forged({}));

  // --- edited in place
  const history = (file, url = OB) => ({dated: {[url]: file}});
  const in2022 = {...samples.obV1(), '@context': [V1, ob300, ED2020], issuanceDate: '2022-11-04T00:00:00Z'};
  add('dated-2022', 'issued when Open Badges 3.0.0 gave its terms other IRIs: the signature fits that version only',
    'standards.md §1.5', await sign(in2022, suites.ed2020(issuer, {created: '2022-11-04T09:30:00Z'}),
      history('ob-3.0.0.2022-11-03.b8ba91eb.json', ob300)), verified({'contexts.version': 'context.version.dated'}));
  add('dated-2022-tampered', 'the same, changed: it fits no version', 'standards.md §1.5',
    edited(vc => void (vc.name = 'Leadership Badge'), JSON.parse(output.files.get('credentials/context-dated-2022.json'))),
    forged({'proof.signature': 'proof.signature.invalid'}));
  add('dated-2024', 'issued with the version of 2024-03-04, which gives this badge the same graph as the newest',
    'standards.md §1.5', await sign(samples.obSmall(), suites.rdfc(issuer, {created: '2024-03-05T09:30:00Z'}),
      history('ob-3.0.3.2024-03-04.ef2fa9c7.json')), verified({'contexts.version': 'context.version.newest'}));
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.e30.AAAA';
  const later = vc => void (vc.endorsementJwt = [jwt]);
  add('endorsement-jwt', 'a term that Open Badges 3.0.3 has since 2026-06-29', 'standards.md §1.5',
    await issue(edited(later, samples.obSmall()), suites.rdfc(issuer)), {verdict: 'verified', checks: {
      'proof.signature': 'proof.signature.good'}});
  add('endorsement-jwt-unsigned', 'issued by a library that dropped the term, because its version of the context did not ' +
    'have it: nothing covers it', 'standards.md §1.5', edited(later, JSON.parse(output.files.get(
    'credentials/context-dated-2024.json'))), forged({'proof.signature': 'proof.signature.invalid'}));
  const schema = {id: 'https://university.example/schema.json', type: '1EdTechJsonSchemaValidator2019'};
  const early = {...samples.obSmall(), validFrom: '2024-05-02T00:00:00Z', credentialSchema: [schema]};
  add('dated-vocab', 'issued while VCDM 2.0 had @vocab, with a type that only the extension context defines: no version ' +
    'without @vocab has it', 'standards.md §1.6', await sign(early,
    suites.rdfc(issuer, {created: '2024-05-02T09:30:00Z'}), history('w3c-credentials-v2.2024-04-16.b80302b6.json', V2)),
  {verdict: 'indeterminate', axes: {authentic: 'indeterminate'}, checks: {}});
  add('extension', 'the same with the extension context, as it should be', 'standards.md §1.6',
    await issue({...early, '@context': [V2, OB, OB_EXT]}, suites.rdfc(issuer)), verified({
      schema: 'schema.needed'}));
}
