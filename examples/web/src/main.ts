// What is on the desk, and how it changes. Everything is in memory; the page is drawn from it anew after each change, but for
// the controls that somebody may be using meanwhile (`lasting.ts`).
import { append, h, icon } from "./dom.js";
import { bytesOfFile, MOST_RECORDS, recordsOf } from "./intake.js";
import { follow, renew, said } from "./lasting.js";
import { outside } from "./outside.js";
import { released, watchPointer } from "./pointer.js";
import { t, use } from "./strings/index.js";
import { foreign, httpsUrl, plain } from "./text.js";
import { type Check, Desk, type Expectations, NOTHING_EXPECTED, publicHttps, type ResourceRequest, type Result } from "./verify.js";
import { audit } from "./view/audit.js";
import { checks } from "./view/checks.js";
import { ask, isAsking } from "./view/dialog.js";
import { expect, inFull } from "./view/expect.js";
import { head } from "./view/head.js";
import { inside, recordOf } from "./view/inside.js";
import { intake } from "./view/intake.js";
import { issuer } from "./view/issuer.js";
import { open, visits } from "./view/open.js";
import { section } from "./view/parts.js";
import { pixels, type Pictures } from "./view/picture.js";
import { record, titleOf } from "./view/record.js";
import { timeline } from "./view/timeline.js";
import { axes, banner, mark, tierOf, type Tier } from "./view/verdict.js";

interface Item {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Why it was not even read, or that the verifier failed on it. */
  problem?: "empty" | "tooLarge" | "unreadable" | "failed";
  /** Without a result and a problem it has not had its turn yet. */
  result?: Result;
  /** A picture of it, if it is one. */
  readonly file?: string | undefined;
  busy?: boolean;
  /** Whether something was looked up in vain. */
  missed?: boolean;
}

/** How long the page may stand still while many records are verified. */
const PATIENCE = 30;

/** Where people type. */
const FIELDS = "textarea, input[type=email], input[type=date]";

let desk: Desk | undefined;
/** What was asked for last, and how often something was: only the last one counts. It is in force once the desk has it. */
let asked: Expectations = NOTHING_EXPECTED;
let asks = 0;
/** Why it is not in force. */
let problem: string | undefined;
let items: Item[] = [];
let chosen = 0;
let pasted = 0;
let notice = "";
const loaded = new Map<string, string | undefined>();

const live = h("div", { class: "unseen-title", role: "status", "aria-live": "polite" });
const results = h("div", { id: "results", tabindex: -1 });

function announce(text: string): void {
  live.textContent = "";
  setTimeout(() => (live.textContent = text), 50);
}

// ------------------------------------------------------------------------------------------------------------- verifying

let works = 0;

/** Says, to those who do not see it too, that what is shown may be of before until this is done. */
async function working<T>(work: () => Promise<T>): Promise<T> {
  works += 1;
  results.setAttribute("aria-busy", "true");
  try {
    const done = await work();
    await released();
    return done;
  } finally {
    works -= 1;
    if (works === 0) results.removeAttribute("aria-busy");
  }
}

const isPending = ({ result, problem }: Item) => result === undefined && problem === undefined;

function verify(item: Item): void {
  if (desk === undefined || (item.problem !== undefined && item.problem !== "failed")) return;
  delete item.problem;
  try {
    item.result = desk.verify(item.bytes);
  } catch {
    // Only a fault of the verifier: records never throw. It has renewed itself.
    delete item.result;
    item.problem = "failed";
  }
}

/** Verifies these records; all of them, if the full module had to be loaded for one. */
async function verifyAll(some: readonly Item[]): Promise<void> {
  await verifyEach(some);
  if (desk?.isWanting(some.map(({ result }) => result)) !== true) return;
  // Loading it takes as long as it takes: what is known so far is shown meanwhile.
  await released();
  draw();
  try {
    await desk.enlarge();
    await verifyEach(items);
  } catch {
    // Without the full module the record stays "not fully checked", with that reason.
  }
}

async function verifyEach(some: readonly Item[]): Promise<void> {
  let began = performance.now();
  for (const item of some) {
    verify(item);
    if (performance.now() - began > PATIENCE) {
      await new Promise((resolve) => setTimeout(resolve));
      began = performance.now();
    }
  }
}

/** How many more there is place for. */
const room = () => Math.max(0, MOST_RECORDS - items.length);

