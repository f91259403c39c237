// The unsigned documents that the vectors are made of: invented people, invented institutions.
import {createHash} from 'node:crypto';
import {CLR, ED2020, OB, OB301, OB_EXT, V1, V2} from './lib.mjs';
import {issuer} from './people.mjs';

export const EMAIL = 'ada.lovelace@example.org';
export const SALT = 'c2FsdC0yMDI2';
export const identityHash = (value, salt) =>
  `sha256$${createHash('sha256').update(value + (salt ?? '')).digest('hex')}`;

export const profile = (pair = issuer, name = 'Example University') =>
  ({id: pair.controller, type: ['Profile'], name});

const identity = {
  type: 'IdentityObject', hashed: true, identityHash: identityHash(EMAIL, SALT), identityType: 'emailAddress',
  salt: SALT
};

const small = {
  achievement: {
    id: 'https://university.example/achievements/teamwork',
    type: ['Achievement'],
    name: 'Teamwork',
    description: 'Works well with others towards a shared goal.',
    criteria: {narrative: 'Nominated by two peers and confirmed by a mentor.'}
  }
};

/** About 1.2 KB once signed. */
export const obSmall = (pair = issuer) => ({
  '@context': [V2, OB],
  id: 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d01',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: profile(pair),
  validFrom: '2026-01-15T00:00:00Z',
  name: 'Teamwork Badge',
  credentialSubject: {
    id: 'did:example:ada',
    type: ['AchievementSubject'],
    achievement: structuredClone(small.achievement)
  }
});

/** About 2.7 KB once signed. */
export const obTypical = (pair = issuer) => ({
  '@context': [V2, OB],
  id: 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d02',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: {
    ...profile(pair),
    url: 'https://university.example/',
    email: 'badges@university.example',
    image: {id: 'https://university.example/logo.png', type: 'Image', caption: 'The seal of the university'}
  },
  validFrom: '2026-01-15T00:00:00Z',
  validUntil: '2036-01-15T00:00:00Z',
  name: 'Introduction to Data Analysis',
  credentialSubject: {
    id: 'did:example:ada',
    type: ['AchievementSubject'],
    identifier: [identity],
    achievement: {
      id: 'https://university.example/achievements/data-analysis',
      type: ['Achievement'],
      achievementType: 'Course',
      name: 'Introduction to Data Analysis',
      description: 'A first course in collecting, cleaning, summarising and presenting data.',
      criteria: {narrative: 'Twelve weekly assignments and a written examination.'},
      image: {id: 'https://university.example/achievements/data-analysis.png', type: 'Image'},
      tag: ['statistics', 'spreadsheets', 'visualisation'],
      alignment: [{
        type: ['Alignment'],
        targetName: 'Analyse data',
        targetUrl: 'https://skills.example/framework/4711',
        targetFramework: 'Example Skills Framework',
        targetCode: '4711',
        targetType: 'ext:Skill'
      }, {
        type: ['Alignment'],
        targetName: 'Present results',
        targetUrl: 'https://skills.example/framework/4712',
        targetFramework: 'Example Skills Framework',
        targetCode: '4712',
        targetType: 'ext:Skill'
      }]
    }
  }
});

