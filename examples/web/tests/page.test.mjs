// What the page shows for each kind of record and verdict, and that nothing leaves it unasked.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ANYBODY, ISSUER, VECTORS, forged, launch, open, serve } from "./support.mjs";

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

const text = (file) => readFile(join(VECTORS, "credentials", file), "utf8");
const resource = (file) => readFile(join(VECTORS, "resources", file));
/** Opens the page, does something and closes it, which fails on errors of scripts and of the policy. */
const on = (name, options, action) =>
  test(name, async () => {
    const opened = await open(browser, server.origin, options);
    await action(opened);
    await opened.close();
  });

const NOBODY = "Intact – issuer not checked";
const classOf = (page) => page.getAttribute(".banner", "class");

// ---------------------------------------------------------------------------------------------------------- the verdicts

on("without accepted issuers a good record is not shown as a success", {}, async ({ drop, verdict, page, accept }) => {
  await drop("ob3-full.json");
  assert.equal(await verdict(), NOBODY);
  assert.match(await classOf(page), /tier-nobody/);
  assert.match(await page.textContent(".banner"), /anyone could have made this/);
  const look = async () => page.evaluate(() => [getComputedStyle(document.querySelector(".banner h2")).color, document.querySelector(".banner .icon").getAttribute("class")]);
  const before = await look();
  await accept(ISSUER);
  assert.equal(await verdict(), "Verified");
  assert.match(await classOf(page), /tier-accepted/);
  const after = await look();
  assert.notEqual(before[0], after[0], "another colour");
  assert.notEqual(before[1], after[1], "another icon");
});

on("an empty list of accepted issuers accepts nobody in particular", {}, async ({ drop, verdict, page }) => {
  await drop("ob3-small.json");
  await page.click("#expect-summary");
  await page.check("#accept-list");
  assert.equal(await verdict(), NOBODY);
  assert.match(await page.innerText("#expect"), /anyone could have made them/);
});

for (const [file, word, reason] of [
  ["tampered-name.json", "Not verified", /content was changed/],
  ["expired.json", "Not verified", /has expired/],
  ["not-yet-valid.json", "Not verified", /not valid yet/],
  ["status-not-evaluated.json", "Not fully checked", /has not been looked up/],
  ["suite-unknown.json", "Not fully checked", /not known here/],
  ["format-html.json", "Not fully checked", /not a kind of record/],
]) {
  on(`${file}: ${word}`, {}, async ({ drop, verdict, page, accept }) => {
    await accept(ISSUER);
    await drop(file);
    assert.equal(await verdict(), word);
    assert.match(await page.textContent(".banner .because"), reason);
    assert.doesNotMatch(await classOf(page), /tier-accepted|tier-nobody/);
  });
}

on("an issuer that is not accepted", {}, async ({ drop, verdict, page, accept }) => {
  await accept("did:web:other.example");
  await drop("ob3-small.json");
  assert.equal(await verdict(), "Not verified");
  assert.match(await page.textContent(".axes"), /The issuer is none of those you accept/);
  assert.match(await page.textContent(".caution"), /For information only/);
});

on("what is not authentic is not shown at all", {}, async ({ drop, page }) => {
  await drop("tampered-name.json");
  assert.match(await page.textContent("#results"), /not known to be what the issuer signed/);
  assert.equal(await page.locator(".record-title").count(), 0);
  assert.match(await page.textContent(".axes"), /If it is genuine: Yes\. Nothing says/);
  assert.equal(await page.locator(".axis.outcome-passed").count(), 0, "nothing of it looks like a success");
});

on("another person, another day", {}, async ({ drop, verdict, page, settled }) => {
  await drop("ob3-typical.json");
  await page.click("#expect-summary");
  await page.fill("#email", "somebody.else@example.org");
  await page.dispatchEvent("#email", "change");
  assert.equal(await verdict(), "Not verified");
  assert.match(await page.textContent(".banner .because"), /about somebody else/);
  await page.fill("#email", "");
  await page.fill("#date", "2020-01-01");
  await page.dispatchEvent("#date", "change");
  await settled();
  assert.match(await page.textContent(".banner .because"), /made in the future/);
});

on("expectations that cannot be are refused in words, and the old ones stand", {}, async ({ drop, verdict, page, accept }) => {
  await accept(ISSUER);
  await drop("ob3-small.json");
  await accept("not an identifier");
  await page.waitForSelector("#expect [role=alert]");
  assert.equal(await verdict(), "Verified");
});

