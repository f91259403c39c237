// Records baked into images by independent tools, and images that cheat or are broken.
import {crc32, deflateSync} from 'node:zlib';
import chunkText from 'png-chunk-text';
import encode from 'png-chunks-encode';
import extractChunks from 'png-chunks-extract';
import * as vc from '@digitalbazaar/vc';
import {NOW, issue, indeterminate, loader, notVerified, oneOf, peerSuites, suites, verified} from './lib.mjs';
import {jws, verifiesWith} from './jose_keys.mjs';
import {EDDSA, bound} from './jwt.mjs';
import {bake, extract} from './python.mjs';
import {endorser, issuer} from './people.mjs';
import * as samples from './samples.mjs';

const OB3 = 'https://purl.imsglobal.org/ob/v3p0';
const PNG = 'https://www.imsglobal.org/spec/ob/v3p0/#png';
const SVG = 'https://www.imsglobal.org/spec/ob/v3p0/#svg';

// --- carriers: drawn here, a square with a gradient and a disc

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const u32 = number => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
};
/** A chunk of PNG (PNG 3rd edition §5.3). */
export function chunk(type, data, {length, checksum} = {}) {
  const covered = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(data)]);
  return Buffer.concat([u32(length ?? covered.length - 4), covered, u32(checksum ?? crc32(covered))]);
}
const HEADER = chunk('IHDR', [...u32(16), ...u32(16), 8, 2, 0, 0, 0]);
const PIXELS = chunk('IDAT', deflateSync(Buffer.from(Array.from({length: 16}, (_, y) =>
  [0, ...Array.from({length: 16}, (_, x) => [x * 16, y * 16, 128]).flat()]).flat())));
const END = chunk('IEND', []);
const file = (...chunks) => Buffer.concat([SIGNATURE, ...chunks]);
/** With these chunks in front of the pixels. */
const png = (...chunks) => file(HEADER, ...chunks, PIXELS, END);
export const PICTURE = png();
const drawing = (inside = '', attributes = '') => '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"' +
  `${attributes}>${inside}<circle cx="8" cy="8" r="7" fill="#258"/></svg>`;
export const DRAWING = drawing();

export const itxt = (keyword, text, {flag = 0} = {}) => chunk('iTXt', Buffer.concat([Buffer.from(`${keyword}\0`),
  Buffer.from([flag, 0, 0, 0]), flag ? deflateSync(text) : Buffer.from(text)]));
