// Text that others wrote: records, file names, addresses. It can be hostile: it may try to look like a part of this page, to
// turn what stands around it, to hide letters, or to push everything else off the screen.
import { h } from "./dom.js";
import { t } from "./strings/index.js";

/** More than this is folded away. */
const FOLD = 400;
/** More than this is never put on the page. */
const MOST = 20_000;
/** Marks upon one letter that are shown. */
const MARKS = /(\p{M}{4})\p{M}+/gu;

/**
 * Characters that are not seen or that turn the direction of others: controls, bidi controls, zero-width characters, soft
 * hyphens, blank letters, tags (Unicode TR36, TR39).
 */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]|(?<=[\u0000-\u024f])[\u200c\u200d]/gu;

function tidy(text: string, most: number): { text: string; rest: number } {
  const whole = text.replace(/\r\n?/g, "\n").replace(MARKS, "$1");
  if (whole.length <= most) return { text: whole, rest: 0 };
  // Not in the middle of a pair of surrogates.
  const cut = whole.slice(0, most).replace(/[\ud800-\udbff]$/, "");
  return { text: cut, rest: whole.length - cut.length };
}

/** The text with every character that is not seen made visible. */
function pieces(text: string): (string | HTMLElement)[] {
  const out: (string | HTMLElement)[] = [];
  let from = 0;
  for (const match of text.matchAll(UNSEEN)) {
    out.push(text.slice(from, match.index));
    const code = `U+${match[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
    out.push(h("span", { class: "unseen", title: t().text.unseen(code) }, code));
    from = match.index + match[0].length;
  }
  out.push(text.slice(from));
  return out;
}

/** Foreign text in a line or paragraph, isolated from what stands around it; folded if it is long. */
export function foreign(text: string, options: { lang?: string | undefined; fold?: number } = {}): HTMLElement {
  const { lang, fold = FOLD } = options;
  const all = tidy(text, MOST);
  const attributes = { class: "foreign", dir: "auto", lang: lang !== undefined && /^[a-z0-9-]{2,20}$/i.test(lang) ? lang : undefined };
  if (all.text.length <= fold + 80) return h("bdi", attributes, pieces(all.text));
  const short = tidy(all.text, fold).text;
  const shown = h("bdi", attributes, pieces(short), "…");
  const button = h("button", { type: "button", class: "link", "aria-expanded": "false" }, t().text.showAll(all.text.length));
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    shown.replaceChildren(...pieces(open ? all.text : short), open && all.rest === 0 ? "" : "…");
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? t().text.showLess : t().text.showAll(all.text.length);
  });
  return h("span", { class: "folded" }, shown, " ", button);
}

/** Foreign text for places that hold only plain text (labels): without what is not seen, and short. */
export function plain(text: string, most = 80): string {
  const { text: short, rest } = tidy(text.replace(UNSEEN, "").replace(/\s+/g, " "), most);
  return rest > 0 ? `${short}…` : short;
}

/** An https address that can be followed, by its own text; anything else as text. */
export function address(url: string): HTMLElement {
  const safe = httpsUrl(url);
  if (safe === undefined || url.length > 2000) return h("span", { class: "mono" }, foreign(url, { fold: 160 }));
  return h("a", { class: "mono", href: safe.href, target: "_blank", rel: "noopener noreferrer external" }, h("bdi", { dir: "ltr" }, plain(safe.href, 160)));
}

/** An https URL with a host and no user; its host name is in ASCII (punycode), so that no letter can look like another. */
export function httpsUrl(text: string): URL | undefined {
  try {
    const url = new URL(text.trim());
    return url.protocol === "https:" && url.username === "" && url.password === "" ? url : undefined;
  } catch {
    return undefined;
  }
}
