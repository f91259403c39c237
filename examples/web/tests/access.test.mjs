// For everybody: axe (WCAG 2.2 A and AA) in every colour scheme and size, the keyboard, and people who dislike motion.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ISSUER, launch, open, serve } from "./support.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Where pictures of the page are put, for people to look at. */
const PICTURES = process.env.PICTURES ?? join(tmpdir(), "ler-verify-page");
mkdirSync(PICTURES, { recursive: true });

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

async function violations(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(" | ")}`);
}

const STATES = {
  empty: async () => {},
  nobody: ({ drop }) => drop("ob3-full.json"),
  verified: async ({ accept, drop }) => (await accept(ISSUER), drop("ob3-full.json")),
  refused: ({ drop }) => drop("expired.json"),
  open: ({ drop }) => drop("did-web.json"),
  many: async ({ accept, drop }) => (await accept(ISSUER), drop("clr-two.json", "ob3-full.json", "tampered-name.json", "status-not-evaluated.json", "image-json-png.png")),
};
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };

for (const [name, prepare] of Object.entries(STATES)) {
  test(`axe and layout, light and dark, phone and desktop: ${name}`, async () => {
    const opened = await open(browser, server.origin, { bypassCSP: true, reducedMotion: "reduce" });
    await prepare(opened);
    const { page } = opened;
    for (const colorScheme of ["light", "dark"]) {
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(viewport);
        await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = false)));
        await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}-${size}.png`), fullPage: true });
        await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
        // Colours depend on the scheme and targets on the size: two of the four have all of both.
        if ((colorScheme === "light") === (size === "desktop")) assert.deepEqual(await violations(page), [], `${colorScheme}, ${size}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= viewport.width, `${size}: ${wide}`);
      }
    }
    await opened.close();
  });
}

test("axe: the dialog", async () => {
  const opened = await open(browser, server.origin, { bypassCSP: true });
  await opened.drop("did-web.json");
  await opened.page.click("#look-up");
  await opened.page.waitForSelector("dialog");
  await opened.page.screenshot({ path: join(PICTURES, "dialog.png") });
  assert.deepEqual(await violations(opened.page), []);
  await opened.close();
});

test("with the keyboard alone: from the start to an answer", async () => {
  const opened = await open(browser, server.origin, {});
  const { page } = opened;
  const focused = () => page.evaluate(() => document.activeElement.id);
  const tabTo = async (id) => {
    for (let presses = 0; presses < 40; presses += 1) {
      if ((await focused()) === id) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`${id} cannot be reached`);
  };
  await page.evaluate(() => document.activeElement.blur());
  await tabTo("skip");
  await tabTo("files");
  await tabTo("paste-summary");
  await page.keyboard.press("Enter");
  await tabTo("text");
  await page.keyboard.insertText(await readFile(new URL("../../../test-vectors/credentials/did-web.json", import.meta.url), "utf8"));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await opened.focusOn("verdict");
  await opened.announced("Not fully checked");
  await tabTo("look-up");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog");
  await opened.focusOn("ask-no"); // The safe answer.
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { state: "detached" });
  await opened.focusOn("look-up");
  await opened.close();
});

test("choosing another record by keyboard moves to its verdict", async () => {
  const opened = await open(browser, server.origin, {});
  const { page } = opened;
  await opened.drop("ob3-full.json", "expired.json");
  await page.focus("#item-1");
  await page.keyboard.press("Enter");
  assert.equal(await opened.verdict(), "Not verified");
  await opened.focusOn("verdict");
  await opened.close();
});

// What somebody is doing while the page works on something else is theirs.

test("a text that is being typed stays, with its selection, while records come in and the language changes", async () => {
  const opened = await open(browser, server.origin, {});
  const { page } = opened;
  const look = () => page.evaluate(() => {
    const { value, selectionStart, selectionEnd } = document.getElementById("text");
    return { value, selectionStart, selectionEnd, focus: document.activeElement.id, isOpen: document.querySelector("details.paste").open };
  });
  await page.click("#paste-summary");
  await page.fill("#text", "half a record");
  await page.evaluate(() => document.getElementById("text").setSelectionRange(5, 7));
  const before = await look();
  assert.deepEqual(before, { value: "half a record", selectionStart: 5, selectionEnd: 7, focus: "text", isOpen: true });
  await opened.drop("ob3-small.json");
  assert.equal(await opened.verdict(), "Intact – issuer not checked");
  assert.deepEqual(await look(), before);
  await page.click("#language-de");
  assert.equal(await opened.verdict(), "Unverändert – Aussteller nicht geprüft");
  assert.deepEqual(await look(), { ...before, focus: "language-de" });
  await opened.close();
});

test("what is being typed among the expectations stays while records are verified", async () => {
  const opened = await open(browser, server.origin, {});
  const { page } = opened;
  await page.click("#expect-summary");
  await page.check("#accept-list");
  await opened.settled();
  await page.focus("#issuers");
  await page.keyboard.type("did:web:first.exam");
  await opened.drop("ob3-small.json", "expired.json");
  await page.keyboard.type("ple");
  assert.equal(await page.inputValue("#issuers"), "did:web:first.example");
  await page.focus("#email");
  assert.equal(await opened.verdict(), "Not verified", "taken when the field is left");
  await page.keyboard.type("ada@exam");
  await page.evaluate(() => {
    const field = document.getElementById("date");
    field.value = "2026-11-20";
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await opened.settled();
  assert.match(await page.textContent(".summary-words"), /on 20 November 2026/);
  await opened.drop("ob3-full.json");
  assert.equal(await page.inputValue("#email"), "ada@exam");
  await opened.focusOn("email");
  await opened.close();
});

test("leaving a field by pressing a button does what both say", async () => {
  const opened = await open(browser, server.origin, {});
  const { page } = opened;
  await opened.drop("ob3-small.json", "did-web.json");
  await page.click("#expect-summary");
  await page.check("#accept-list");
  await page.fill("#issuers", ISSUER);
  await page.click("#item-1");
  assert.equal(await page.getAttribute("#item-1", "aria-current"), "true");
  await opened.settled();
  assert.equal(await page.textContent(".summary-words"), "1 accepted issuer, any person, on 21 November 2026");
  await page.fill("#issuers", "did:web:other.example");
  const place = await page.locator("#item-0").boundingBox();
  await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2);
  await page.mouse.down();
  await page.waitForSelector("#results[aria-busy]");
  assert.deepEqual(await page.locator("#item-0").boundingBox(), place, "nothing moves while it is pressed");
  await page.mouse.up();
  assert.equal(await opened.verdict(), "Not verified");
  assert.equal(await page.getAttribute("#item-0", "aria-current"), "true");
  await opened.close();
});

test("the focus stays on the skip link and on parts of a record while everything is verified again", async () => {
  const opened = await open(browser, server.origin, {});
  const { page } = opened;
  await opened.drop("ob3-full.json");
  const again = async (date) => {
    await page.evaluate((date) => {
      const field = document.getElementById("date");
      field.value = date;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }, date);
    await opened.settled();
  };
  await page.focus(".skip");
  await again("2026-11-20");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  const summary = page.locator("summary", { hasText: "Every check" });
  await summary.focus();
  await again("2026-11-19");
  assert.ok(await summary.evaluate((element) => element === document.activeElement));
  await opened.close();
});

test("the same file can be chosen again", async () => {
  const opened = await open(browser, server.origin, {});
  await opened.drop("ob3-small.json");
  assert.equal(await opened.page.inputValue("#files"), "", "choosing it again is a change");
  await opened.close();
});

test("a record that has not had its turn is shown as that, never with a verdict or as unread", async () => {
  const opened = await open(browser, server.origin, {});
  const { page } = opened;
  const json = await readFile(new URL("../../../test-vectors/credentials/clr-two.json", import.meta.url), "utf8");
  const seen = await page.evaluate(async (json) => {
    const data = new DataTransfer();
    for (let index = 0; index < 60; index += 1) data.items.add(new File([json], `record ${index}.json`));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    const seen = new Set();
    while (document.querySelector("#results[aria-busy]")) {
      // Draws the page while records are verified, slice by slice.
      document.getElementById("language-en").click();
      for (const mark of document.querySelectorAll(".list .mark")) seen.add(mark.textContent);
      await new Promise((resolve) => setTimeout(resolve));
    }
    return [...seen].sort();
  }, json);
  assert.deepEqual(seen, ["Being checked …", "Intact – issuer not checked"]);
  await opened.close();
});

test("nothing moves for those who dislike motion; targets are large enough for fingers", async () => {
  const opened = await open(browser, server.origin, { reducedMotion: "reduce", viewport: SIZES.phone });
  const { page } = opened;
  await opened.drop("ob3-full.json");
  const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((element) => getComputedStyle(element).transitionDuration !== "0s" || getComputedStyle(element).animationName !== "none").length);
  assert.equal(moving, 0);
  const small = await page.evaluate(() => [...document.querySelectorAll("button, summary, .choose")].filter((element) => element.getBoundingClientRect().height > 0 && element.getBoundingClientRect().height < 24).map((element) => element.textContent));
  assert.deepEqual(small, [], "WCAG 2.2, 2.5.8");
  await opened.close();
});
