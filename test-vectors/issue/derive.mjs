// The negatives and rewrites, all made from valid credentials.
import {tampered} from './tampered.mjs';
import {rewritten} from './rewritten.mjs';
import {keys} from './keys.mjs';
import {proofs} from './proofs.mjs';
import {documents} from './documents.mjs';
import {reported} from './reported.mjs';
import {contexts} from './contexts.mjs';

export async function derive(output) {
  for(const step of [tampered, proofs, keys, rewritten, contexts, documents, reported]) {
    await step(output);
  }
}
