// The head of the page: what it is, that records stay here, and the language.
import { h, icon } from "../dom.js";
import { follow, said } from "../lasting.js";
import { language, type Language, languages, t } from "../strings/index.js";

export function head(speak: (tag: Language) => void): HTMLElement {
  const choose = languages.map(({ tag, name }) => {
    const button = h("button", { type: "button", id: `language-${tag}`, lang: tag, onclick: () => speak(tag) }, name);
    follow(() => button.setAttribute("aria-pressed", String(tag === language())));
    return button;
  });
  const group = h("div", { class: "languages", role: "group" }, choose);
  follow(() => group.setAttribute("aria-label", t().page.languages));
  return h(
    "header",
    null,
    h("a", { class: "skip", id: "skip", href: "#results" }, said(() => t().page.skip)),
    h("div", { class: "brand" }, icon("accepted"), h("h1", null, said(() => t().page.title))),
    h("div", { class: "privacy" }, icon("lock"), h("span", null, said(() => t().page.privacy))),
    group,
  );
}
