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
    const opened = await open(browser, server.origin, { bypassCSP: true });
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
  await opened.page.screenshot({ path: join(PICTURES, "dialog.png") });
  assert.deepEqual(await violations(opened.page), []);
  await opened.close();
});

test("with the keyboard alone: from the start to an answer", async () => {
  const opened = await open(browser, server.origin, {});
  const { page } = opened;
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.className);
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
  await page.waitForSelector("#verdict");
  await page.waitForFunction(() => document.activeElement.id === "verdict");
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent === "Not fully checked");
  await tabTo("look-up");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog");
  assert.equal(await focused(), "ask-no", "the safe answer has the focus");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("dialog").count(), 0);
  assert.equal(await focused(), "look-up", "the focus is back");
  await opened.close();
});

test("choosing another record by keyboard moves to its verdict", async () => {
  const opened = await open(browser, server.origin, {});
  const { page } = opened;
  await opened.drop("ob3-full.json", "expired.json");
  await page.focus("#item-1");
  await page.keyboard.press("Enter");
  assert.equal(await opened.verdict(), "Not verified");
  assert.equal(await page.evaluate(() => document.activeElement.id), "verdict");
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