// ------------------------------------------------------------------------------------------------------ the kinds of input

for (const [file, title] of [
  ["ob3-small.json", "Teamwork Badge"],
  ["jwt-vcdm1-es256.jwt", undefined],
  ["sd-jwt-kb.sd-jwt", undefined],
  ["cose-es256.cose", undefined],
  ["image-json-png.png", "Zusammenarbeit"],
  ["image-jwt-svg.svg", undefined],
]) {
  on(`a file: ${file}`, {}, async ({ drop, verdict, page }) => {
    await drop(file);
    assert.equal(await verdict(), NOBODY);
    if (title !== undefined) assert.match(await page.textContent(".record-title"), new RegExp(title));
  });
}

on("pasted: JSON, a token, two tokens", {}, async ({ paste, page }) => {
  await paste(await text("ob3-small.json"));
  const token = (await text("jwt-vcdm1-es256.jwt")).trim();
  await paste(`\n ${token}\n`);
  await paste(`${token}\n${(await text("sd-jwt-kb.sd-jwt")).trim()}`);
  assert.deepEqual(new Set(await page.locator(".list li .mark").allTextContents()), new Set([NOBODY]));
});

on("pasted: a picture, even while a field has the focus", {}, async ({ page, verdict }) => {
  await page.click("#paste-summary");
  await page.focus("#text");
  await page.evaluate((base64) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], "image.png", { type: "image/png" }));
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  }, (await readFile(join(VECTORS, "credentials", "image-json-png.png"))).toString("base64"));
  assert.equal(await verdict(), NOBODY);
  assert.match(await page.textContent(".record-title"), /Zusammenarbeit/);
});

on("typed into the field for text", {}, async ({ page, verdict }) => {
  await page.click("#paste-summary");
  await page.fill("#text", await text("ob3-small.json"));
  await page.click(".paste button[type=submit]");
  await page.waitForSelector("#verdict");
  assert.equal(await verdict(), NOBODY);
});

on("what only the full module can judge is judged by that, from the page's own files", {}, async ({ paste, verdict, page, elsewhere }) => {
  const asked = () => server.asked.filter((line) => line.includes("ler_verify_full")).length;
  const before = asked();
  await paste((await text("ob3-small.json")).replace("eddsa-rdfc-2022", "bbs-2023"));
  assert.equal(asked(), before + 1);
  assert.equal(await verdict(), "Not verified", "the small one only knows that it does not know");
  assert.deepEqual(elsewhere(), []);
});