/** Adds what there is place for; `left` is how many were left out before. Resolves to whether something was added. */
async function add(given: readonly Item[], left = 0): Promise<boolean> {
  const added = given.slice(0, room());
  const out = left + given.length - added.length;
  const tooMany = out === 0 ? "" : t().intake.tooMany(MOST_RECORDS, out);
  if (added.length === 0) return out > 0 && say(tooMany);
  const from = document.activeElement;
  notice = tooMany;
  chosen = items.length;
  items = [...items, ...added];
  await working(() => verifyAll(added));
  draw();
  tell(from, tooMany);
  return true;
}

/** Says the verdict to those who do not see it, and brings it into view: unless they are typing or have gone elsewhere. */
function tell(from: Element | null, besides = ""): void {
  const item = items[chosen];
  const word = item?.result === undefined || desk === undefined ? "" : t().tier[tierOf(item.result.report, desk)].word;
  const words = [word, besides].filter((one) => one !== "").join(". ");
  if (words !== "") announce(words);
  const { activeElement } = document;
  if (activeElement !== document.body && (activeElement !== from || activeElement?.matches(FIELDS) === true)) return;
  const verdict = document.getElementById("verdict");
  verdict?.focus({ preventScroll: true });
  verdict?.scrollIntoView({ block: "nearest" });
}

async function addFiles(files: readonly File[]): Promise<void> {
  await working(async () => {
    const taken = files.slice(0, room());
    const added: Item[] = [];
    // One after the other: of many large files only one is read at a time.
    for (const file of taken) {
      const bytes = await bytesOfFile(file);
      added.push(typeof bytes === "string" ? { name: file.name, bytes: new Uint8Array(), problem: bytes } : itemOf(file.name, bytes));
    }
    await add(added, files.length - taken.length);
  });
}

function itemOf(name: string, bytes: Uint8Array): Item {
  return { name, bytes, file: pixels(bytes) };
}

/** Resolves to whether there was a record in it. */
async function addText(text: string): Promise<boolean> {
  const url = /^https?:\/\/\S+$/i.test(text.trim()) ? text.trim() : undefined;
  if (url !== undefined) return addUrl(url);
  const encoder = new TextEncoder();
  const records = recordsOf(text);
  const taken = records.slice(0, room());
  const added = taken.map((record) => ({ name: t().intake.pasted((pasted += 1)), bytes: encoder.encode(record) }));
  return add(added, records.length - taken.length);
}

/** A record from the web: getting it is a request, so it is asked for. */
async function addUrl(text: string): Promise<boolean> {
  const words = t().open;
  const url = httpsUrl(text);
  if (url === undefined || !publicHttps({} as ResourceRequest, url)) return say(words.urlRefused);
  if (!(await ask(words.url, words.urlText, [{ url }]))) return false;
  const bytes = await working(() => get(url, "application/vc, application/json, image/png, image/svg+xml, */*;q=0.5"));
  if (bytes === undefined) return say(words.urlFailed);
  return add([itemOf(url.href, bytes)]);
}

/** What is at an address, without following redirects; the person has agreed to it. */
async function get(url: URL, accept: string): Promise<Uint8Array | undefined> {
  try {
    return await outside(async (fetch) => {
      const response = await fetch(url.href, { headers: { accept }, redirect: "error" });
      return response.ok ? new Uint8Array(await new Response(response.body).arrayBuffer()) : undefined;
    });
  } catch {
    return undefined;
  }
}

function say(text: string): false {
  notice = text;
  draw();
  announce(text);
  return false;
}

async function lookUp(item: Item): Promise<void> {
  if (desk === undefined || item.result === undefined) return;
  const asked = visits(item.result.report.requests);
  const hosts = new Set(asked.map(({ url }) => url.host)).size;
  if (!(await ask(t().open.dialog(hosts), t().open.dialogText(hosts), asked))) return;
  const urls = new Set(asked.map(({ url }) => url.href));
  item.busy = true;
  draw();
  const from = document.activeElement;
  const current = desk;
  await working(async () => {
    try {
      await outside((fetch) => current.lookUp(item.bytes, urls, fetch));
    } catch {
      // The expectations changed meanwhile; what was obtained is there all the same.
    } finally {
      item.busy = false;
    }
    // What was found may be needed by others, too.
    await verifyAll(items);
  });
  const missing = ["unavailable", "unreadable", "needed"];
  const isMissing = ({ outcome, code }: Check) => outcome === "indeterminate" && missing.some((end) => code.endsWith(`.${end}`));
  item.missed = item.result?.report.checks.some(isMissing) === true;
  draw();
  if (item === items[chosen]) tell(from);
}

