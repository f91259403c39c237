// Comprehensive Learner Records 2.0: the rules of the record, and what happens to credentials in it that are moved about.
import {CLR, OB, V2, clone, issue, notVerified, oneOf, sign, suites, verified} from './lib.mjs';
import {endorser, issuer} from './people.mjs';
import * as samples from './samples.mjs';

const SPEC = 'https://www.imsglobal.org/spec/clr/v2p0/';

/** A badge of this name, with an achievement of its own. */
const badge = name => {
  const badge = samples.obSmall(issuer);
  badge.id = `https://university.example/badges/${name}`;
  Object.assign(badge.credentialSubject.achievement, {id: `https://university.example/achievements/${name}`, name});
  return badge;
};
const association = (associationType, source, target) => ({type: ['Association'], associationType,
  sourceId: `https://university.example/achievements/${source}`,
  targetId: `https://university.example/achievements/${target}`});

/** Swaps what was achieved in the two credentials of a record. */
function swapped(record) {
  const copy = clone(record);
  const [a, b] = copy.credentialSubject.verifiableCredential.map(inside => inside.credentialSubject);
  [a.achievement, b.achievement] = [b.achievement, a.achievement];
  return copy;
}

/** Adds the records. */
export async function clr(output) {
  const policy = oneOf(issuer.controller, endorser.controller);
  const add = (id, title, document, expect) =>
    output.entry({id: `clr-${id}`, title, spec: SPEC, document, policy, expect});
  const signed = await Promise.all(['algebra', 'botany'].map(name => issue(badge(name), suites.rdfc(issuer))));
  const record = () => samples.clr(endorser, signed);
  const outer = document => sign(document, suites.rdfc(endorser));

  const whole = await outer(record());
  await add('two', 'two credentials about one person, each signed', whole,
    verified({'profile.clr': 'profile.clr.followed', 'embedded.verdict': 'embedded.verified'}));
  await add('two-swapped', 'the same with what was achieved swapped: the signature around them is good, theirs are not',
    swapped(whole), notVerified({'proof.signature': 'proof.signature.good', 'embedded.verdict': 'embedded.notVerified'}));
  const unsigned = await outer(samples.clr(endorser, [badge('algebra'), badge('botany')]));
  const bare = notVerified({'proof.signature': 'proof.signature.good', 'jsonld.nodes': 'jsonld.node.merged',
    'embedded.verdict': 'embedded.notVerified'});
  await add('unsigned', 'two credentials that only the signature around them protects', unsigned, bare);
  await add('unsigned-swapped', 'the same swapped: it fits the same signature', swapped(unsigned), bare);

  const says = async (id, title, code, change) => {
    const document = record();
    change(document);
    await add(id, title, await outer(document), verified({'profile.clr': `profile.clr.${code}`}));
  };
  await says('name-missing', 'a record without a name', 'missing', document => delete document.name);
  await says('type', 'an issuer that is no profile', 'type', document => delete document.issuer.type);
  await says('context-order', 'the contexts in another order', 'context', document => {
    document['@context'] = [V2, OB, CLR];
  });
  await says('subject-unnamed', 'a record about nobody in particular', 'subject', document => {
    delete document.credentialSubject.id;
  });
  await says('subject-other', 'a record with the credentials of somebody else', 'otherSubject', document => {
    document.credentialSubject.id = 'did:example:eve';
  });
  await says('association', 'an association with an achievement that is not there', 'association', document => {
    document.credentialSubject.association = [association('isPartOf', 'algebra', 'chemistry')];
  });
  await says('association-circular', 'two achievements, each before the other', 'association.circular', document => {
    document.credentialSubject.association =
      [association('precedes', 'algebra', 'botany'), association('precedes', 'botany', 'algebra')];
  });
  await says('partial', 'a record that is partial in a word', 'value', document => {
    document.partial = 'yes';
  });
  const inherited = record();
  const bareInside = clone(inherited.credentialSubject.verifiableCredential[0]);
  delete bareInside['@context'];
  inherited.credentialSubject.verifiableCredential = [bareInside];
  await add('context-inherited', 'a credential inside that has no context of its own', await outer(inherited),
    verified({'profile.clr': 'profile.clr.contextInherited'}));

  const borrowed = samples.obSmall(issuer);
  borrowed.credentialSubject.achievement.creator = {id: 'did:web:famous.example', type: ['Profile']};
  await add('achievement-borrowed', 'a badge for what somebody else is said to have made',
    await sign(borrowed, suites.rdfc(issuer)),
    verified({'achievement.creator': 'achievement.creator.other'}));
}
