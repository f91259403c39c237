// What we call verified, the libraries that issued it must call verified, too. Exceptions stand here with their reason.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {documentOf, known, peerVerifies, peerVerifiesPresentation, publish, shared} from './lib.mjs';

const CHAIN = 'the library does not put previous proofs back; `chainVerifies` does, and is checked separately';
const NAME = 'the library no longer accepts this name from before the standard';
const POLICY = 'only a policy of ours says so';
const EXCEPT = {
  'chain-of-two': CHAIN,
  'chain-on-two': CHAIN,
  'suite-eddsa-2022': NAME,
  'suite-eddsa-rdf-2022': NAME,
  'suite-ecdsa-2019': NAME,
  '1edtech-simple-eddsa-2022-json-with-document': NAME,
  'expired-judged-at-signing-time': POLICY,
  'expired-not-required': POLICY,
  'cose-alg-ed25519': 'the library does not know the algorithms of RFC 9864',
  '1edtech-simple-json-png-with-document': 'of their images no library was asked; ours were taken apart',
  '1edtech-simple-json-svg-with-document': 'the same',
  'ob2-v1-0-hosted': 'no library that still reads it was found',
  'ob2-v1-1-hosted': 'the same',
  'ob2-v0-5-hosted': 'the same',
  'clr1-hosted': 'there is nothing to verify but where it stands',
  'clr1-hosted-recipient': 'the same',
  'context-dated-2022': 'the library has only the newest context'
};

const text = (output, file) => file.startsWith('shared:') ?
  readFileSync(path.join(shared, 'vectors', file.slice(7)), 'utf8') : output.files.get(file);

/** Asks the libraries about every test that we call verified; returns how many they confirmed. */
export async function confirm(output) {
  let confirmed = 0;
  const disagreements = [];
  const excepted = new Set(Object.keys(EXCEPT));
  for(const {id, input, resources, occasion, expect} of output.entries) {
    const {peer, lenient} = output.peers.get(id) ?? {};
    if(peer) {
      const refusal = await peer(text(output, input)).then(() => undefined, error => error);
      const verified = expect.verdict === 'verified';
      if(verified ? refusal : Boolean(refusal) === Boolean(lenient)) {
        disagreements.push(`${id}: ${refusal ?? 'verified'}`);
      }
      confirmed += Number(verified);
      continue;
    }
    if(expect.verdict !== 'verified') {
      continue;
    }
    if(/\.(jwt|sd-jwt|cose|png|svg|txt)$/.test(input)) {
      if(!excepted.delete(id)) {
        disagreements.push(`${id}: no library was asked`);
      }
      continue;
    }
    const document = JSON.parse(text(output, input));
    if(!document.type || /^(ob2|clr1)-/.test(id)) {
      if(excepted.delete(id)) {
        continue;
      }
      disagreements.push(`${id}: no library was asked`);
      continue;
    }
    for(const {kind, file} of resources) {
      if(kind === 'controlledIdentifierDocument' && file) {
        const found = JSON.parse(text(output, file));
        // Our own people were published in full; of others, several documents share an identifier.
        if(file.includes('1edtech-') || !known(found.id)) {
          publish({...found, '@context': ['https://www.w3.org/ns/did/v1']});
        }
      }
    }
    for(const {verificationMethod} of [document.proof ?? []].flat()) {
      const [controller, publicKeyMultibase] = String(verificationMethod).split('#');
      if(controller.startsWith('did:key:') && !known(controller)) {
        publish(documentOf({id: verificationMethod, controller, publicKeyMultibase}));
      }
    }
    const presentation = document.type.includes('VerifiablePresentation');
    const {challenge, domain} = [document.proof ?? {}].flat()[0];
    const options = {now: occasion.now};
    const result = presentation ?
      await peerVerifiesPresentation(document, {...options, challenge, domain, unsigned: !document.proof}) :
      await peerVerifies(document, options);
    if(result.verified) {
      confirmed += 1;
    } else if(!excepted.has(id)) {
      const why = result.error?.errors?.map(String) ?? String(result.error);
      throw new Error(`The libraries do not confirm ${id}: ${JSON.stringify(why)}`);
    }
    if(result.verified === excepted.delete(id)) {
      throw new Error(`${id} is confirmed: it is no exception`);
    }
  }
  if(disagreements.length) {
    throw new Error(`The libraries say otherwise:\n${disagreements.join('\n')}`);
  }
  if(excepted.size) {
    throw new Error(`No such tests: ${[...excepted].join(', ')}`);
  }
  return confirmed;
}