on("dropped onto the page", {}, async ({ page, verdict }) => {
  await page.evaluate((json) => {
    const data = new DataTransfer();
    data.items.add(new File([json], "badge.json"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, await text("ob3-small.json"));
  await page.waitForSelector("#verdict");
  assert.equal(await verdict(), NOBODY);
});

on("many at once, each with its verdict", {}, async ({ drop, page, accept, verdict }) => {
  await accept(ISSUER);
  await drop("ob3-small.json", "expired.json", "status-not-evaluated.json", { name: "empty.json", mimeType: "", buffer: Buffer.alloc(0) }, { name: "photo.png", mimeType: "image/png", buffer: Buffer.from("not a picture") });
  assert.deepEqual(await page.locator(".list li .mark").allTextContents(), ["Verified", "Not verified", "Not fully checked", "Not read", "Not verified"]);
  await page.click("#item-1");
  assert.equal(await verdict(), "Not verified");
  assert.equal(await page.getAttribute("#item-1", "aria-current"), "true");
  await page.click("#item-3");
  assert.equal(await verdict(), "Not read");
});

// --------------------------------------------------------------------------------------------------------- what is shown

on("the record: person, results, dates, evidence", {}, async ({ drop, page }) => {
  await drop("ob3-full.json");
  const shown = await page.textContent("#results");
  for (const part of ["Master’s degree", "Ada Lovelace", "E-mail address (hashed)", "Student number s-0815", "completed", "Final grade", "Mastery", "42.5", "Computational Linguistics", "14 January 2026", "Valid until", "15 January 2036", "Thesis"]) {
    assert.ok(shown.includes(part), part);
  }
  assert.match(await page.getAttribute(".timeline", "aria-label"), /valid from 15 January 2026 until 15 January 2036/);
});

on("the record of a working life: employment, education, skills", {}, async ({ drop, page }) => {
  await drop("ler-wrapper-jwt.jwt");
  const shown = await page.innerText("#results");
  assert.match(shown, /Employment\s+Analyst\s+Example Mills\s+1 April 2021 – present/);
  assert.match(shown, /Engineer\s+Example Mills\s+2019 – March 2021/);
  assert.match(shown, /Education\s+Bachelor of Science\s+Example University\s+2015 – 2019/);
  assert.match(shown, /Data analysis · 5 years/);
});

on("a claimed name, a registered name and an identifier are three things", {}, async ({ drop, page }) => {
  await drop("ob3-small.json");
  const shown = await page.innerText("#results");
  assert.match(shown, /Calls itself\s+Example University\s+Anyone can choose any name/i);
  assert.match(shown, /Identifier\s+did:key:z6Mku3/i);
  assert.match(shown, /not which organisation has it/);
  assert.doesNotMatch(await page.textContent(".banner"), /Example University/);
  assert.doesNotMatch(shown, /Registered as/i);
});

on("a registered name comes from a registry that was named and asked", { outside: { "https://registry.example/issuers.json": { body: await resource("registry-lists.json") } } }, async ({ drop, page, verdict, elsewhere, answer }) => {
  await drop("ob3-small.json");
  await page.click("#expect-summary");
  await page.check("#accept-registry");
  await page.fill("#registries", "https://registry.example/issuers.json");
  await page.dispatchEvent("#registries", "change");
  assert.equal(await verdict(), "Not fully checked");
  assert.deepEqual(elsewhere(), []);
  await page.click("#look-up");
  await answer("#ask-yes");
  await page.waitForSelector(".tier-accepted");
  assert.match(await page.textContent(".banner"), /a registry you named lists/);
  assert.match(await page.innerText("#results"), /Registered as[\s\S]*According to registry\.example/i);
});

on("records inside: a tree, each with its own verdict", {}, async ({ drop, page }) => {
  await drop("clr-two.json");
  assert.equal(await page.locator(".tree > li").count(), 2);
  await page.click(".tree > li:nth-child(2) summary");
  assert.match(await page.innerText(".tree > li:nth-child(2)"), /Intact – issuer not checked[\s\S]*Identifier/i);
  assert.equal(await page.locator("#verdict").count(), 1);
});

on("every check has its question, its code and a link to the rule", {}, async ({ drop, page }) => {
  await drop("ob3-small.json");
  const all = await page.locator(".check").count();
  assert.ok(all > 15, String(all));
  assert.equal(await page.locator(".check a[href^='https://']").count(), all);
  assert.equal(await page.locator("a[target=_blank]:not([rel~=noreferrer])").count(), 0);
});

on("the audit report is copied byte for byte and holds nothing of the record", { permissions: ["clipboard-read", "clipboard-write"] }, async ({ drop, page }) => {
  await drop("ob3-full.json");
  await page.locator("details:has(#copy) > summary").click();
  await page.click("#copy");
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent === "Copied.");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(JSON.parse(copied).verdict, "verified");
  assert.doesNotMatch(copied, /Lovelace|Linguistics|Universit/);
});

on("on paper everything is unfolded and nothing can be pressed", {}, async ({ drop, page, accept }) => {
  await accept(ISSUER);
  await drop("ob3-full.json");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#results details:not([open])").count(), 0);
  assert.equal(await page.locator("button:visible, .top:visible").count(), 0);
  assert.ok(await page.locator(".check").first().isVisible());
  assert.match(await page.innerText("#results"), /What you expected\s+1 accepted issuer, any person, on 21 November 2026\s+did:key:z6Mku3/i, "a verdict is nothing without it");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.ok((await page.locator("#results details:not([open])").count()) > 0);
});

on("on paper a long text is there to its end", {}, async ({ paste, page }) => {
  await paste(forged((badge) => void (badge.credentialSubject.achievement.criteria.narrative = `${"word ".repeat(300)}the end.`)));
  const shown = () => page.locator("#results .folded bdi").first().innerText();
  assert.match(await shown(), /…$/);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.match(await shown(), /the end\.$/);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.match(await shown(), /…$/);
});

on("the second language says everything too", { locale: "de-AT" }, async ({ drop, page, verdict }) => {
  await drop("expired.json");
  assert.equal(await verdict(), "Nicht bestätigt");
  assert.equal(await page.getAttribute("html", "lang"), "de");
  assert.match(await page.textContent(".because"), /Er ist abgelaufen/);
  assert.equal(await page.locator(".question[lang=en]").count(), 0, "every question");
  await page.click("#language-en");
  assert.equal(await verdict(), "Not verified");
  assert.equal(await page.evaluate(() => document.activeElement.id), "language-en");
});

on("the second language: ordinary records have no English words, and rare ones mark them", { locale: "de" }, async ({ drop, page }) => {
  const ordinary = ["ob3-small.json", "ob3-full.json", "clr-two.json", "ler-wrapper-jwt.jwt", "jwt-vcdm1-es256.jwt", "sd-jwt-kb.sd-jwt", "cose-es256.cose", "image-json-png.png", "image-jwt-svg.svg"];
  const others = ["expired.json", "not-yet-valid.json", "tampered-name.json", "status-not-evaluated.json", "suite-unknown.json", "format-html.json", "did-web.json", "context-unknown.json", "linked-matches.json"];
  await drop(...ordinary, ...others);
  for (let index = 0; index < ordinary.length + others.length; index += 1) {
    await page.click(`#item-${index}`);
    assert.deepEqual(await page.locator("#results .banner [lang=en], #results .axes [lang=en], #results .check [lang=en]").allTextContents(), [], await page.textContent(".file"));
  }
  await drop("cose-duplicate-label.cose");
  assert.match(await page.textContent(".because [lang=en]"), /^This is not a COSE_Sign1/);
});

// -------------------------------------------------------------------------------------------------------------- requests

const DID = "https://university.example/.well-known/did.json";

on("nothing is requested unless the person agrees; then exactly what was named", { outside: { [DID]: { contentType: "application/did+json", body: await resource("did-web.json") } } }, async ({ drop, page, verdict, elsewhere, answer }) => {
  await page.waitForLoadState("networkidle");
  // The browser gets these whenever it likes.
  const asked = () => server.asked.filter((line) => !/\/(icon\.svg|favicon\.ico|page\.webmanifest)$/.test(line));
  const own = asked().length;
  await drop("did-web.json", "ob3-full.json", "status-not-evaluated.json", "context-unknown.json", "linked-matches.json");
  await page.click("#item-0");
  assert.equal(await verdict(), "Not fully checked");
  assert.match(await page.innerText("#results"), /Not known yet: what could tie the signature to this issuer/);
  assert.deepEqual(elsewhere(), []);
  assert.equal(asked().length, own, "not even the page's own server was asked");
  await page.click("#look-up");
  const dialog = await page.innerText("dialog");
  assert.ok(dialog.startsWith("Contact this server?") && dialog.includes("university.example") && dialog.includes(DID) && dialog.includes("not verified yet"), dialog);
  assert.deepEqual(elsewhere(), []);
  await answer("#ask-no");
  assert.deepEqual(elsewhere(), []);
  await page.click("#look-up");
  await answer("#ask-yes");
  await page.waitForSelector(".tier-nobody #verdict");
  assert.deepEqual(elsewhere(), [DID]);
  assert.match(await page.textContent("#results"), /published at university\.example/);
  assert.equal(await page.locator("iframe").count(), 0, "the way out is closed again");
});

on("what is looked up in vain leaves the record unknown, never refuted", { expected: /ERR_FAILED/ }, async ({ drop, page, verdict, answer }) => {
  await drop("did-web.json");
  await page.click("#look-up");
  await answer("#ask-yes");
  await page.waitForFunction(() => document.getElementById("results").textContent.includes("could not be obtained"));
  assert.equal(await verdict(), "Not fully checked");
});

const CONTEXT = "https://university.example/contexts/honours.json";

on("a redirect to where nobody agreed to is not followed", { outside: { [CONTEXT]: { status: 302, headers: { "access-control-allow-origin": "*", location: "https://tracker.example/" } } } }, async ({ drop, page, verdict, elsewhere, answer }) => {
  await drop("context-unknown.json");
  const before = await verdict();
  await page.click("#look-up");
  await answer("#ask-yes");
  await page.waitForFunction(() => document.getElementById("results").textContent.includes("could not be obtained"));
  assert.equal(await verdict(), before);
  assert.deepEqual(new Set(elsewhere()), new Set([CONTEXT]));
});

const BADGE = "https://badges.example/ada.json";

on("a web address is a request: it is asked for", { outside: { [BADGE]: { body: await text("ob3-small.json") } } }, async ({ paste, page, verdict, elsewhere, answer }) => {
  await paste(BADGE);
  await page.waitForSelector("dialog");
  assert.match(await page.innerText("dialog"), /badges\.example/);
  await answer("#ask-no");
  assert.deepEqual(elsewhere(), []);
  await paste(BADGE);
  await answer("#ask-yes");
  assert.equal(await verdict(), NOBODY);
  assert.deepEqual(elsewhere(), [BADGE]);
});

on("addresses of private networks and without https are refused", {}, async ({ paste, page, elsewhere, announced }) => {
  for (const url of ["http://badges.example/a", "https://localhost/a", "https://192.168.0.1/a", "https://user:pass@badges.example/"]) {
    await paste(url);
    await announced("Only public https addresses can be opened.");
    assert.ok(await page.isVisible(".notice"));
    assert.equal(await page.locator("dialog").count(), 0);
  }
  assert.deepEqual(elsewhere(), []);
});

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const EVIL = { "https://evil.example/": { body: "" }, "https://evil.example/x.png": { contentType: "image/png", body: Buffer.from(PIXEL, "base64") } };

on("the policy of the page forbids connections, pictures, markup and scripts of others", { outside: EVIL, expected: /Content Security Policy|violates the following|TrustedHTML|TrustedScript/ }, async ({ page, reached }) => {
  const tried = await page.evaluate(async () => {
    const outcome = {};
    outcome.fetch = await fetch("https://evil.example/").then(() => "sent", () => "refused");
    outcome.socket = await new Promise((resolve) => {
      try {
        const socket = new WebSocket("wss://evil.example/");
        socket.onerror = () => resolve("refused");
      } catch {
        resolve("refused");
      }
    });
    outcome.image = await new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve("sent");
      image.onerror = () => resolve("refused");
      image.src = "https://evil.example/x.png";
    });
    try {
      document.body.insertAdjacentHTML("beforeend", "<b>markup</b>");
      outcome.markup = "made";
    } catch {
      outcome.markup = "refused";
    }
    const script = document.createElement("script");
    try {
      script.text = "window.ran = true";
      document.body.append(script);
    } catch {
      // Trusted types refuse it before the policy for scripts does.
    }
    outcome.script = window.ran === true ? "ran" : "refused";
    return outcome;
  });
  assert.deepEqual(tried, { fetch: "refused", socket: "refused", image: "refused", markup: "refused", script: "refused" });
  assert.deepEqual(reached, []);
});

