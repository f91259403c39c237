// Who issues, holds, co-signs and attacks in the vectors. Every seed is public: see keyPair in lib.mjs.
import {documentOf, keyPair, publicKeyJwk, publish} from './lib.mjs';

export const issuer = await keyPair('issuer');
export const attacker = await keyPair('attacker');
export const cosigner = await keyPair('cosigner');
export const endorser = await keyPair('endorser');
export const holder = await keyPair('holder');
for(const pair of [issuer, attacker, cosigner, endorser, holder]) {
  publish(documentOf(pair));
}

/** did:web at the root of a host, key as Multikey. */
export const web = await keyPair('web', 'did:web:university.example', 'key-1');
export const webDocument = documentOf(web);
publish(webDocument);

/** did:web with a port and a path, key as JSON Web Key. */
export const webPath = await keyPair('web path', 'did:web:university.example%3A8443:departments:physics', 'jwk-1');
export const webPathDocument = {
  '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
  id: webPath.controller,
  verificationMethod: [{id: webPath.id, type: 'JsonWebKey', controller: webPath.controller,
    publicKeyJwk: await publicKeyJwk(webPath)}],
  assertionMethod: [webPath.id]
};
publish(documentOf(webPath));

/** did:web whose document holds the method inside assertionMethod, in the form of the 2020 suite. */
export const web2020 = await keyPair('web 2020', 'did:web:college.example', 'key-0');
export const web2020Document = {
  '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/ed25519-2020/v1'],
  id: web2020.controller,
  assertionMethod: [{id: web2020.id, type: 'Ed25519VerificationKey2020', controller: web2020.controller,
    publicKeyMultibase: web2020.publicKeyMultibase}]
};
publish(documentOf(web2020));

/** An issuer whose identifier is an https URL; the profile there lists its key. */
export const https = await keyPair('https', 'https://badges.example/issuers/7', 'key-1');
export const httpsDocument = {
  '@context': ['https://www.w3.org/ns/cid/v1'],
  id: https.controller,
  verificationMethod: [{id: https.id, type: 'Multikey', controller: https.controller,
    publicKeyMultibase: https.publicKeyMultibase}],
  assertionMethod: [https.id]
};
publish(documentOf(https));

const jwkPair = await keyPair('jwk');
const jwk = await publicKeyJwk(jwkPair);
/** did:jwk: the identifier is the key. */
export const didJwk = await keyPair('jwk',
  `did:jwk:${Buffer.from(JSON.stringify({crv: jwk.crv, kty: jwk.kty, x: jwk.x})).toString('base64url')}`, '0');
publish(documentOf(didJwk));
