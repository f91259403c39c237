// Issues the credentials and writes manifest.json.
//   node issue.mjs           writes everything under test-vectors/ anew
//   node issue.mjs --check   compares with what is there, byte for byte, and writes nothing
import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import './deterministic.mjs';
import {Output, json, root} from './lib.mjs';
import {valid} from './valid.mjs';
import {presentations} from './presentations.mjs';
import {derive} from './derive.mjs';
import {ecdsa} from './ecdsa.mjs';
import {jwt} from './jwt.mjs';
import {sdJwt} from './sd_jwt.mjs';
import {legacy} from './legacy.mjs';
import {selective} from './selective.mjs';
import {enveloped} from './enveloped.mjs';
import {cose} from './cose.mjs';
import {jades} from './jades.mjs';
import {status} from './status.mjs';
import {statusDrafts} from './status_drafts.mjs';
import {statusTokens} from './status_tokens.mjs';
import {trust} from './trust.mjs';
import {linked} from './linked.mjs';
import {clr} from './clr.mjs';
import {images} from './images.mjs';
import {lerRs} from './ler_rs.mjs';
import {xapi} from './xapi.mjs';
import {elm} from './elm.mjs';
import {typeMetadata} from './type_metadata.mjs';
import {openBadges2} from './open_badges_2.mjs';
import {clr1} from './clr_1.mjs';
import {pythonEnds} from './python.mjs';
import {others} from './others.mjs';
import {confirm} from './confirm.mjs';

const check = process.argv.includes('--check');
const output = new Output();
await valid(output);
await presentations(output);
await derive(output);
await ecdsa(output);
await jwt(output);
await sdJwt(output);
await selective(output);
await legacy(output);
await cose(output);
await jades(output);
await enveloped(output);
await status(output);
await statusDrafts(output);
await statusTokens(output);
await trust(output);
await linked(output);
await clr(output);
await images(output);
await lerRs(output);
await xapi(output);
await elm(output);
await openBadges2(output);
await clr1(output);
await typeMetadata(output);
others(output);
const confirmed = await confirm(output);
pythonEnds();
// What is valid comes first; otherwise in the order of the scripts.
const rank = entry => Number(entry.expect.verdict !== 'verified');
output.file('manifest.json', json(output.entries.toSorted((a, b) => rank(a) - rank(b))));

const wrong = [];
for(const [name, content] of output.files) {
  const file = path.join(root, name);
  if(!check) {
    mkdirSync(path.dirname(file), {recursive: true});
    writeFileSync(file, content);
  } else if(!existsSync(file) || Buffer.compare(readFileSync(file), Buffer.from(content))) {
    wrong.push(name);
  }
}
for(const folder of ['credentials', 'resources']) {
  for(const name of existsSync(path.join(root, folder)) ? readdirSync(path.join(root, folder)) : []) {
    if(!output.files.has(`${folder}/${name}`)) {
      check ? wrong.push(`${folder}/${name} (not made by the scripts)`) : rmSync(path.join(root, folder, name));
    }
  }
}
console.log(`${output.entries.length} tests, ${output.files.size} files, ${confirmed} confirmed by the libraries that issued`);
if(wrong.length) {
  console.error(`${wrong.length} differ:\n${wrong.join('\n')}`);
  process.exit(1);
}
