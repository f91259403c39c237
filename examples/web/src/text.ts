// Text that others wrote: records, file names, addresses. It can be hostile: it may try to look like a part of this page, to
// turn what stands around it, to hide letters, or to push everything else off the screen.
import { h } from "./dom.js";
import { t } from "./strings/index.js";

/** More than this is folded away. */
const FOLD = 400;
/** And more lines than this. */
const LINES = 12;
/** More than this is never put on the page. */
const MOST = 20_000;
/** What stands behind this is not even looked at: patterns take time and room for every letter. */
const READ = 4 * MOST;
/** What is folded at less than this is a name or a title: it stands in one paragraph. */
const NAME = 160;
/** White space as it is shown: more line breaks than two in a row would push what follows off the screen. */
const blank = (space: string) => (space.split("\n", 4).length > 3 ? "\n\n" : space);
/** Marks upon one letter that are shown. */
const MARKS = /(\p{M}{4})\p{M}+/gu;

/** Scripts in which a joiner or non-joiner changes what is seen. */
const JOINING = [
  "\\p{Script_Extensions=Arabic}",
  ...["Syriac", "Mongolian", "Nko", "Adlam", "Mandaic", "Khmer", "Myanmar", "Sinhala", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada", "Malayalam"].map((name) => `\\p{Script=${name}}`),
].join("");

/**
 * Characters that are not seen or that turn the direction of others: controls, bidi controls, zero-width characters, soft
 * hyphens, blank letters, tags (Unicode TR36, TR39). They are those that may be ignored when drawn (UAX #44,
 * `Default_Ignorable_Code_Point`) and some more, but not where they do something that is seen: joiners within a script that
 * joins and between emoji, variation selectors after what has variations.
 */
const UNSEEN = new RegExp(
  [
    "[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2800\\ufff9-\\ufffb]",
    "(?![\\u200c\\u200d\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}])\\p{Default_Ignorable_Code_Point}",
    `(?<![${JOINING}])(?!(?<=\\p{Extended_Pictographic}\\ufe0f?|\\p{Emoji_Modifier})\\u200d\\p{Extended_Pictographic})[\\u200c\\u200d]`,
    "(?<![\\p{Extended_Pictographic}\\p{Script=Han}\\p{Script=Myanmar}\\u2200-\\u22ff])(?!(?<=[0-9#*])\\ufe0f\\u20e3)[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]",
  ].join("|"),
  "gu",
);

function tidy(text: string, most: number): { text: string; rest: number } {
  const whole = text.slice(0, READ).replace(/\r\n?/g, "\n").replace(/\s{3,}/g, blank).replace(MARKS, "$1");
  const unread = Math.max(0, text.length - READ);
  if (whole.length <= most && unread === 0) return { text: whole, rest: 0 };
  // Not in the middle of a pair of surrogates.
  const cut = whole.slice(0, most).replace(/[\ud800-\udbff]$/, "");
  return { text: cut, rest: whole.length - cut.length + unread };
}

/** Where the last line that is shown ends. */
function linesEnd(text: string): number {
  let end = -1;
  for (let line = 0; line < LINES; line += 1) {
    end = text.indexOf("\n", end + 1);
    if (end === -1) return text.length;
  }
  return end;
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
  const all = tidy(fold > NAME ? text.trim() : text.replace(/\s+/g, " "), MOST);
  const attributes = { class: "foreign", dir: "auto", lang: lang !== undefined && /^[a-z0-9-]{2,20}$/i.test(lang) ? lang : undefined };
  const end = Math.min(all.text.length <= fold + 80 ? all.text.length : fold, linesEnd(all.text));
  if (end === all.text.length) return h("bdi", attributes, pieces(all.text));
  const short = tidy(all.text, end).text;
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
  const { text: short, rest } = tidy(text.slice(0, READ).replace(UNSEEN, "").replace(/\s+/g, " "), most);
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
