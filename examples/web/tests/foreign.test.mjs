// What a genuine record of a hostile issuer can do to the page: push its verdict away, look like one, hide letters, eat memory.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { deflateSync } from "node:zlib";
import { ISSUER, forged, launch, open, serve } from "./support.mjs";

let server;
let browser;
before(async () => {
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser.close();
  await server.close();
});

const on = (name, options, action) =>
  test(name, async () => {
    const opened = await open(browser, server.origin, options);
    await action(opened);
    await opened.close();
  });

on("line breaks push nothing off the screen", { viewport: { width: 360, height: 700 } }, async ({ paste, page }) => {
  const gap = "\n".repeat(150);
  await paste(
    forged((badge) => {
      badge.name = `A badge${gap}Verified`;
      badge.issuer.name = `Anybody${gap}Verified`;
      badge.credentialSubject.achievement.description = `First.${"\n \u00a0".repeat(150)}\nSecond.`;
      badge.credentialSubject.achievement.criteria.narrative = "a\n\n".repeat(130);
      badge.credentialSubject.achievement.tag = [`a tag${gap}Verified`];
    }),
  );
  assert.equal(await page.innerText(".record-title"), "A badge Verified");
  assert.equal(await page.innerText(".claimed"), "Anybody Verified");
  assert.equal(await page.innerText(".chips > li"), "a tag Verified");
  const paragraphs = await page.locator("#results bdi.foreign").allInnerTexts();
  assert.ok(paragraphs.includes("First.\n\nSecond."), "a paragraph stays one");
  const lines = Math.max(...paragraphs.map((paragraph) => paragraph.split("\n").length));
  assert.ok(lines <= 13, `${lines} lines of one text`);
  await page.locator(".folded button").first().click();
  assert.equal((await page.locator(".folded bdi").first().innerText()).split("a").length, 131, "all of it on demand");
});

on("dates have the colour of a success only in records that are accepted", {}, async ({ drop, page, accept, settled }) => {
  const colours = () => page.evaluate(() => [getComputedStyle(document.querySelector(".period")).fill, getComputedStyle(document.querySelector(".edge")).stroke]);
  const success = await page.evaluate(() => {
    document.body.style.color = "var(--accepted)";
    const { color } = getComputedStyle(document.body);
    document.body.style.color = "";
    return color;
  });
  await drop("ob3-full.json");
  for (const colour of await colours()) assert.notEqual(colour, success, "anyone");
  await accept("did:web:other.example");
  assert.equal(await page.locator(".banner.tier-refused").count(), 1);
  for (const colour of await colours()) assert.notEqual(colour, success, "an issuer that is not accepted");
  await accept(ISSUER);
  await settled();
  assert.deepEqual(await colours(), [success, success]);
});

on("a part that the whole covers has the mark of the whole: no title stands in its place", {}, async ({ paste, page }) => {
  await paste(
    forged((credential) => {
      credential["@context"] = ["https://www.w3.org/ns/credentials/v2", "http://data.europa.eu/snb/model/context/edc-ap"];
      credential.type = ["VerifiableCredential", "EuropeanDigitalCredential"];
      const part = (title) => ({ id: `urn:part:${title.length}`, type: "LearningAchievement", title: { en: [title] } });
      credential.credentialSubject = { id: "urn:person:1", type: "Person", hasClaim: [part("Verified ✓"), part("A course")] };
    }),
  );
  const verdict = await page.innerText("#verdict");
  const begin = await page.locator(".tree summary").evaluateAll((all) => all.map(({ firstElementChild }) => firstElementChild.matches(".mark") && firstElementChild.textContent));
  assert.deepEqual(begin, [verdict, verdict]);
  assert.match(await page.innerText(".tree"), /Verified ✓\s+covered by the signature of the whole/);
});

on("what is not seen is made visible, and what is seen through it stays", {}, async ({ paste, page }) => {
  const family = "👩🏽\u200d💻 🏳\ufe0f\u200d🌈 ❤\ufe0f 1\ufe0f\u20e3";
  const scripts = "می\u200cخواهم क्\u200dष 葛\u{e0100} \u2229\ufe00";
  await paste(
    forged((badge) => {
      badge.name = "M\u{1d173}I\ufe0fT\u2800 П\u200dа\u200cб α\u200dβ 1\ufe0f2";
      badge.description = `${family} ${scripts} e\u0301\u200d!`;
    }),
  );
  assert.equal(await page.innerText(".record-title"), "MU+1D173IU+FE0FTU+2800 ПU+200DаU+200Cб αU+200Dβ 1U+FE0F2");
  assert.ok((await page.textContent("#results")).includes(`${family} ${scripts} e\u0301U+200D!`));
});