async function loadPicture(url: URL): Promise<void> {
  const words = t().open;
  if (!publicHttps({} as ResourceRequest, url)) return void say(words.urlRefused);
  if (!(await ask(words.picture, words.urlText, [{ url }]))) return;
  const bytes = await working(() => get(url, "image/png, image/jpeg, image/webp, image/gif"));
  loaded.set(url.href, bytes === undefined ? undefined : pixels(bytes));
  draw();
}

async function expectOtherwise(next: Expectations): Promise<void> {
  asked = next;
  const ask = (asks += 1);
  const isNew = await working(async () => {
    await released();
    // Leaving a field by pressing a choice asks twice, and the one that waits is not the last.
    if (ask !== asks) return false;
    try {
      desk?.expect(next);
      problem = undefined;
    } catch (error) {
      problem = plain(error instanceof Error ? error.message : String(error), 200);
      renew();
      return false;
    }
    // No verdict may stand beside expectations that it was not made with. What somebody looks at comes first.
    for (const item of items) delete item.result;
    const now = items[chosen];
    if (now !== undefined) verify(now);
    draw();
    await verifyAll(now === undefined ? items : [now, ...items.filter((item) => item !== now)]);
    return true;
  });
  if (!isNew) return;
  draw();
  const item = items[chosen];
  if (item?.result !== undefined && desk !== undefined) announce(t().tier[tierOf(item.result.report, desk)].word);
}

// --------------------------------------------------------------------------------------------------------------- drawing

/** Draws all records anew; what was unfolded stays so, and the focus stays where it was. */
function draw(): void {
  const focused = document.activeElement;
  const isInside = focused !== null && results.contains(focused);
  const opened = new Set([...results.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent));
  document.title = t().page.title;
  renew();
  drawResults();
  for (const summary of results.querySelectorAll("details > summary")) {
    if (opened.has(summary.textContent)) (summary.parentElement as HTMLDetailsElement).open = true;
  }
  if (!isInside) return;
  const alike = [...results.querySelectorAll<HTMLElement>(focused.localName)].find(({ id, textContent }) => (focused.id === "" ? textContent === focused.textContent : id === focused.id));
  alike?.focus({ preventScroll: true });
}

/** What stays on the page: the head, where records come in, and what is expected of them. */
function frame(): HTMLElement[] {
  const isEmpty = () => items.length === 0;
  const header = head((tag) => (use(tag), draw()));
  const told = h("p", { class: "notice" }, said(() => notice));
  const promise = h("p", { class: "promise" }, icon("lock"), said(() => t().page.privacyLong));
  follow(() => {
    told.hidden = notice === "";
    promise.hidden = !isEmpty();
  });
  const top = h(
    "div",
    { class: "top" },
    intake(isEmpty, (files) => void addFiles(files), addText),
    told,
    expect(() => ({ asked, inForce: desk?.expectations ?? asked, problem }), (next) => void (JSON.stringify(next) === JSON.stringify(asked) || expectOtherwise(next))),
    promise,
  );
  return [header, h("main", null, top, results), live];
}

function drawResults(): void {
  const item = items[chosen];
  results.className = items.length > 1 ? "has-list" : "";
  results.replaceChildren();
  if (item === undefined) return;
  if (items.length > 1) results.append(drawList());
  results.append(drawItem(item));
}

function drawList(): HTMLElement {
  const tiers = items.map(tierOfItem);
  const counts = (["accepted", "nobody", "open", "refused", "problem"] as const).map((tier) => [tier, tiers.filter((one) => one === tier).length] as const);
  const one = (item: Item, index: number) => {
    const title = item.result === undefined ? undefined : titleOf(recordOf(item.result))?.[0]?.value;
    return h(
      "li",
      null,
      h(
        "button",
        { type: "button", id: `item-${index}`, "aria-current": index === chosen ? "true" : undefined, onclick: () => choose(index) },
        mark(tierOfItem(item)),
        h("span", { class: "item-title" }, h("bdi", { dir: "auto" }, plain(title ?? item.name, 60))),
        title === undefined ? null : h("span", { class: "item-name" }, h("bdi", { dir: "auto" }, plain(item.name, 60))),
      ),
    );
  };
  return h(
    "nav",
    { class: "list", "aria-label": t().list.title },
    h("h2", null, t().list.count(items.length)),
    h("p", { class: "tally" }, counts.filter(([, count]) => count > 0).map(([tier, count]) => h("span", { class: `tally-one tier-${tier}` }, icon(tier === "problem" ? "refused" : tier), String(count), h("span", { class: "unseen-title" }, ` ${tier === "problem" ? t().problem : t().tier[tier].word} `)))),
    h("ol", null, items.map(one)),
    h("button", { type: "button", class: "link", onclick: clear }, t().intake.clear),
  );
}

