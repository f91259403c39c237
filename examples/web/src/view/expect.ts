// What the person expects: whose records, about whom, and when. All of it stays in memory.
import { h, icon } from "../dom.js";
import { day, t } from "../strings/index.js";
import type { Expectations } from "../verify.js";
import { demandsIssuers } from "../verify.js";

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

const lines = (text: string) => [...new Set(text.split(/[\s,;]+/).filter((line) => line !== ""))];

export function expect(expectations: Expectations, isOpen: boolean, problem: string | undefined, change: (next: Expectations) => void): HTMLDetailsElement {
  const words = t().expect;
  const issuers = h("textarea", { id: "issuers", rows: 3, spellcheck: "false", autocapitalize: "off", autocomplete: "off", "aria-describedby": "issuers-hint" });
  issuers.value = expectations.issuers.join("\n");
  const registries = h("textarea", { id: "registries", rows: 2, spellcheck: "false", autocapitalize: "off", autocomplete: "off", "aria-describedby": "registries-hint" });
  registries.value = expectations.registries.join("\n");
  const email = h("input", { id: "email", type: "email", autocomplete: "off", "aria-describedby": "email-hint" });
  email.value = expectations.email;
  const date = h("input", { id: "date", type: "date", "aria-describedby": "date-hint" });
  date.value = expectations.date;
  const radio = (value: Expectations["accept"], label: string, ...below: HTMLElement[]) =>
    h(
      "div",
      { class: "choice" },
      h("label", null, h("input", { type: "radio", name: "accept", id: `accept-${value}`, value, checked: expectations.accept === value }), " ", label),
      expectations.accept === value || value === "anyone" ? below : null,
    );
  const read = (): Expectations => ({
    accept: (form.querySelector<HTMLInputElement>("input[name=accept]:checked")?.value ?? "anyone") as Expectations["accept"],
    issuers: lines(issuers.value),
    registries: lines(registries.value),
    email: email.value.trim(),
    date: /^\d{4}-\d\d-\d\d$/.test(date.value) ? date.value : "",
  });
  const listed = (control: HTMLElement, id: string, label: string, hint: string) =>
    h("div", { class: "below" }, h("label", { for: id, class: "unseen-title" }, label), control, h("p", { class: "hint", id: `${id}-hint` }, hint));
  const form = h(
    "form",
    { onchange: () => change(read()), onsubmit: (event: Event) => event.preventDefault() },
    h(
      "fieldset",
      null,
      h("legend", null, words.accept),
      radio("anyone", words.anyone, h("p", { class: "hint below" }, words.anyoneHint)),
      radio("list", words.list, listed(issuers, "issuers", words.list, words.listHint)),
      radio("registry", words.registry, listed(registries, "registries", words.registry, words.registryHint)),
      expectations.accept !== "anyone" && !demandsIssuers(expectations) ? h("p", { class: "warn" }, words.needed) : null,
    ),
    h(
      "div",
      { class: "fields" },
      h("div", null, h("label", { for: "email" }, words.email), email, h("p", { class: "hint", id: "email-hint" }, words.emailHint)),
      h("div", null, h("label", { for: "date" }, words.date), date, h("p", { class: "hint", id: "date-hint" }, words.dateHint)),
    ),
    problem === undefined ? null : h("p", { class: "warn", role: "alert" }, `${words.invalid} `, h("bdi", { lang: "en" }, problem)),
    h("p", { class: "hint" }, words.memory),
  );
  return h(
    "details",
    { class: "expect", open: isOpen, id: "expect" },
    h("summary", { id: "expect-summary" }, icon("settings"), h("span", { class: "summary-title" }, words.title), h("span", { class: "summary-words" }, h("bdi", null, inWords(expectations)))),
    form,
  );
}
