// The verdict in words. Nothing of what a record says stands here: neither its title nor the name of its issuer, so that no
// record can write its own verdict.
import { h, icon, type IconName } from "../dom.js";
import { day, language, reason, t } from "../strings/index.js";
import type { Axis, Check, Desk, Outcome, Report } from "../verify.js";
import { demandsIssuers } from "../verify.js";

/** What a verdict looks like: four kinds, each with an icon, a colour and words of its own. */
export type Tier = "accepted" | "nobody" | "open" | "refused";

/** "Verified" is only for what was verified against issuers that somebody named: of a status list none is demanded. */
export function tierOf(report: Report, desk: Desk): Tier {
  if (report.verdict === "notVerified") return "refused";
  if (report.verdict === "indeterminate") return "open";
  return demandsIssuers(desk.expectations) && report.axes.trusted === "passed" ? "accepted" : "nobody";
}

/** What a code says: in this page's words, or in those of the verifier, which are English. */
export function wordsOf(code: Check["code"], desk: Desk): HTMLElement {
  const own = reason(code);
  if (own !== undefined) return h("span", null, own);
  return h("span", { lang: language() === "en" ? undefined : "en" }, desk.words.codes[code]?.title ?? code);
}

const isBlocked = (check: Check) => check.code === "check.blocked" || (check.because?.length ?? 0) > 0;
const isSum = (check: Check) => check.id === "embedded.verdict" || check.id === "securing.proofs";

/** The parts whose verdicts count for the whole. */
const counting = (report: Report) => report.embedded.filter(({ relation }) => relation === "presented" || relation === "nested");

/** The checks that made a verdict what it is: causes before consequences. */
function causes(report: Report, outcome: Outcome): Check[] {
  const own = report.checks.filter((check) => check.requirement === "require" && check.outcome === outcome && !isBlocked(check));
  const first = own.filter((check) => !isSum(check));
  if (first.length > 0) return first;
  const verdict = outcome === "failed" ? "notVerified" : "indeterminate";
  const inside = counting(report).filter((part) => part.report.verdict === verdict).flatMap((part) => causes(part.report, outcome));
  return inside.length > 0 ? inside : own;
}

function gather(report: Report, axis: Axis, outcome: Outcome, desk: Desk): Check[] {
  const own = report.checks.filter((check) => desk.words.checks[check.id]?.axis === axis && check.outcome === outcome && !isBlocked(check));
  return [...own, ...counting(report).flatMap((part) => gather(part.report, axis, outcome, desk))];
}

function distinct(checks: readonly Check[]): Check[] {
  return [...new Map(checks.map((check) => [check.code, check])).values()];
}

/** The reason of a verdict, in one sentence. */
export function because(report: Report, desk: Desk): HTMLElement | undefined {
  if (report.verdict === "verified") return undefined;
  const [first] = causes(report, report.verdict === "notVerified" ? "failed" : "indeterminate");
  return first === undefined ? h("span", null, t().nothing) : wordsOf(first.code, desk);
}

/** The banner at the top of a result. */
export function banner(report: Report, desk: Desk): HTMLElement {
  const tier = tierOf(report, desk);
  const words = t().tier[tier];
  const text = tier === "accepted" && desk.expectations.accept === "registry" ? words.registry : words.text;
  return h(
    "div",
    { class: `banner tier-${tier}` },
    icon(tier),
    h(
      "div",
      null,
      h("h2", { id: "verdict", tabindex: -1 }, words.word),
      h("p", { class: "because" }, because(report, desk) ?? text),
      tier === "open" || tier === "refused" ? h("p", null, tier === "open" ? `${text} ${words.next}` : words.next) : null,
      tier === "nobody" ? h("p", null, words.next) : null,
    ),
  );
}

/** A small mark with its word, for lists. */
export function mark(tier: Tier | "problem" | "pending"): HTMLElement {
  if (tier === "pending") return h("span", { class: "mark" }, t().pending);
  const name = tier === "problem" ? "refused" : tier;
  return h("span", { class: `mark tier-${tier}` }, icon(name), tier === "problem" ? t().problem : t().tier[tier].word);
}

export function outcomeIcon(outcome: Outcome): IconName {
  return outcome === "passed" || outcome === "failed" || outcome === "indeterminate" ? outcome : "notAsked";
}

function answer(report: Report, axis: Axis, outcome: Outcome, desk: Desk): (Node | string)[] {
  const words = t().axis[axis];
  if (outcome === "passed" && axis === "current") return [words.passed, " ", period(report)];
  if (outcome !== "failed" && outcome !== "indeterminate") return [words[outcome]];
  const all = gather(report, axis, outcome, desk);
  const first = all.filter((check) => !isSum(check));
  const reasons = distinct(first.length > 0 ? first : all);
  if (reasons[0] === undefined) return [words[outcome], " ", t().axis.blocked];
  const more = reasons.length > 1 ? t().axis.also(reasons.length - 1) : "";
  return [words[outcome], " ", wordsOf(reasons[0].code, desk), more];
}

function period({ validity: { from, until } }: Report): string {
  return [from === undefined ? "" : `${t().validity.from} ${day(from)}.`, until === undefined ? "" : `${t().validity.until} ${day(until)}.`].filter(Boolean).join(" ");
}

/** Otherwise all that it says of itself, dates for instance, may be anybody's. */
export function isGenuine({ axes }: Report): boolean {
  return axes.authentic !== "failed" && axes.authentic !== "indeterminate";
}

/** The four questions, each with its answer. */
export function axes(report: Report, desk: Desk): HTMLElement {
  const items = (["authentic", "current", "addressed", "trusted"] as const).map((axis) => {
    const outcome = report.axes[axis];
    const moot = axis !== "authentic" && outcome === "passed" && !isGenuine(report);
    return h(
      "li",
      { class: `axis outcome-${moot ? "skipped" : outcome}` },
      icon(outcomeIcon(outcome)),
      h("h4", null, t().axis[axis].question),
      h("p", null, moot ? [t().axis.ifGenuine, " "] : null, answer(report, axis, outcome, desk)),
    );
  });
  return h("section", { "aria-labelledby": "axes-title" }, h("h3", { id: "axes-title", class: "unseen-title" }, t().axis.title), h("ul", { class: "axes" }, items));
}
