// Small things that views are made of.
import { h, type Child } from "../dom.js";
import type { Text, Texts } from "../model.js";
import { language, t } from "../strings/index.js";
import { foreign } from "../text.js";

let next = 0;

/** A part of the page under a heading. */
export function section(title: string, ...children: Child[]): HTMLElement {
  next += 1;
  const id = `section-${next}`;
  return h("section", { "aria-labelledby": id, class: "card" }, h("h3", { id }, title), children);
}

/** The same for a record inside another, of which there may be many: no landmark of its own. */
export function group(title: string, ...children: Child[]): HTMLElement {
  return h("div", { class: "card" }, h("h3", null, title), children);
}

/** A part that is folded away until somebody wants it. */
export function folded(title: string, summary: Child, ...children: Child[]): HTMLDetailsElement {
  return h("details", { class: "card" }, h("summary", null, h("h3", null, title), summary), children);
}

/** Rows of names and values; those without a value are left out. */
export function rows(...entries: readonly (readonly [string, Child] | null)[]): HTMLElement | null {
  const shown = entries.filter((entry): entry is readonly [string, Child] => entry !== null && isThere(entry[1]));
  if (shown.length === 0) return null;
  return h("dl", { class: "rows" }, shown.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))));
}

function isThere(child: Child): boolean {
  return Array.isArray(child) ? child.some(isThere) : child !== null && child !== undefined && child !== false && child !== "";
}

/** How many of a list are shown before the rest is folded away. */
const SHOWN = 8;
/** More are never put on the page. */
const MOST = 500;

/** A list of which the end is folded away. */
export function list<T>(items: readonly T[] | undefined, one: (item: T) => Child, name = "plain"): HTMLElement | null {
  if (items === undefined || items.length === 0) return null;
  const made = items.slice(0, MOST).map((item) => h("li", null, one(item)));
  const first = h("ul", { class: name }, made.slice(0, SHOWN));
  const rest = made.slice(SHOWN);
  if (rest.length === 0) return first;
  if (items.length > MOST) rest.push(h("li", { class: "hint" }, t().text.notShown(items.length - MOST)));
  return h("div", null, first, h("details", { class: "more" }, h("summary", null, t().text.more(items.length - SHOWN)), h("ul", { class: name }, rest)));
}

/** Texts in several languages: that of the page first; no language is picked silently. */
export function texts(all: Texts | undefined, fold?: number): HTMLElement | null {
  if (all === undefined || all.length === 0) return null;
  const speaks = (text: Text) => text.language?.split("-")[0] === language();
  const sorted = [...all].sort((a, b) => Number(speaks(b)) - Number(speaks(a)));
  const one = (text: Text) => {
    const shown = foreign(text.value, { lang: text.language, ...(fold === undefined ? {} : { fold }) });
    const tag = text.language !== undefined && (all.length > 1 || !speaks(text)) ? h("span", { class: "tag" }, foreign(text.language, { fold: 12 })) : null;
    const self = text.origin === "selfAsserted" ? h("span", { class: "tag" }, t().record.self) : null;
    return h("span", { class: "text" }, shown, tag === null ? null : [" ", tag], self === null ? null : [" ", self]);
  };
  if (sorted.length === 1) return one(sorted[0]!);
  return list(sorted, one);
}