on("nothing is kept: no storage, no cookies, no databases", {}, async ({ drop, page, context }) => {
  await drop("ob3-full.json");
  const kept = await page.evaluate(async () => ({ local: localStorage.length, session: sessionStorage.length, databases: (await indexedDB.databases()).length, hash: location.hash, caches: (await caches.keys()).length }));
  assert.deepEqual(kept, { local: 0, session: 0, databases: 0, hash: "", caches: 0 });
  assert.deepEqual(await context.cookies(), []);
});

test("without a network: the page starts and verifies", async () => {
  const server = await serve();
  const opened = await open(browser, server.origin, { serviceWorkers: "allow", date: "" });
  const { page } = opened;
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => (await caches.keys()).length === 1 && navigator.serviceWorker.controller !== null);
  await opened.context.setOffline(true);
  await server.close();
  await page.reload();
  await page.waitForSelector("body.is-ready");
  await opened.drop("ob3-full.json");
  assert.equal(await opened.verdict(), NOBODY);
  const kept = await page.evaluate(async () => (await (await caches.open((await caches.keys())[0])).keys()).map(({ url }) => url));
  assert.ok(kept.length >= 6 && kept.every((url) => url.startsWith(server.origin)), "only files of the page are kept");
  await opened.close();
});

// --------------------------------------------------------------------------------------------------------------- hostile