export const text = (keyword, bytes) => chunk('tEXt', Buffer.concat([Buffer.from(`${keyword}\0`), Buffer.from(bytes)]));
const ztxt = (keyword, bytes) => chunk('zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`), deflateSync(bytes)]));

const verifiesJson = async text => {
  const {verified, error} = await vc.verifyCredential({credential: JSON.parse(text), suite: peerSuites(),
    documentLoader: loader(), now: NOW});
  if(!verified) {
    throw error;
  }
};

/** Adds images with records of Open Badges 3.0 and CLR 2.0. */
export async function images(output) {
  const badge = {...samples.obSmall(), name: 'Zusammenarbeit · 协作'};
  const json = JSON.stringify(await issue(badge, suites.rdfc(issuer)));
  const token = await jws(EDDSA, samples.obSmall(EDDSA), {typ: 'vc+jwt', cty: 'vc', kid: EDDSA.id});
  const good = verifiesWith(EDDSA, {now: NOW});
  const says = (code, more) => ({'document.image': 'image.ok', 'image.conventions': code, ...more});
  const followed = says('image.conventions.followed');
  const tokenPolicy = oneOf(EDDSA.controller);

  /** The tool takes out what we put in, and the library that made the record verifies it. */
  const takes = (kind, form, inside, verifies) => async image => {
    const found = await extract(kind, image, {form});
    if(found !== inside) {
      throw new Error(`the tool finds ${found}`);
    }
    await verifies(found);
  };
  const add = (id, title, kind, document, expect, more = {}) => output.entry({id: `image-${id}`, title,
    spec: kind === 'png' ? PNG : SVG, extension: kind, document, policy: oneOf(issuer.controller), expect, ...more});
  const carrier = {png: PICTURE, svg: DRAWING};
  // openbadgeslib appends to a drawing, where the standard wants the first place.
  const place = {png: followed, svg: says('image.place')};
  for(const kind of ['png', 'svg']) {
    add(`json-${kind}`, `an Open Badge with letters beyond ASCII, as JSON in ${kind.toUpperCase()}`, kind,
      await bake(kind, carrier[kind], json, {form: 'ob3text'}), verified(place[kind]),
      {peer: takes(kind, 'ob3text', json, verifiesJson)});
    add(`jwt-${kind}`, `an Open Badge as token in ${kind.toUpperCase()}`, kind, await bake(kind, carrier[kind], token),
      bound(place[kind]), {policy: tokenPolicy, peer: takes(kind, 'ob3', token, good)});
  }
  const nested = await issue(samples.obSmall(), suites.rdfc(issuer));
  const clr = JSON.stringify(await issue(samples.clr(endorser, [nested]), suites.rdfc(endorser)));
  const bothPolicy = oneOf(issuer.controller, endorser.controller);
  for(const kind of ['png', 'svg']) {
    add(`clr-${kind}`, `a CLR 2.0 in ${kind.toUpperCase()}`, kind, await bake(kind, carrier[kind], clr, {form: 'clrtext'}),
      verified({...place[kind], 'embedded.verdict': 'embedded.verified'}), {policy: bothPolicy,
        peer: takes(kind, 'clrtext', clr, verifiesJson)});
  }

  // --- PNG, by other tools and by hand
  const hand = (id, title, image, expect, more) => add(`png-${id}`, title, 'png', image, expect, {policy: tokenPolicy, ...more});
  const KEYWORD = 'openbadgecredential';
  const latin = extractChunks(PICTURE);
  latin.splice(-1, 0, chunkText.encode(KEYWORD, token));
  const taken = image => chunkText.decode(extractChunks(image).find(({name}) => name === 'tEXt').data).text;
  hand('text', 'a token in tEXt, which is no chunk of the standard', Buffer.from(encode(latin)), bound(says('image.chunk')),
    {peer: async image => good(taken(image))});
  hand('ztxt', 'a token in zTXt', png(ztxt(KEYWORD, token)), bound(says('image.chunk')), {peer: async () => good(token)});
  hand('compressed', 'a token that is compressed, which the standard forbids', png(itxt(KEYWORD, token, {flag: 1})),
    bound(says('image.compressed')), {peer: takes('png', 'ob3', token, good)});
  const refused = (code, axes = {authentic: 'failed'}) => notVerified({'document.image': code}, axes);
  const unread = (code, check = 'document.format') => indeterminate({[check]: code}, {authentic: 'indeterminate'});
  const one = itxt(KEYWORD, token);
  const other = await jws(EDDSA, {...samples.obSmall(EDDSA), name: 'Another badge'}, {typ: 'vc+jwt', kid: EDDSA.id});
  hand('two', 'two records under one keyword', png(one, itxt(KEYWORD, other)), refused('image.multiple'));
  hand('two-keywords', 'two records under two keywords', png(itxt('openbadges', other), one), refused('image.multiple'));
  hand('two-kinds', 'two records in two kinds of chunks', file(HEADER, one, PIXELS, text(KEYWORD, other), END),
    refused('image.multiple'));
  hand('none', 'no record', PICTURE, unread('image.empty'));
  hand('other-keyword', 'a record under a keyword that is none', png(itxt('OpenBadgeCredential', token)),
    unread('image.empty'));
  hand('latin-1', 'letters beyond ASCII in a chunk of Latin-1', png(text(KEYWORD, Buffer.from(json, 'latin1'))),
    unread('image.encoding'));
  hand('utf-8', 'letters beyond ASCII as UTF-8 in a chunk of Latin-1', png(text(KEYWORD, json)), unread('image.encoding'));
  hand('not-utf-8', 'a record that is no UTF-8 where it must be', png(itxt(KEYWORD, Buffer.from(json, 'latin1'))),
    refused('image.text'));
  hand('checksum', 'a wrong checksum', png(chunk('iTXt', one.subarray(8, -4), {checksum: 1})), refused('image.checksum'));
  hand('truncated', 'the image is cut off', png(one).subarray(0, -20), refused('image.structure'));
  hand('length', 'a chunk of two gigabytes', file(HEADER, chunk('iTXt', one.subarray(8, -4), {length: 2 ** 31}), PIXELS, END),
    refused('image.structure'));
  hand('past-end', 'a chunk that is longer than the image', file(HEADER, chunk('iTXt', one.subarray(8, -4),
    {length: 2 ** 31 - 1}), PIXELS, END), refused('image.structure'));
  hand('no-header', 'an image without a header', file(one, PIXELS, END), refused('image.structure'));
  hand('polyglot', 'a page behind the end of the image', Buffer.concat([png(one), Buffer.from('<html><script>')]),
    refused('image.structure'));
  hand('after-end', 'the record behind the end of the image', Buffer.concat([PICTURE, one]), refused('image.structure'));
  hand('many-chunks', 'more chunks than the limit', png(...Array(10000).fill(chunk('abCd', [])), one),
    unread('limits.image', 'limits'));
  hand('bomb', 'a record that is compressed from more than the limit', png(itxt(KEYWORD, Buffer.alloc(2 ** 23 + 1, ' '),
    {flag: 1})), unread('limits.bytes', 'limits'));
  hand('tampered', 'the record was changed', png(itxt(KEYWORD, json.replace('Zusammenarbeit', 'Leitung'))),
    notVerified({'proof.signature': 'proof.signature.invalid', 'document.image': 'image.ok'}, {authentic: 'failed'}),
    {policy: oneOf(issuer.controller)});
  hand('unsigned', 'a record that nobody signed', png(itxt(KEYWORD, JSON.stringify(samples.obSmall()))),
    notVerified({'securing.present': 'securing.missing'}, {authentic: 'failed'}), {policy: oneOf(issuer.controller)});

  // --- SVG by hand
  const element = (inside, {ns = OB3, name = 'credential', attributes = ''} = {}) =>
    `<openbadges:${name} xmlns:openbadges="${ns}"${attributes}>${inside}</openbadges:${name}>`;
  const svg = (id, title, image, expect, more) => add(`svg-${id}`, title, 'svg', image, expect, {policy: oneOf(issuer.controller),
    ...more});
  const cdata = text => `<![CDATA[${text}]]>`;
  const jsonGood = {peer: async () => verifiesJson(json)};
  const tokenGood = {policy: tokenPolicy, peer: async () => good(token)};
  svg('cdata', 'JSON as CDATA, in the first place', drawing(element(cdata(json))), verified(followed), jsonGood);
  svg('verify', 'a token as attribute, in the first place', drawing(element('', {attributes: ` verify="${token}"`})),
    bound(followed), tokenGood);
  svg('declared-above', 'the namespace is declared at the image, under another prefix',
    drawing(`<b:credential verify="${token}"/>`, ` xmlns:b="${OB3}"`), bound(followed), tokenGood);
  svg('escaped', 'JSON as text with references', drawing(element(json.replaceAll('&', '&amp;').replaceAll('"', '&#34;'))),
    verified(followed), jsonGood);
  svg('two-cdata', 'JSON in two pieces with a comment between', drawing(element(`${cdata(json.slice(0, 300))}<!-- {} -->` +
    cdata(json.slice(300)))), verified(followed), jsonGood);
  svg('doctype', 'a reference to the DTD of SVG, which is not read', '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" ' +
    `"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">${drawing(element(cdata(json)))}`, verified(followed), jsonGood);
  svg('copy', 'a copy beside the record, as Open Badges 2 has it: nothing is read from it', drawing(element(cdata(json),
    {ns: 'http://openbadges.org', name: 'assertion', attributes: ` verify="${token}"`})), bound(says('image.copy')), tokenGood);
  svg('script', 'a script in the image, which is not looked at', drawing(`${element(cdata(json))}<script>alert(1)</script>`),
    verified(followed), jsonGood);
  svg('xxe', 'a record that is to be read from a file', '<!DOCTYPE svg [<!ENTITY record SYSTEM "file:///etc/passwd">]>' +
    drawing(element('&record;')), unread('image.dtd'));
  const laughs = Array.from({length: 10}, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
  svg('entities', 'entities of entities', `<!DOCTYPE svg [<!ENTITY l0 "ha">${laughs}]>${drawing(element('&l10;'))}`,
    unread('image.dtd'));
  svg('entity', 'an entity that nobody declared', drawing(element('&record;')), unread('image.dtd'));
  svg('two', 'two records', drawing(element(cdata(json)) + element(cdata(json))), refused('image.multiple'));
  svg('two-namespaces', 'a record of Open Badges 2 beside one of 3.0', drawing(element('', {ns: 'http://openbadges.org',
    name: 'assertion', attributes: ` verify="${other}"`}) + element(cdata(json))), refused('image.multiple'));
  svg('verify-and-body', 'one record as attribute and another as text', drawing(element(cdata(json),
    {attributes: ` verify="${other}"`})), refused('image.multiple'));
  svg('inside', 'an element inside the record', drawing(element(`${json.slice(0, 300)}<b/>${json.slice(300)}`)),
    refused('image.text'));
  svg('namespace', 'the right prefix, and another namespace', drawing(element(cdata(json), {ns: `${OB3}/`})),
    unread('image.empty'));
  svg('no-namespace', 'no namespace', drawing(`<credential>${cdata(json)}</credential>`), unread('image.empty'));
  svg('comment', 'the record in a comment', drawing(`<!-- ${element(cdata(json))} -->`), unread('image.empty'));
  svg('utf-16', 'an image in UTF-16', Buffer.from(`\ufeff${drawing(element(cdata(json)))}`, 'utf16le'),
    {verdict: 'indeterminate', axes: {}, checks: {}});
  svg('attributes', 'more attributes than the limit', drawing(element(cdata(json)), Array.from({length: 257},
    (_, index) => ` a${index}=""`).join('')), unread('limits.image', 'limits'));
  svg('namespaces', 'more namespaces than the limit', drawing(element(cdata(json), {attributes: Array.from(
    {length: 65}, (_, index) => ` xmlns:a${index}="urn:${index}"`).join('')})), unread('limits.image', 'limits'));
  svg('depth', 'more elements in each other than the limit', drawing(`${'<g>'.repeat(256)}${element(cdata(json))}` +
    '</g>'.repeat(256)), unread('limits.image', 'limits'));
  svg('truncated', 'the image is cut off', drawing(element(cdata(json))).slice(0, -6), refused('image.structure'));
  svg('tampered', 'the record was changed', drawing(element(cdata(json.replace('Zusammenarbeit', 'Leitung')))),
    notVerified({'proof.signature': 'proof.signature.invalid', 'document.image': 'image.ok'}, {authentic: 'failed'}));
}