function tierOfItem(item: Item): Tier | "problem" | "pending" {
  if (item.result === undefined || desk === undefined) return isPending(item) ? "pending" : "problem";
  return tierOf(item.result.report, desk);
}

function choose(index: number): void {
  chosen = index;
  const item = items[index];
  if (item !== undefined && isPending(item)) verify(item);
  draw();
  tell(document.activeElement);
}

function clear(): void {
  for (const item of items) if (item.file !== undefined) URL.revokeObjectURL(item.file);
  items = [];
  chosen = 0;
  notice = "";
  draw();
  document.getElementById("files")?.focus();
}

function drawItem(item: Item): HTMLElement {
  const { result } = item;
  const name = h("p", { class: "file" }, icon("file"), foreign(item.name, { fold: 120 }));
  const current = desk;
  if (current === undefined) return h("article", null, name, h("p", null, t().page.loading));
  if (tierOfItem(item) === "pending") return h("article", null, name, h("p", null, t().pending));
  if (result === undefined) {
    return h("article", null, name, h("div", { class: "banner tier-refused" }, icon("refused"), h("div", null, h("h2", { id: "verdict", tabindex: -1 }, t().problem), h("p", null, t().intake[item.problem ?? "failed"]))));
  }
  const { report } = result;
  const said = recordOf(result);
  const pictures: Pictures = { file: item.file, loaded, load: (url) => void loadPicture(url) };
  const words = t().record;
  const article = h("article", null, name, banner(report, current), axes(report, current));
  append(article, [
    open(report, item.busy === true, item.missed === true, () => void lookUp(item)),
    issuer(report, said),
    said !== null
      ? record(said, pictures, report.verdict !== "verified")
      : section(words.title, h("p", null, report.verdict === "verified" || report.embedded.length > 0 ? words.noneHolds : words.none)),
    timeline(report, report.checks.some((check) => check.outcome === "failed" && check.id.startsWith("validity."))),
    inside(result, current),
    checks(report, current),
    audit(result, inFull(current.expectations), announce),
  ]);
  return article;
}

// ----------------------------------------------------------------------------------------------------------------- start

function listen(): void {
  const over = (on: boolean) => document.body.classList.toggle("is-over", on);
  let depth = 0;
  addEventListener("dragenter", () => over((depth += 1) > 0));
  addEventListener("dragleave", () => over((depth -= 1) > 0));
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    over((depth = 0) > 0);
    if (isAsking()) return;
    // Whoever drops something is done with the field that has the focus.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) void addFiles(files);
    else void addText(event.dataTransfer?.getData("text/plain") ?? "");
  });
  addEventListener("paste", (event) => {
    if (isAsking()) return;
    const files = [...(event.clipboardData?.files ?? [])];
    // A text belongs into the field that has the focus; for a file there is no place in any.
    if (files.length > 0) void addFiles(files);
    else if (!(event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement)) void addText(event.clipboardData?.getData("text/plain") ?? "");
  });
  // On paper nothing is folded away.
  let opened: HTMLDetailsElement[] = [];
  let unfolded: HTMLButtonElement[] = [];
  addEventListener("beforeprint", () => {
    opened = [...results.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    unfolded = [...results.querySelectorAll<HTMLButtonElement>(".folded button[aria-expanded=false]")];
    for (const details of opened) details.open = true;
    for (const button of unfolded) button.click();
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    for (const button of unfolded) button.click();
  });
}

/** Keeps this page, not records, for when there is no network. */
function keepPage(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const url = new URL("service-worker.js", document.baseURI).href;
  const types = (window as { trustedTypes?: { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } } }).trustedTypes;
  const script = types?.createPolicy("ler-verify-page", { createScriptURL: () => url }).createScriptURL(url) ?? url;
  navigator.serviceWorker.register(script).catch(() => {});
}

async function start(): Promise<void> {
  use(navigator.language);
  document.body.replaceChildren(...frame());
  draw();
  listen();
  watchPointer();
  keepPage();
  try {
    desk = await Desk.open(NOTHING_EXPECTED);
  } catch {
    return void say(t().page.broken);
  }
  if (asked !== NOTHING_EXPECTED) await expectOtherwise(asked);
  await working(() => verifyAll(items.filter(isPending)));
  if (items.length > 0) draw();
  document.body.classList.add("is-ready");
}

void start();