on("markup in a record is text", {}, async ({ paste, page }) => {
  const markup = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script><h2 id=verdict>Verified</h2>";
  await paste(
    forged((badge) => {
      badge.name = markup;
      badge.description = markup;
      badge.issuer.name = markup;
      badge.issuer.url = "javascript:window.hit=1";
      badge.credentialSubject.achievement.description = markup;
      badge.credentialSubject.achievement.criteria = { id: "javascript:window.hit=1", narrative: markup };
      badge.credentialSubject.achievement.image = { id: `data:image/svg+xml,${encodeURIComponent("<svg xmlns='http://www.w3.org/2000/svg' onload='window.hit=1'/>")}`, type: "Image" };
    }),
  );
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  assert.equal(await page.locator("#verdict").count(), 1);
  assert.equal(await page.textContent("#verdict"), NOBODY);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.locator("#results img, #results script, #results iframe, #results a:not([href^='https://'])").count(), 0);
  assert.match(await page.textContent(".record-title"), /<script>/);
});

on("a name never reaches the verdict, the title of the page or its announcements", {}, async ({ paste, page, announced }) => {
  await paste(forged((badge) => void ((badge.issuer.name = "Massachusetts Institute of Technology"), (badge.name = "Verified by MIT"))));
  await announced(NOBODY);
  for (const place of [".banner", ".axes"]) assert.doesNotMatch(await page.textContent(place), /MIT|Massachusetts/);
  assert.equal(await page.title(), "Record check");
  assert.match(await page.innerText("#results"), /Calls itself\s+Massachusetts Institute of Technology\s+Anyone can choose any name/i);
  assert.ok((await page.textContent("#results")).includes(ANYBODY));
});

