// Records inside a record, as a tree: each with its own verdict.
import { h, type Child } from "../dom.js";
import { asRec, type Part, type Rec } from "../model.js";
import { t } from "../strings/index.js";
import { foreign } from "../text.js";
import type { Desk, EmbeddedResult, Result } from "../verify.js";
import { checks } from "./checks.js";
import { issuer } from "./issuer.js";
import { section, texts } from "./parts.js";
import { body, titleOf } from "./record.js";
import { banner, mark, tierOf } from "./verdict.js";

/** More records of one level than these are not put on the page; the audit report has them. */
const MOST = 200;

export function recordOf(result: Result | EmbeddedResult): Rec | null {
  return asRec(result.verdict === "verified" ? result.record : result.authenticRecord);
}

export function inside(result: Result, desk: Desk): HTMLElement | null {
  const tree = branch(result, desk);
  return tree === null ? null : section(t().inside.title, tree);
}

function branch(result: Result | EmbeddedResult, desk: Desk): HTMLElement | null {
  const own = result.embedded.map((part) => leaf(part, desk));
  const covered = (recordOf(result)?.children ?? []).filter((part) => part.sameProof === true && part.record !== undefined).map((part) => same(part, mark(tierOf(result.report, desk))));
  const all = [...own, ...covered];
  if (all.length === 0) return null;
  return h("ul", { class: "tree" }, all.slice(0, MOST), all.length > MOST ? h("li", { class: "hint" }, t().text.notShown(all.length - MOST)) : null);
}

function label(record: Rec | null, pointer: string): Child {
  return texts(titleOf(record)?.slice(0, 1), 100) ?? h("span", { class: "mono" }, foreign(pointer, { fold: 80 }));
}

function leaf(part: EmbeddedResult, desk: Desk): HTMLElement {
  const record = recordOf(part);
  // A list of withdrawn records is no record that somebody presents: whether to accept it is not a question.
  const isRecord = part.relation !== "statusList";
  return h(
    "li",
    null,
    h(
      "details",
      null,
      h("summary", null, isRecord ? mark(tierOf(part.report, desk)) : null, h("span", { class: "leaf" }, label(record, part.pointer)), h("span", { class: "hint inline" }, t().inside.relation[part.relation])),
      // The banner of the whole has the id; this one is a smaller copy without.
      isRecord ? small(banner(part.report, desk)) : null,
      issuer(part.report, record, true),
      record === null ? null : h("div", { class: "card" }, body(record)),
      checks(part.report, desk),
    ),
    branch(part, desk),
  );
}

/** A part without a signature of its own has the verdict of what covers it: no title may stand in its place. */
function same(part: Part, verdict: HTMLElement): HTMLElement {
  const record = part.record ?? null;
  return h(
    "li",
    null,
    h(
      "details",
      null,
      h("summary", null, verdict, h("span", { class: "leaf" }, label(record, part.pointer)), h("span", { class: "hint inline" }, t().inside.same)),
      record === null ? null : h("div", { class: "card" }, body(record)),
    ),
  );
}

function small(element: HTMLElement): HTMLElement {
  element.classList.add("small-banner");
  const heading = element.querySelector("h2");
  heading?.replaceWith(h("p", { class: "verdict-word" }, heading.textContent));
  return element;
}
