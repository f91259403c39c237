// What could not be checked because something is needed that is not in the record.
import { h } from "../dom.js";
import { t } from "../strings/index.js";
import { foreign } from "../text.js";
import { addresses, type Report, type ResourceRequest } from "../verify.js";
import { section } from "./parts.js";
import type { Visit } from "./dialog.js";

/** The visits that would answer what is open. */
export function visits(requests: readonly ResourceRequest[]): Visit[] {
  return requests.flatMap((request) =>
    addresses(request).map((url) => ({ url, what: t().open.kind[request.kind], unverified: request.fromUnverified })),
  );
}

export function open(report: Report, busy: boolean, missed: boolean, lookUp: () => void): HTMLElement | null {
  const words = t().open;
  const { requests } = report;
  if (requests.length === 0) return missed ? section(words.title, h("p", null, words.missed)) : null;
  const possible = requests.filter((request) => addresses(request).length > 0);
  const one = (request: ResourceRequest) => {
    const [first] = addresses(request);
    return h(
      "li",
      null,
      h("span", null, words.kind[request.kind]),
      " ",
      first === undefined
        ? [h("span", { class: "mono" }, foreign(request.identifier, { fold: 120 })), ` ${words.none}`]
        : h("strong", { class: "host" }, h("bdi", { dir: "ltr" }, first.host)),
    );
  };
  return section(
    words.title,
    h("p", null, words.intro(requests.length)),
    h("ul", { class: "needs" }, requests.slice(0, 50).map(one)),
    missed ? h("p", { class: "hint" }, words.missed) : null,
    possible.length === 0
      ? null
      : h(
          "p",
          { class: "buttons" },
          h("button", { type: "button", class: "primary", id: "look-up", disabled: busy, onclick: lookUp }, busy ? words.busy : words.button(possible.length)),
          h("span", { class: "hint" }, words.asks),
        ),
  );
}