on("a list of many says how many are not on the page at all", {}, async ({ paste, page }) => {
  await paste(forged((badge) => void (badge.credentialSubject.achievement.tag = Array.from({ length: 600 }, (_, index) => `tag ${index}`))));
  const more = page.locator("details.more", { has: page.locator(".chips") });
  await more.locator("summary").click();
  const shown = 8 + (await more.locator(".chips > li:not(.hint)").count());
  const [, told] = /^(\d+) more are not shown here\.$/.exec(await more.locator(".chips > li.hint").innerText());
  const [, rest] = /^(\d+) more$/.exec(await more.locator("summary").innerText());
  assert.equal(shown + Number(told), 8 + Number(rest));
  assert.ok(Number(told) > 0);
});

const chunk = (type, data) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
};
/** A grey picture in a few bytes; its checksums are missing, which does not keep decoders from making room for it. */
function png(width, height) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", head), chunk("IDAT", deflateSync(Buffer.alloc(100))), chunk("IEND", Buffer.alloc(0))]);
}
const u16 = (number, little = false) => (little ? [number & 255, number >> 8] : [number >> 8, number & 255]);
const PICTURES = {
  png: (size) => png(size, size),
  jpeg: (size) => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xff, 0xc2, 0, 11, 8, ...u16(size), ...u16(size), 1, 1, 0x11, 0]),
  gif: (size) => Buffer.from([...Buffer.from("GIF89a"), 1, 0, 1, 0, 0x80, 0, 0, ...Array(6).fill(0), 0x21, 0xfe, 1, 65, 0, 0x2c, 0, 0, 0, 0, ...u16(size, true), ...u16(size, true), 0]),
  "webp, extended": (size) => Buffer.from([...Buffer.from("RIFF\0\0\0\0WEBPVP8X"), 10, 0, 0, 0, 0, 0, 0, 0, ...u16(size - 1, true), 0, ...u16(size - 1, true), 0]),
  "webp, lossless": (size) => Buffer.from([...Buffer.from("RIFF\0\0\0\0WEBPVP8L"), 9, 0, 0, 0, 0x2f, ...((bits) => [bits & 255, (bits >> 8) & 255, (bits >> 16) & 255, bits >>> 24])((size - 1) | ((size - 1) << 14))]),
  "webp, lossy": (size) => Buffer.from([...Buffer.from("RIFF\0\0\0\0WEBPVP8 "), 9, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, ...u16(size, true), ...u16(size, true)]),
};

/** Whether the page would let the browser decode it: it is looked at before the browser finds out that nothing follows. */
const isTried = async ({ page, paste }, picture, type) => {
  await page.evaluate(() => {
    window.tried = 0;
    const set = Element.prototype.setAttribute;
    Element.prototype.setAttribute = function (name, value) {
      if (this.localName === "img" && name === "src") window.tried += 1;
      return set.call(this, name, value);
    };
  });
  await paste(forged((badge) => void (badge.credentialSubject.achievement.image = { id: `data:image/${type};base64,${picture.toString("base64")}`, type: "Image" })));
  return page.evaluate(() => window.tried > 0);
};

for (const [name, picture] of Object.entries(PICTURES)) {
  on(`a picture of more than 25 megapixels is not decoded: ${name}`, {}, async (opened) => {
    assert.ok(await isTried(opened, picture(5_000), name.split(",")[0]), "25 megapixels");
    assert.ok(!(await isTried(opened, picture(5_001), name.split(",")[0])), "more");
  });
}

on("a picture that does not say how large it is, or is of another kind, is not decoded", {}, async (opened) => {
  for (const bytes of [PICTURES.png(16).subarray(0, 20), PICTURES.jpeg(16).subarray(0, 14), PICTURES.jpeg(0), Buffer.from("BM".padEnd(60, "\0")), Buffer.from([0xff, 0xd8, 0xff, 0xd8]), Buffer.from("GIF89a")]) {
    assert.ok(!(await isTried(opened, bytes, "png")), bytes.toString("hex"));
  }
});

on("forced colours: the record that is chosen can be told from the others", { forcedColors: "active" }, async ({ drop, page }) => {
  await drop("ob3-small.json", "expired.json");
  const border = (id) => page.evaluate((id) => ((style) => [style.borderTopWidth, style.borderTopColor])(getComputedStyle(document.getElementById(id))), id);
  const chosen = await page.locator(".list [aria-current]").getAttribute("id");
  const other = chosen === "item-0" ? "item-1" : "item-0";
  assert.notEqual((await border(chosen))[0], (await border(other))[0]);
});
