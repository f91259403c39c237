// Asks the tools in Python (tools.py). LER_PYTHON names an interpreter that has what requirements.txt says.
import {spawn} from 'node:child_process';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
let process_;
let waiting = [];

function start() {
  process_ = spawn(process.env.LER_PYTHON ?? 'python3', [path.join(here, 'tools.py')],
    {stdio: ['pipe', 'pipe', 'inherit'], env: {...process.env, PYTHONDONTWRITEBYTECODE: '1'}});
  const ended = () => waiting.splice(0).forEach(({reject}) => reject(new Error('tools.py has ended: LER_PYTHON must name ' +
    'an interpreter with the packages of requirements.txt')));
  process_.on('error', ended);
  process_.on('exit', ended);
  createInterface({input: process_.stdout}).on('line', line => {
    const {resolve, reject} = waiting.shift();
    const {value, error} = JSON.parse(line);
    error === undefined ? resolve(value) : reject(new Error(error));
  });
}

/** One answer of a tool; what it refuses is an error. */
export function python(op, job) {
  process_ ?? start();
  return new Promise((resolve, reject) => {
    waiting.push({resolve, reject});
    process_.stdin.write(JSON.stringify({op, ...job}) + '\n');
  });
}

/** Ends the interpreter, so that the script can end. */
export function pythonEnds() {
  waiting = [];
  process_?.stdin.end();
}

const base64 = bytes => Buffer.from(bytes).toString('base64');

/** A record into an image: by `openbadgeslib`, or by `openbadges-bakery`, which knows Open Badges 2 alone. */
export const bake = async (kind, image, text, {tool = 'openbadgeslib', form = 'ob3'} = {}) =>
  Buffer.from(await python('bake', {tool, kind, form, image: base64(image), text}), 'base64');

/** The record in an image. */
export const extract = (kind, image, {tool = 'openbadgeslib', form = 'ob3'} = {}) =>
  python('extract', {tool, kind, form, image: base64(image)});
