// Every check with its question, its answer, the place and the rule.
import { h, icon, type Child } from "../dom.js";
import { language, questionOf, t } from "../strings/index.js";
import { foreign } from "../text.js";
import type { Check, Desk, Report } from "../verify.js";
import { folded } from "./parts.js";
import { outcomeIcon, wordsOf } from "./verdict.js";

/** More checks of one group than these are not put on the page; the audit report has them. */
const MOST = 300;

export function checks(report: Report, desk: Desk): HTMLElement {
  const words = t().checks;
  const required = (check: Check) => check.requirement === "require";
  const of = (outcome: Check["outcome"]) => report.checks.filter((check) => check.outcome === outcome);
  const groups: [string, Check[]][] = [
    [words.against, of("failed").filter(required)],
    [words.unknown, of("indeterminate").filter(required)],
    [words.noticed, [...of("failed"), ...of("indeterminate")].filter((check) => !required(check))],
    [words.good, of("passed")],
    [words.skipped, of("skipped")],
  ];
  const count = (outcome: Check["outcome"]) => of(outcome).filter((check) => outcome === "passed" || required(check)).length;
  return folded(
    words.title,
    h("span", { class: "hint" }, words.summary(count("passed"), count("failed"), count("indeterminate"))),
    words.english === "" ? null : h("p", { class: "hint" }, words.english),
    groups.map(([title, group]) => {
      if (group.length === 0) return null;
      return [
        h("h4", { class: "group" }, title),
        h("ul", { class: title === words.noticed ? "checks is-noticed" : "checks" }, group.slice(0, MOST).map((check) => one(check, desk))),
        group.length > MOST ? h("p", { class: "hint" }, t().text.more(group.length - MOST)) : null,
      ];
    }),
  );
}

function one(check: Check, desk: Desk): HTMLElement {
  const words = t().checks;
  const own = questionOf(check.id);
  const rule = desk.words.codes[check.code]?.spec;
  const english = own !== undefined || language() === "en" ? undefined : "en";
  const details = Object.entries(check.details ?? {}).map(([name, value]): Child => [
    name,
    ": ",
    foreign(Array.isArray(value) ? value.join(", ") : String(value), { fold: 120 }),
    "; ",
  ]);
  return h(
    "li",
    { class: `check outcome-${check.outcome}` },
    icon(outcomeIcon(check.outcome)),
    h(
      "div",
      null,
      h("p", { class: "question", lang: english }, own ?? desk.words.checks[check.id]?.title ?? check.id),
      h("p", null, h("span", { class: "unseen-title" }, `${t().axis.words[check.outcome]}: `), wordsOf(check.code, desk)),
      h(
        "p",
        { class: "small" },
        check.pointer === undefined ? null : [`${words.place}: `, check.pointer === "" ? words.whole : h("span", { class: "mono" }, foreign(check.pointer, { fold: 120 })), " · "],
        details.length === 0 ? null : details,
        check.because === undefined ? null : [`${words.because}: `, check.because.join(", "), " · "],
        h("span", { class: "mono" }, check.code),
        rule === undefined
          ? null
          : [" · ", h("a", { href: rule, target: "_blank", rel: "noopener noreferrer external", "aria-label": `${words.standard}: ${check.code}` }, words.standard)],
      ),
    ),
  );
}
