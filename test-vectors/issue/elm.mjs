// European Digital Credentials (European Learning Model): claims under a seal of JAdES.
import {V1, clone, notVerified, oneOf} from './lib.mjs';
import {SEAL, authority, certificate, certificateKey} from './certificates.mjs';
import {european, headerOf, seal, verifies} from './jades.mjs';
import {bound, forged} from './jwt.mjs';

const SPEC = 'https://europa.eu/europass/elm-browser/documentation/rdf/ap/edc/documentation/edc-generic-no-cv_en.html';
const HOME = 'https://university.example';

/** A credential with an achievement that has parts, a result, a level and skills. */
function achievement() {
  const credential = european();
  const concept = (id, label) => ({id, type: 'Concept', prefLabel: {en: [label]}});
  credential.credentialSchema = [{id: 'http://data.europa.eu/snb/model/ap/edc-generic-full', type: 'ShaclValidator2017'}];
  credential.credentialProfiles = [concept('http://data.europa.eu/snb/credential/e34929035b', 'Generic')];
  credential.displayParameter = {id: 'urn:epass:displayParameter:1', type: 'DisplayParameter', title: {en: ['Master of Data']}};
  credential.credentialSubject.hasClaim = [{id: 'urn:epass:learningAchievement:1', type: 'LearningAchievement',
    title: {en: ['Master of Data'], de: ['Magister der Daten']},
    awardedBy: {id: 'urn:epass:awardingProcess:1', type: 'AwardingProcess', awardingDate: '2026-01-10T00:00:00Z',
      awardingBody: [{id: HOME, type: 'Organisation', legalName: {en: ['Example University']}}]},
    provenBy: [{id: 'urn:epass:learningAssessment:1', type: 'LearningAssessment', title: {en: ['Thesis']},
      grade: {id: 'urn:epass:note:1', type: 'Note', noteLiteral: {en: ['1.3']}}}],
    specifiedBy: {id: 'urn:epass:qualification:1', type: 'Qualification', title: {en: ['Master of Data']},
      eqfLevel: concept('http://data.europa.eu/snb/eqf/7', 'Level 7'), creditPoint: [{id: 'urn:epass:creditPoint:1', type:
        'CreditPoint', framework: concept('http://data.europa.eu/snb/education-credit/6fcec5c5af', 'ECTS'), point: '120'}],
      learningOutcome: [{id: 'urn:epass:learningOutcome:1', type: 'LearningOutcome', title: {en: ['Analyses data']},
        relatedESCOSkill: [concept('http://data.europa.eu/esco/skill/97965983-0da4-4902-9daf-d5cd2693ef73', 'data analysis')]}]},
    hasPart: [{id: 'urn:epass:learningAchievement:2', type: 'LearningAchievement', title: {en: ['Statistics']}}]
  }];
  return credential;
}

/** Adds the credentials. */
export async function elm(output) {
  const {root, intermediate} = await authority();
  const leaf = await certificate(SEAL, await certificateKey('seal'), {issuer: intermediate, until: '2028-01-01', names:
    [{type: 'dns', value: 'university.example'}, {type: 'url', value: HOME}]});
  const chain = [leaf, intermediate];
  const policy = {...oneOf(HOME), x509Anchors: [root.der.toString('base64')]};
  const add = (id, title, document, expect, more = {}) => output.entry({id: `elm-${id}`, title, spec: SPEC, document, policy,
    expect, peer: verifies([root]), ...more});
  const sealed = credential => seal(JSON.stringify(credential), chain, headerOf(chain));
  const good = await sealed(achievement());
  add('achievement', 'an achievement with a level, credits, skills, a result and a part', good,
    bound({'profile.elm': 'profile.elm.followed'}));
  const changed = clone(good);
  changed.payload = changed.payload.replace('Master of Data', 'Doctor of Data');
  add('tampered', 'another title under the same seal', changed, forged({'proof.signature': 'proof.signature.invalid'}));
  add('expired', 'expired', await sealed({...achievement(), expirationDate: '2026-06-01T00:00:00Z', validUntil:
    '2026-06-01T00:00:00Z'}), notVerified({'validity.until': 'validity.expired'}, {current: 'failed'}),
  {lenient: 'the libraries look at the seal and the certificate, not at the credential'});
  add('no-context', 'without the context of the model its words could mean anything', await sealed({...achievement(),
    '@context': [V1]}), bound({'profile.elm': 'profile.elm.context'}));
  const {credentialSubject, ...headless} = achievement();
  add('no-subject', 'nobody whom it would be about', await sealed(headless), notVerified({'document.conformance':
    'document.member.missing'}), {lenient: 'the libraries look at the seal alone'});
  const typed = achievement();
  typed.credentialSubject.hasClaim = 'Master of Data';
  add('claims-text', 'claims that are text are no claims: reported', await sealed(typed), bound({'profile.elm':
    'profile.elm.type'}));
  const plain = achievement();
  delete plain.displayParameter;
  add('no-display', 'nothing says how to show it: reported', await sealed(plain), bound({'profile.elm': 'profile.elm.missing'}));
  add('unsealed', 'nobody sealed it', achievement(), notVerified({'securing.present': 'securing.missing'}, {authentic:
    'failed'}), {peer: undefined});
}