/** About 6 KB once signed: numbers, booleans, lists, value objects with a language, text beyond ASCII. */
export const obFull = (pair = issuer) => ({
  '@context': [V2, OB, OB_EXT],
  id: 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d03',
  type: ['VerifiableCredential', 'AchievementCredential'],
  issuer: {
    id: pair.controller,
    type: ['Profile'],
    name: 'Universität Beispiel',
    url: 'https://university.example/',
    phone: '+43 1 555 0100',
    email: 'registrar@university.example',
    description: 'Öffentliche Universität · 大学 · جامعة',
    image: {id: 'https://university.example/logo.svg', type: 'Image', caption: 'Siegel'},
    address: {
      type: ['Address'],
      addressCountry: 'Austria', addressCountryCode: 'AT', addressLocality: 'Wien', postalCode: '1010',
      streetAddress: 'Beispielgasse 1',
      geo: {type: 'GeoCoordinates', latitude: 48.2082, longitude: 16.3738}
    },
    otherIdentifier: [
      {type: 'IdentifierEntry', identifier: 'AT-0001', identifierType: 'identifier'},
      {type: 'IdentifierEntry', identifier: 'urn:example:ipeds:123456', identifierType: 'ext:ipeds'}
    ],
    parentOrg: {id: 'https://ministry.example/', type: ['Profile'], name: 'Ministry of Education'}
  },
  validFrom: '2026-01-15T00:00:00Z',
  validUntil: '2036-01-15T00:00:00Z',
  awardedDate: '2026-01-14T18:30:00+01:00',
  name: {'@value': 'Master of Science in Computational Linguistics', '@language': 'en'},
  description: 'Quotes " and \\ and control characters \u0007 \t \n \u007f, an emoji 🎓, a combining e\u0301.',
  credentialSubject: {
    id: 'did:example:ada',
    type: ['AchievementSubject'],
    identifier: [
      identity,
      {type: 'IdentityObject', hashed: false, identityHash: 'Ada Lovelace', identityType: 'name'},
      {type: 'IdentityObject', hashed: false, identityHash: 's-0815', identityType: 'studentId'}
    ],
    activityStartDate: '2024-10-01T00:00:00Z',
    activityEndDate: '2026-01-10T00:00:00Z',
    creditsEarned: 42.5,
    licenseNumber: 'L-1815-12-10',
    role: 'Student',
    term: 'Winter 2025',
    result: [{
      type: ['Result'],
      resultDescription: 'urn:uuid:f6ab24cd-86e8-4eaf-b8c6-ded74e8fd41c',
      value: 'A'
    }, {
      type: ['Result'],
      resultDescription: 'urn:uuid:a70ddc6a-4c4a-4bd8-8277-cb97c79f40c5',
      achievedLevel: 'urn:uuid:d05a0867-d0ad-4b03-bdb5-28fb5d2aab7a',
      status: 'Completed'
    }],
    achievement: {
      id: 'https://university.example/achievements/msc-cl',
      type: ['Achievement'],
      achievementType: 'MasterDegree',
      creator: {id: pair.controller, type: ['Profile'], name: 'Universität Beispiel'},
      creditsAvailable: 120,
      criteria: {id: 'https://university.example/achievements/msc-cl/criteria',
        narrative: '# Criteria\n\n* 120 ECTS\n* a thesis'},
      description: 'Computational linguistics, from phonology to discourse.',
      fieldOfStudy: 'Computational Linguistics',
      humanCode: 'MSC-CL',
      inLanguage: 'de-AT',
      name: 'Master of Science',
      otherIdentifier: [{type: 'IdentifierEntry', identifier: 'abc-123', identifierType: 'systemId'}],
      related: [{id: 'https://university.example/achievements/bsc-cl', type: ['Related'], inLanguage: 'de',
        version: '1.0'}],
      resultDescription: [{
        id: 'urn:uuid:f6ab24cd-86e8-4eaf-b8c6-ded74e8fd41c',
        type: ['ResultDescription'],
        allowedValue: ['A', 'B', 'C', 'D', 'F'],
        name: 'Final grade',
        requiredValue: 'C',
        resultType: 'LetterGrade'
      }, {
        id: 'urn:uuid:a70ddc6a-4c4a-4bd8-8277-cb97c79f40c5',
        type: ['ResultDescription'],
        name: 'Thesis',
        requiredLevel: 'urn:uuid:d05a0867-d0ad-4b03-bdb5-28fb5d2aab7a',
        resultType: 'RubricCriterionLevel',
        rubricCriterionLevel: [
          {id: 'urn:uuid:d05a0867-d0ad-4b03-bdb5-28fb5d2aab7a', type: ['RubricCriterionLevel'],
            description: 'The thesis advances the field.', level: 'Mastered', name: 'Mastery', points: '1'},
          {id: 'urn:uuid:6b84b429-31ee-4dac-9d20-e5c55881f80e', type: ['RubricCriterionLevel'],
            description: 'The thesis is sound.', level: 'Basic', name: 'Basic', points: '0.5'}
        ]
      }],
      specialization: 'Semantics',
      tag: ['linguistics', 'Informatik', '言語学'],
      version: '2026'
    }
  },
  evidence: [{
    id: 'https://university.example/theses/1815',
    type: ['Evidence'],
    name: 'Thesis',
    description: 'Notes upon the analytical engine.',
    genre: 'Thesis',
    audience: 'Public'
  }]
});

/** The least that VCDM 2.0 asks for: no identifier, no dates. */
export const vcMinimal = (pair = issuer) => ({
  '@context': [V2],
  type: ['VerifiableCredential'],
  issuer: pair.controller,
  credentialSubject: {id: 'did:example:ada', name: 'Ada'}
});

/** An Open Badge in the data model of VCDM 1.1. */
export const obV1 = (pair = issuer, suiteContext = ED2020) => ({
  '@context': [V1, OB301, suiteContext],
  id: 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d04',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: profile(pair),
  issuanceDate: '2026-01-15T00:00:00Z',
  name: 'Teamwork Badge',
  credentialSubject: {id: 'did:example:ada', type: ['AchievementSubject'], achievement: structuredClone(small.achievement)}
});

/** A CLR 2.0 that brings credentials together. */
export const clr = (pair, credentials) => ({
  '@context': [V2, CLR, OB],
  id: 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d07',
  type: ['VerifiableCredential', 'ClrCredential'],
  issuer: profile(pair),
  validFrom: '2026-01-15T00:00:00Z',
  name: 'Learner Record',
  credentialSubject: {id: 'did:example:ada', type: ['ClrSubject'], verifiableCredential: credentials}
});

export const endorsementOf = (subject, pair) => ({
  '@context': [V2, OB],
  id: 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d05',
  type: ['VerifiableCredential', 'EndorsementCredential'],
  name: 'Endorsement',
  issuer: profile(pair, 'State Department of Education'),
  validFrom: '2026-01-16T00:00:00Z',
  credentialSubject: {id: subject, type: ['EndorsementSubject'], endorsementComment: 'In good standing.'}
});

export const presentation = (credentials, holder, contexts = [V2]) => ({
  '@context': contexts,
  id: 'urn:uuid:5d7d5a9e-3a5e-4e4c-9d7f-0a3b6f1c2d06',
  type: ['VerifiablePresentation'],
  ...(holder ? {holder: holder.controller} : {}),
  verifiableCredential: credentials
});