on("characters that turn, hide or pile up are made visible or removed", {}, async ({ paste, page }) => {
  await paste(
    forged((badge) => {
      badge.issuer.name = "M\u200bI\u200dT \u202egro.live";
      badge.name = "Bachelor\u2066\u2069\u00ad of \u{e0041}Arts";
      badge.description = `Z${"\u0351".repeat(60)}algo می\u200cخواهم`;
    }),
  );
  assert.equal(await page.innerText(".claimed"), "MU+200BIU+200DT U+202Egro.live");
  assert.equal(await page.innerText(".record-title"), "BachelorU+2066U+2069U+00AD of U+E0041Arts");
  const shown = await page.textContent("#results");
  assert.doesNotMatch(shown, /[\u200b\u200d\u202a-\u202e\u2066-\u2069\u00ad\u{e0041}]/u);
  assert.doesNotMatch(shown, /\u0351{5}/);
  assert.ok(shown.includes("می\u200cخواهم"), "what belongs to a script stays");
  assert.match(shown, /hidden characters or mixes scripts/);
});

on("right-to-left text turns nothing around it", {}, async ({ paste, page }) => {
  await paste(forged((badge) => void (badge.issuer.name = "جامعة Verified ✓")));
  const isolated = await page.evaluate(() => [...document.querySelectorAll("#results .foreign")].map((element) => element.localName === "bdi" && getComputedStyle(element).unicodeBidi.includes("isolate")));
  assert.ok(isolated.length > 0 && isolated.every(Boolean), isolated.join());
});

on("very long texts are folded and break no layout", { viewport: { width: 360, height: 700 } }, async ({ paste, page }) => {
  await paste(
    forged((badge) => {
      badge.name = "W".repeat(30_000);
      badge.issuer.name = "W".repeat(5_000);
      badge.description = "word ".repeat(20_000);
      badge.credentialSubject.achievement.tag = Array.from({ length: 2_000 }, (_, index) => `tag ${index}`);
    }),
  );
  const { scrollWidth, letters, tags } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    letters: document.getElementById("results").innerText.length,
    tags: [...document.querySelectorAll("#results .chips > li")].filter((tag) => tag.checkVisibility()).length,
  }));
  assert.ok(scrollWidth <= 360, `wide: ${scrollWidth}`);
  assert.ok(letters < 6_000, `long: ${letters} of 55,000 letters are seen at once`);
  assert.equal(tags, 8, "of 2,000");
  const button = page.locator(".folded button").first();
  await button.click();
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
});

on("a hostile file name is text as well", {}, async ({ drop, page }) => {
  await drop({ name: "<img src=x onerror=window.hit=1>\u202egnp.json", mimeType: "", buffer: Buffer.from("{}") });
  assert.match(await page.innerText(".file"), /<img src=x onerror=window\.hit=1>U\+202Egnp\.json/);
  assert.equal(await page.evaluate(() => window.hit), undefined);
});

on("pictures: only plain pixels, never as checked; others only when the person asks", {}, async ({ drop, paste, page, elsewhere }) => {
  await drop("image-json-png.png");
  assert.match(await page.textContent("figcaption"), /Pictures prove nothing and are not checked/);
  assert.match(await page.getAttribute("figure img", "src"), /^blob:/);
  const pixel = `data:image/png;base64,${PIXEL}`;
  await paste(forged((badge) => void (badge.credentialSubject.achievement.image = { id: pixel, type: "Image" })));
  assert.equal(await page.getAttribute("figure img", "src"), pixel);
  assert.match(await page.textContent("figcaption"), /Picture from the record\. Pictures prove nothing/);
  await page.waitForFunction(() => document.querySelector("figure img").naturalWidth > 0); // It is really shown.
  await paste(forged((badge) => void (badge.credentialSubject.achievement.image = { id: "https://tracker.example/p.png", type: "Image" })));
  assert.equal(await page.locator("figure img").count(), 0);
  assert.match(await page.textContent("#picture"), /tracker\.example/);
  assert.deepEqual(elsewhere(), []);
});

