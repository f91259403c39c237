// What is signed is a graph, what is read is JSON. Each document here has the very graph that the issuer signed (the
// script checks that), and reads otherwise: it must be refused, or must read the same.
import {ED2020, clone, issue, notVerified, oneOf, quads, sign, suites, verified} from './lib.mjs';
import {endorser, issuer} from './people.mjs';
import * as samples from './samples.mjs';
import {withContext} from './valid.mjs';

const VC = 'https://www.w3.org/2018/credentials#';
const OBV = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#';
const XSD = 'http://www.w3.org/2001/XMLSchema#';
// Open Badges 3.0 really has its datatypes under https, where XML Schema is not.
const OB_XSD = 'https://www.w3.org/2001/XMLSchema#';
const refused = checks => notVerified(checks, {authentic: 'failed'});
const COMPACT = {'jsonld.readsAsSigned': 'jsonld.notCompact'};
const KEYWORD = {'jsonld.readsAsSigned': 'jsonld.keyword'};

export async function rewritten(output) {
  const policy = oneOf(issuer.controller);
  const status = {id: 'https://university.example/status/3#94567', type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation', statusListIndex: '94567', statusListCredential: 'https://university.example/status/3'};
  // Expired, with a status, endorsed: what an attacker wants to hide is all there.
  const unsigned = {...samples.obTypical(), validUntil: '2026-06-30T00:00:00Z', credentialStatus: status,
    evidence: [{id: 'https://university.example/works/1', type: ['Evidence'], name: 'Portfolio', genre: 'Report'}]};
  unsigned.endorsement = [await issue(samples.endorsementOf(unsigned.id, endorser), suites.rdfc(endorser))];
  const signed = await sign(unsigned, suites.rdfc(issuer));
  const wanted = await quads(signed);
  output.entry({id: 'rewrite-base', title: 'the expired badge with a status that the rewrites start from', spec:
    'threats.md §0.1', document: signed, policy, expect: {verdict: 'notVerified', axes: {authentic: 'passed',
    current: 'failed'}, checks: {'validity.until': 'validity.expired', 'status.entry': 'status.list.needed',
    'proof.signature': 'proof.signature.good'}}});

  const add = async (id, title, spec, change, expect, {base = signed, quadsOf = wanted, text} = {}) => {
    const document = clone(base);
    change(document);
    if(quadsOf && await quads(document) !== quadsOf) {
      throw new Error(`rewrite-${id} changes what is signed`);
    }
    output.entry({id: `rewrite-${id}`, title, spec, document: text ? text(document) : document, policy, expect});
  };
  const move = (vc, term, key, value) => {
    delete vc[term];
    vc[key] = value;
  };
  const date = value => ({'@type': `${XSD}dateTime`, '@value': value});

  // --- keys
  await add('validity-iri-key', 'the expiry hides under its absolute IRI', 'threats.md L01',
    vc => move(vc, 'validUntil', `${VC}validUntil`, date(vc.validUntil)), refused(COMPACT));
  await add('status-iri-key', 'the status hides under its absolute IRI', 'threats.md L01',
    vc => move(vc, 'credentialStatus', `${VC}credentialStatus`, vc.credentialStatus), refused(COMPACT));
  await add('name-iri-key', 'a name deep inside hides under its absolute IRI', 'threats.md L01',
    vc => move(vc.credentialSubject.achievement, 'name', 'https://schema.org/name', 'Introduction to Data Analysis'),
    refused(COMPACT));
  await add('nest', 'expiry and status hide under @nest', 'threats.md L02', vc => {
    vc['@nest'] = {validUntil: vc.validUntil, credentialStatus: vc.credentialStatus};
    delete vc.validUntil;
    delete vc.credentialStatus;
  }, refused(KEYWORD));
  await add('graph', 'the badge hides under @graph', 'threats.md L03', vc => {
    const {'@context': context, proof, ...rest} = vc;
    for(const key of Object.keys(rest)) {
      delete vc[key];
    }
    vc['@graph'] = [rest];
  }, notVerified({}, {authentic: 'failed'}));
  await add('included', 'what is said of the achievement hides under @included', 'threats.md L03', vc => {
    const achievement = vc.credentialSubject.achievement;
    vc['@included'] = [clone(achievement)];
    vc.credentialSubject.achievement = {id: achievement.id};
  }, refused(KEYWORD));
  await add('reverse', 'the subject is said backwards', 'threats.md L03', vc => {
    const achievement = vc.credentialSubject.achievement;
    delete vc.credentialSubject.achievement;
    achievement['@reverse'] = {[`${OBV}achievement`]: {id: vc.credentialSubject.id}};
    vc['@included'] = [achievement];
  }, refused(KEYWORD));
  await add('at-id', '@id instead of id in the subject: whoever compares `id` compares nothing', 'threats.md L04',
    vc => move(vc.credentialSubject, 'id', '@id', vc.credentialSubject.id), refused({}));
  await add('at-type', '@type instead of type', 'threats.md L04', vc => move(vc.credentialSubject, 'type', '@type',
    vc.credentialSubject.type), refused({}));
  const typical = await issue(samples.obTypical(), suites.rdfc(issuer));
  const same = {base: typical, quadsOf: await quads(typical)};
  await add('alias-of-id', 'an embedded context that nothing needed is appended for the alias that it gives to @id',
    'threats.md L04', vc => {
      vc['@context'].push('https://www.w3.org/ns/odrl.jsonld');
      move(vc.credentialSubject, 'id', 'uid', vc.credentialSubject.id);
    }, refused({'jsonld.readsAsSigned': 'jsonld.alias'}), same);
  await add('criteria-respelled', 'two terms have the same IRI: `Criteria` for `criteria`', 'design.md §6',
    vc => move(vc.credentialSubject.achievement, 'criteria', 'Criteria', vc.credentialSubject.achievement.criteria),
    refused({'jsonld.readsAsSigned': 'jsonld.term.respelled'}));
  await add('type-iri', 'a type is written as IRI although it has a term', 'design.md §6',
    vc => vc.type[1] = `${OBV}OpenBadgeCredential`, refused({'jsonld.readsAsSigned': 'jsonld.type.iri'}));
  await add('subject-type-iri', 'the type of the subject is written as IRI', 'design.md §6', vc => {
    // Without its term the type has no context of its own, so everything below needs IRIs, too.
    const subject = vc.credentialSubject;
    subject.type = [`${OBV}AchievementSubject`];
    move(subject, 'identifier', `${OBV}identifier`, subject.identifier);
    move(subject, 'achievement', `${OBV}achievement`, subject.achievement);
  }, refused({}));
  await add('keyword-like', 'a key that looks like a keyword is ignored by JSON-LD', 'threats.md L14',
    vc => vc['@note'] = 'with distinction', refused({'jsonld.lossless': 'jsonld.keywordLike'}));
  await add('index', 'text rides along in @index', 'threats.md L15',
    vc => vc.name = {'@value': vc.name, '@index': 'with distinction'}, refused({}));
  await add('direction', 'a direction is added to a name: JSON-LD does not sign it', 'threats.md L15',
    vc => vc.name = {'@value': vc.name, '@direction': 'rtl'}, refused({'jsonld.lossless': 'jsonld.value.dropped'}));

  // --- shapes
  await add('validity-value-object', 'the expiry becomes an object', 'threats.md L05',
    vc => vc.validUntil = date(vc.validUntil), refused({'document.conformance': 'document.member.type'}));
  await add('validity-array', 'the expiry becomes an array', 'threats.md L05',
    vc => vc.validUntil = [vc.validUntil], refused({'document.conformance': 'document.member.type'}));
  await add('issuer-array', 'the issuer becomes an array', 'threats.md L05', vc => vc.issuer = [vc.issuer],
    refused({'document.conformance': 'document.member.type'}));
  await add('status-array', 'the status becomes an array of one: allowed, and it reads the same', 'VCDM 2.0 §4.10',
    vc => vc.credentialStatus = [vc.credentialStatus], {verdict: 'notVerified', axes: {authentic: 'passed'},
      checks: {'status.entry': 'status.list.needed', 'validity.until': 'validity.expired'}});

  await add('set', '@set around the tags: an object where readers expect an array', 'threats.md L05', vc => {
    const {achievement} = vc.credentialSubject;
    achievement.tag = {'@set': achievement.tag};
  }, refused(KEYWORD));
  await add('context-nested-array', 'the contexts in an array in an array', 'threats.md L05',
    vc => vc['@context'] = [vc['@context']], refused({'document.conformance': 'document.member.type'}), {quadsOf: null});
  const full = await issue(samples.obFull(), suites.rdfc(issuer));
  const ofFull = {base: full, quadsOf: await quads(full)};
  await add('boolean-as-text', 'a boolean becomes the text "false", which is true in many languages: JSON-LD signs both ' +
    'alike', 'threats.md L05', vc => vc.credentialSubject.identifier[1].hashed = 'false', refused({}), ofFull);
  await add('number-as-text', 'a number becomes a text: JSON-LD signs both alike', 'threats.md L05',
    vc => vc.credentialSubject.creditsEarned = '4.25E1', refused({}), ofFull);
  await add('boolean-as-value-object', 'a boolean becomes an object, which is true in many languages', 'threats.md L05',
    vc => vc.credentialSubject.identifier[1].hashed = {'@type': `${OB_XSD}boolean`, '@value': false}, refused({}), ofFull);
  await add('number-as-value-object', 'a number becomes an object', 'threats.md L05', vc => vc.credentialSubject.creditsEarned =
    {'@type': `${OB_XSD}float`, '@value': '4.25E1'}, refused({}), ofFull);
  await add('date-as-value-object', 'a date deep inside becomes an object', 'threats.md L05', vc =>
    vc.credentialSubject.activityEndDate = {'@type': `${OB_XSD}date`, '@value': vc.credentialSubject.activityEndDate},
  refused({}), ofFull);
  await add('nested-context', 'a context inside an object gives one of its terms another name', 'threats.md L06', vc => {
    const {achievement} = vc.credentialSubject;
    achievement['@context'] = {title: 'https://schema.org/name'};
    achievement.title = achievement.name;
    delete achievement.name;
  }, {verdict: 'indeterminate', axes: {authentic: 'indeterminate'}, checks: {
    'contexts.available': 'context.inline.refused'}}, same);

  // --- places
  await add('displaced-to-endorsement', 'expiry and status move to the subject of an endorsement of this badge: the ' +
    'same node of the graph', 'design.md §6', vc => {
    const [endorsement] = vc.endorsement;
    endorsement.credentialSubject = {...endorsement.credentialSubject,
      type: ['EndorsementSubject', 'VerifiableCredential'], validUntil: vc.validUntil,
      credentialStatus: vc.credentialStatus};
    delete vc.validUntil;
    delete vc.credentialStatus;
  }, refused({'jsonld.positions': 'jsonld.property.displaced'}));
  await add('displaced-to-second-subject', 'expiry and status move to a second subject of the endorsement, which is nothing ' +
    'but the badge\'s id', 'design.md §6', vc => {
    const [endorsement] = vc.endorsement;
    endorsement.credentialSubject = [endorsement.credentialSubject, {id: vc.id, type: ['VerifiableCredential'],
      validUntil: vc.validUntil, credentialStatus: vc.credentialStatus}];
    delete vc.validUntil;
    delete vc.credentialStatus;
  }, refused({'jsonld.positions': 'jsonld.property.displaced'}));
  const v1 = {...samples.obV1(), expirationDate: '2026-06-30T00:00:00Z'};
  const {validFrom: _, ...unsignedEndorsement} = samples.endorsementOf(v1.id, endorser);
  const v1Endorsement = await sign({...unsignedEndorsement, '@context': samples.obV1()['@context'],
    issuanceDate: '2026-01-16T00:00:00Z'}, suites.ed2020(endorser));
  const v1Signed = await sign({...v1, endorsement: [v1Endorsement]}, suites.ed2020(issuer));
  await add('displaced-v1', 'the same in VCDM 1.1: the expiry moves to the subject of an endorsement', 'design.md §6', vc => {
    const subject = vc.endorsement[0].credentialSubject;
    subject.type = ['EndorsementSubject', 'VerifiableCredential'];
    subject.expirationDate = vc.expirationDate;
    delete vc.expirationDate;
  }, refused({'jsonld.positions': 'jsonld.property.displaced'}), {base: v1Signed, quadsOf: await quads(v1Signed)});
  await add('displaced-evidence', 'the evidence moves to the subject of an endorsement of this badge', 'design.md §6', vc => {
    vc.endorsement[0].credentialSubject = {...vc.endorsement[0].credentialSubject, type: ['EndorsementSubject',
      'VerifiableCredential'], evidence: vc.evidence};
    delete vc.evidence;
  }, refused({'jsonld.positions': 'jsonld.property.displaced'}));

  // --- what reads the same
  const fine = async (id, title, spec, change, checks = {}, more = same) =>
    add(id, title, spec, change, verified(checks), more);
  await fine('types-reordered', 'types and tags in another order', 'threats.md L20', vc => {
    vc.type.reverse();
    vc.credentialSubject.achievement.tag.reverse();
    vc.credentialSubject.achievement.alignment.reverse();
  });
  await fine('member-order', 'members in another order', 'threats.md L20', vc => {
    const entries = Object.entries(vc).reverse();
    for(const [key, value] of entries) {
      delete vc[key];
      vc[key] = value;
    }
  });
  await fine('one-in-array', 'a single subject as an array of one', 'VCDM 2.0 §6.1',
    vc => vc.credentialSubject = [vc.credentialSubject]);
  await fine('tag-twice', 'a tag that is there twice is there once', 'threats.md L20',
    vc => vc.credentialSubject.achievement.tag.push('statistics'));
  await fine('other-name-of-type', '`AchievementCredential` and `OpenBadgeCredential` are two terms for one type',
    'design.md §6', vc => vc.type[1] = 'AchievementCredential');
  await fine('context-appended', 'an embedded context that contributes nothing is appended: reported', 'threats.md L06',
    vc => vc['@context'].push(ED2020), {'contexts.unused': 'context.unused'});
  await fine('node-split', 'the subject is split into two objects with one id: reported', 'design.md §6', vc => {
    const {identifier, ...rest} = vc.credentialSubject;
    vc.credentialSubject = [rest, {id: rest.id, type: rest.type, identifier}];
  }, {'jsonld.nodes': 'jsonld.node.merged'});
  await fine('proof-array', 'a single proof as an array of one', 'Data Integrity §2.1', vc => vc.proof = [vc.proof]);
  await fine('issuer-members-moved', 'what is said of the issuer moves to the creator of the achievement, who is the ' +
    'same: reported', 'design.md §6', vc => {
    const {phone, email, ...rest} = vc.issuer;
    vc.issuer = rest;
    Object.assign(vc.credentialSubject.achievement.creator, {phone, email});
  }, {'jsonld.nodes': 'jsonld.node.merged'}, ofFull);
  const minimal = await issue(samples.vcMinimal(), suites.rdfc(issuer));
  await add('issuer-as-object', 'the identifier of the issuer as an object with this id: it reads the same',
    'VCDM 2.0 §4.7', vc => vc.issuer = {id: vc.issuer}, verified({}, {current: 'notApplicable'}), {base: minimal,
      quadsOf: await quads(minimal)});
  await fine('null-member', 'a member that is null is reported: it says nothing', 'threats.md J21',
    vc => vc.credentialSubject.achievement.version = null, {'document.emptyMembers': 'document.emptyMember'});
  await fine('null-in-array', 'a null in front of a value: it says nothing', 'threats.md J21',
    vc => vc.credentialSubject.achievement.tag.unshift(null));
  await fine('empty-member', 'an empty array is reported: it says nothing', 'threats.md J21',
    vc => vc.credentialSubject.achievement.related = [], {'document.emptyMembers': 'document.emptyMember'});
  await add('null-status', 'a status that is null is refused: nobody who has none says so', 'design.md §5',
    vc => vc.credentialStatus = null, refused({}), same);
  await add('empty-status', 'a status that is an empty array is refused likewise', 'design.md §5',
    vc => vc.credentialStatus = [], refused({}), same);

  // --- text that only a parser sees
  const small = await issue(samples.obSmall(), suites.rdfc(issuer));
  const smallQuads = await quads(small);
  const printed = document => JSON.stringify(document, null, 2) + '\n';
  await add('duplicate-key', 'a key stands twice: two readers may read two badges', 'threats.md J01', () => {},
    refused({'document.json': 'json.duplicateKey'}), {base: small, quadsOf: smallQuads, text: document =>
      printed(document).replace('"name": "Teamwork Badge"', '"name": "Leadership Badge",\n  "name": "Teamwork Badge"')});
  await add('duplicate-key-escaped', 'the same, one of them with an escape', 'threats.md J01', () => {},
    refused({'document.json': 'json.duplicateKey'}), {base: small, quadsOf: smallQuads, text: document =>
      printed(document).replace('"name": "Teamwork Badge"',
        '"\\u006eame": "Leadership Badge",\n  "name": "Teamwork Badge"')});
  await fine('escapes', 'letters and slashes as escapes are the same text', 'RFC 8259 §7', () => {}, {}, {base: small,
    quadsOf: smallQuads, text: document => printed(document).replace('Teamwork Badge', '\\u0054eamwork\\u0020Badge')
      .replace('https://university.example', 'https:\\/\\/university.example')});
  await fine('escaped-keys', 'keys with escapes are the same keys', 'RFC 8259 §7', () => {}, {}, {base: small,
    quadsOf: smallQuads, text: document => printed(document).replace('"validFrom"', '"valid\\u0046rom"')
      .replace('"proofPurpose"', '"proof\\u0050urpose"')});
  await fine('no-white-space', 'no white space', 'RFC 8259 §2', () => {}, {}, {base: small, quadsOf: smallQuads,
    text: document => JSON.stringify(document)});
  const measured = samples.obFull();
  Object.assign(measured.credentialSubject.achievement.resultDescription[0], {valueMin: 1, valueMax: 100});
  const rated = await issue(measured, suites.rdfc(issuer));
  const numbers = {base: rated, quadsOf: await quads(rated)};
  await fine('integer-with-fraction', 'an integer is written 100.0: it is the same number', 'JSON-LD 1.1 API §8.2',
    () => {}, {}, {...numbers,
      text: document => printed(document).replace('"valueMax": 100', '"valueMax": 100.0')});
  await fine('integer-with-exponent', 'an integer is written 1e2: it is the same number', 'JSON-LD 1.1 API §8.2',
    () => {}, {}, {...numbers,
      text: document => printed(document).replace('"valueMax": 100', '"valueMax": 1e2')});
  await fine('double-with-fraction', 'a number of a term that is of type float is written 120.0', 'JSON-LD 1.1 API §8.2',
    () => {}, {}, {...numbers, text: document => printed(document).replace('"creditsAvailable": 120,',
      '"creditsAvailable": 120.0,')});

  // --- inside the proof
  const timed = await sign(samples.obSmall(), suites.rdfc(issuer, {expires: '2026-06-30T00:00:00Z'}));
  const hidden = clone(timed);
  hidden.proof['https://w3id.org/security#expiration'] = date(hidden.proof.expires);
  delete hidden.proof.expires;
  output.entry({id: 'rewrite-proof-expires', title: 'the expiry of the proof hides under its absolute IRI', spec:
    'threats.md D21', document: hidden, policy, expect: refused({})});
  const jcs = await issue(samples.obSmall(), suites.jcs(issuer));
  output.entry({id: 'rewrite-jcs-context-appended', title: 'a context is appended to a badge signed with JCS: what is ' +
    'verified is the badge with the contexts of its proof', spec: 'threats.md D20', document: withContext(jcs, ED2020),
  policy, expect: {verdict: 'verified', checks: {'proof.signature': 'proof.signature.good'}}});
}
