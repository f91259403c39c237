// What the person expects: whose records, about whom, and when. All of it stays in memory.
import { type Child, h, icon } from "../dom.js";
import { follow, said } from "../lasting.js";
import { day, t } from "../strings/index.js";
import type { Expectations } from "../verify.js";
import { demandsIssuers } from "../verify.js";
import { foreign } from "../text.js";
import { list } from "./parts.js";

/** The expectations in one line. */
function inWords(expectations: Expectations): string {
  const words = t().expect;
  const who = !demandsIssuers(expectations)
    ? words.any
    : expectations.accept === "list"
      ? words.issuers(expectations.issuers.length)
      : words.registries(expectations.registries.length);
  const person = expectations.email === "" ? words.anyPerson : expectations.email;
  const when = expectations.date === "" ? words.now : words.on(day(`${expectations.date}T12:00:00Z`));
  return `${who}, ${person}, ${when}`;
}

/** The expectations with the issuers or registries that were named: a verdict on paper is nothing without them. */
export function inFull(expectations: Expectations): Child {
  const named = !demandsIssuers(expectations) ? [] : expectations.accept === "list" ? expectations.issuers : expectations.registries;
  return [h("bdi", null, inWords(expectations)), list(named, (one) => h("span", { class: "mono" }, foreign(one, { fold: 160 })))];
}

const lines = (text: string) => [...new Set(text.split(/[\s,;]+/).filter((line) => line !== ""))];

/** What `expect` shows besides what was typed. */
export interface Expected {
  /** What was taken from the form last. */
  readonly asked: Expectations;
  /** What the verdicts are made with: of before, where what was asked for cannot be. */
  readonly inForce: Expectations;
  /** Why it cannot be. */
  readonly problem: string | undefined;
}

/** The form stays on the page and is never written to: what was typed is the person's own. */
export function expect(now: () => Expected, change: (next: Expectations) => void): HTMLDetailsElement {
  const words = () => t().expect;
  const hint = (id: string, text: () => string) => h("p", { class: "hint", id: `${id}-hint` }, said(text));
  const area = (id: string, rows: number) =>
    h("textarea", { id, rows, spellcheck: "false", autocapitalize: "off", autocomplete: "off", "aria-describedby": `${id}-hint` });
  const issuers = area("issuers", 3);
  const registries = area("registries", 2);
  const email = h("input", { id: "email", type: "email", autocomplete: "off", "aria-describedby": "email-hint" });
  const date = h("input", { id: "date", type: "date", "aria-describedby": "date-hint" });
  const radio = (value: Expectations["accept"], label: () => string, below: HTMLElement) => {
    follow(() => (below.hidden = value !== "anyone" && now().asked.accept !== value));
    const input = h("input", { type: "radio", name: "accept", id: `accept-${value}`, value, checked: value === "anyone" });
    return h("div", { class: "choice" }, h("label", null, input, " ", said(label)), below);
  };
  const listed = (control: HTMLElement, label: () => string, text: () => string) =>
    h("div", { class: "below" }, h("label", { for: control.id, class: "unseen-title" }, said(label)), control, hint(control.id, text));
  const read = (): Expectations => ({
    accept: (form.querySelector<HTMLInputElement>("input[name=accept]:checked")?.value ?? "anyone") as Expectations["accept"],
    issuers: lines(issuers.value),
    registries: lines(registries.value),
    email: email.value.trim(),
    date: /^\d{4}-\d\d-\d\d$/.test(date.value) ? date.value : "",
  });
  const needed = h("p", { class: "warn" }, said(() => words().needed));
  follow(() => (needed.hidden = now().asked.accept === "anyone" || demandsIssuers(now().asked)));
  const invalid = h("p", { class: "warn", role: "alert" }, said(() => words().invalid), " ", h("bdi", { lang: "en" }, said(() => now().problem ?? "")));
  follow(() => (invalid.hidden = now().problem === undefined));
  const form = h(
    "form",
    { onchange: () => change(read()), onsubmit: (event: Event) => event.preventDefault() },
    h(
      "fieldset",
      null,
      h("legend", null, said(() => words().accept)),
      radio("anyone", () => words().anyone, h("p", { class: "hint below" }, said(() => words().anyoneHint))),
      radio("list", () => words().list, listed(issuers, () => words().list, () => words().listHint)),
      radio("registry", () => words().registry, listed(registries, () => words().registry, () => words().registryHint)),
      needed,
    ),
    h(
      "div",
      { class: "fields" },
      h("div", null, h("label", { for: "email" }, said(() => words().email)), email, hint("email", () => words().emailHint)),
      h("div", null, h("label", { for: "date" }, said(() => words().date)), date, hint("date", () => words().dateHint)),
    ),
    invalid,
    h("p", { class: "hint" }, said(() => words().memory)),
  );
  const details = h(
    "details",
    { class: "expect", id: "expect" },
    h(
      "summary",
      { id: "expect-summary" },
      icon("settings"),
      h("span", { class: "summary-title" }, said(() => words().title)),
      h("span", { class: "summary-words" }, h("bdi", null, said(() => inWords(now().inForce)))),
    ),
    form,
  );
  // Once for each: whoever has seen it may fold it away.
  let told: string | undefined;
  follow(() => {
    const { problem } = now();
    if (problem !== undefined && problem !== told) details.open = true;
    told = problem;
  });
  return details;
}