// ------------------------------------------------------------------------------- expectations that change, and much at once

const summary = (page) => page.textContent(".summary-words");

on("of two expectations asked for at once the last one counts", {}, async ({ drop, verdict, page, accept }) => {
  await drop("ob3-small.json");
  await accept("did:web:other.example");
  await page.fill("#issuers", ISSUER);
  await page.click("#accept-anyone"); // Leaving the field is the first one.
  await page.waitForFunction(() => document.querySelector(".summary-words").textContent.startsWith("Any issuer"));
  await page.waitForTimeout(100);
  assert.equal(await verdict(), NOBODY);
  assert.match(await summary(page), /^Any issuer/);
  await page.click("#accept-list");
  assert.equal(await verdict(), "Verified", "what was typed is not lost");
});

on("no verdict is shown under expectations that it was not made with", {}, async ({ drop, page, verdict }) => {
  const buffer = await readFile(join(VECTORS, "credentials", "clr-two.json"));
  await drop(...Array.from({ length: 60 }, (_, index) => ({ name: `record ${index}.json`, mimeType: "", buffer })));
  const seen = await page.evaluate(async () => {
    document.getElementById("accept-list").checked = true;
    document.getElementById("issuers").value = "did:web:other.example";
    document.getElementById("issuers").dispatchEvent(new Event("change", { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve));
    const seen = new Set();
    let next = 59;
    do {
      const marks = [...document.querySelectorAll(".list li .mark")].map(({ textContent }) => textContent);
      seen.add([document.querySelector(".summary-words").textContent, document.getElementById("verdict").textContent, ...new Set(marks)].join("; "));
      if (next > 0) document.getElementById(`item-${(next -= 1)}`).click();
      seen.add([document.querySelector(".summary-words").textContent, document.getElementById("verdict").textContent].join("; "));
      await new Promise((resolve) => setTimeout(resolve));
    } while (document.querySelector("#results[aria-busy]") !== null);
    return [...seen];
  });
  assert.ok(seen.length > 1);
  for (const one of seen) assert.match(one, /^1 accepted issuer[^;]*; Not verified(; Not verified|; Being checked …)*$/);
  assert.equal(await verdict(), "Not verified");
  assert.deepEqual(new Set(await page.locator(".list li .mark").allTextContents()), new Set(["Not verified"]));
});

on("while a part of the page is loaded, what is shown is of the expectations that are shown", {}, async ({ drop, page, accept, verdict }) => {
  await drop("ob3-small.json");
  await accept(ISSUER);
  assert.equal(await verdict(), "Verified");
  let send = () => {};
  const sent = new Promise((resolve) => (send = resolve));
  await page.route("**/*full*", async (route) => (await sent, route.continue()));
  await page.evaluate((json) => {
    const data = new DataTransfer();
    data.setData("text/plain", json);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  }, (await text("ob3-small.json")).replace("eddsa-rdfc-2022", "bbs-2023"));
  await page.waitForSelector("#item-1[aria-current]");
  assert.equal(await page.textContent("#verdict"), "Not fully checked", "until more is known");
  await page.click("#item-0");
  await page.fill("#issuers", "did:web:other.example");
  await page.dispatchEvent("#issuers", "change");
  await page.waitForFunction(() => document.getElementById("verdict").textContent === "Not verified");
  assert.equal(await page.getAttribute("#results", "aria-busy"), "true");
  send();
  assert.equal(await verdict(), "Not verified");
  await page.click("#item-1");
  assert.equal(await verdict(), "Not verified");
});

on("expectations that were refused are not shown as if they were in force", {}, async ({ drop, verdict, page, accept }) => {
  await accept(ISSUER);
  await drop("ob3-small.json");
  await page.click("#expect-summary");
  await page.evaluate(() => {
    document.getElementById("issuers").value = "not an identifier";
    document.getElementById("issuers").dispatchEvent(new Event("change", { bubbles: true }));
  });
  await page.waitForSelector("#expect [role=alert]", { state: "visible" });
  assert.match(await summary(page), /^1 accepted issuer,/, "not three");
  assert.equal(await verdict(), "Verified");
  assert.ok(await page.isVisible("#issuers"), "to be mended");
  await accept("did:web:other.example");
  assert.equal(await verdict(), "Not verified");
  assert.ok(!(await page.isVisible("#expect [role=alert]")));
});

on("a list of withdrawn records is not called verified, nor accepted", { outside: { "https://university.example/status/4": { contentType: "application/vc", body: await resource("status-revocation.json") } } }, async ({ drop, page, verdict, accept, answer }) => {
  await accept(ISSUER);
  await drop("status-unset.json");
  assert.equal(await verdict(), "Not fully checked");
  await page.click("#look-up");
  await answer("#ask-yes");
  await page.waitForSelector(".tier-accepted #verdict");
  assert.equal(await page.locator(".tree > li").count(), 1);
  assert.equal(await page.locator(".tree .mark, .tree .banner").count(), 0);
  await page.click(".tree > li summary");
  assert.doesNotMatch(await page.innerText(".tree"), /Verified|you accept/);
});

on("a server that never answers is given up after a while", {}, async ({ page, context, paste, answer }) => {
  await context.route("https://slow.example/**", () => {});
  await page.clock.install();
  await paste("https://slow.example/a");
  await page.click("#ask-yes");
  await page.waitForSelector("#results[aria-busy]", { state: "attached" });
  await page.waitForSelector("iframe", { state: "attached" });
  await page.clock.runFor(21_000);
  await page.waitForSelector("#results:not([aria-busy])", { state: "attached" });
  assert.match(await page.textContent(".notice"), /Nothing could be obtained/);
  assert.equal(await page.locator("iframe").count(), 0);
});

on("a page of requests that never comes is given up as well", {}, async ({ page, paste }) => {
  await page.route("**/outside.html", () => {});
  await page.clock.install();
  await paste("https://badges.example/a");
  await page.click("#ask-yes");
  await page.waitForSelector("iframe", { state: "attached" });
  await page.clock.runFor(21_000);
  await page.waitForSelector("#results:not([aria-busy])", { state: "attached" });
  assert.match(await page.textContent(".notice"), /Nothing could be obtained/);
  assert.equal(await page.locator("iframe").count(), 0);
});

on("while a question stands nothing else comes in", {}, async ({ drop, paste, page, answer }) => {
  await drop("did-web.json");
  await page.click("#look-up");
  await paste("https://badges.example/a");
  await paste(await text("ob3-small.json"));
  await page.evaluate((json) => {
    const data = new DataTransfer();
    data.items.add(new File([json], "badge.json"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, await text("ob3-small.json"));
  await page.waitForTimeout(100);
  assert.equal(await page.locator("dialog").count(), 1);
  assert.equal(await page.locator("#ask-yes").count(), 1);
  assert.equal(await page.locator(".list").count(), 0);
  await answer("#ask-no");
  await paste(await text("ob3-small.json"));
  assert.equal(await page.locator(".list li").count(), 2);
});

on("of very many records only so many are taken, and the page says so", {}, async ({ drop, paste, page, verdict }) => {
  await paste(Array.from({ length: 5_000 }, (_, index) => `a.${index}.c`).join("\n"));
  assert.equal(await page.locator(".list li").count(), 200);
  assert.match(await page.textContent(".notice"), /No more than 200 records .* 4800 were left out/);
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent.includes("4800 were left out"));
  assert.ok((await page.locator("*").count()) < 3_000);
  await drop("ob3-small.json");
  assert.equal(await page.locator(".list li").count(), 200);
  assert.match(await page.textContent(".notice"), /1 was left out/);
  await page.click(".list > button.link");
  await drop("ob3-small.json");
  assert.equal(await verdict(), NOBODY);
  assert.ok(!(await page.isVisible(".notice")));
});

on("of many files one is read at a time, and no more than there is place for", {}, async ({ page, settled }) => {
  const most = await page.evaluate(async () => {
    let reading = 0;
    let most = 0;
    let read = 0;
    const { arrayBuffer } = Blob.prototype;
    Blob.prototype.arrayBuffer = async function () {
      most = Math.max(most, (reading += 1));
      read += 1;
      await new Promise((resolve) => setTimeout(resolve));
      reading -= 1;
      return arrayBuffer.call(this);
    };
    const data = new DataTransfer();
    for (let index = 0; index < 210; index += 1) data.items.add(new File(["{}"], `${index}.json`));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    while (document.querySelector("#results[aria-busy]") !== null) await new Promise((resolve) => setTimeout(resolve));
    return { most, read };
  });
  await settled();
  assert.deepEqual(most, { most: 1, read: 200 });
  assert.equal(await page.locator(".list li").count(), 200);
  assert.match(await page.textContent(".notice"), /10 were left out/);
});
