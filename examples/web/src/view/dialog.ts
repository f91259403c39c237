// Asks before anything leaves the device: names every server and every address first.
import { h, type Child } from "../dom.js";
import { t } from "../strings/index.js";
import { foreign } from "../text.js";

export interface Visit {
  readonly url: URL;
  /** What for, in words. */
  readonly what?: string;
  /** Whether nobody has verified yet who wrote this address. */
  readonly unverified?: boolean;
}

/** Whether a question stands: then nothing else comes in, that could ask another one on top of it. */
export function isAsking(): boolean {
  return document.querySelector("dialog[open]") !== null;
}

/** Resolves to whether the person agrees to exactly these visits. */
export function ask(title: string, text: string, visits: readonly Visit[]): Promise<boolean> {
  const words = t().open;
  const hosts = [...new Set(visits.map(({ url }) => url.host))];
  const visit = ({ url, what, unverified }: Visit): Child =>
    h(
      "li",
      null,
      what === undefined ? null : h("div", null, what),
      h("div", { class: "mono small" }, foreign(url.href, { fold: 200 })),
      unverified === true ? h("div", { class: "small warn" }, words.unverified) : null,
    );
  return new Promise((resolve) => {
    const dialog = h(
      "dialog",
      { "aria-labelledby": "ask-title", "aria-describedby": "ask-text" },
      h("h2", { id: "ask-title" }, title),
      h("ul", { class: "hosts" }, hosts.map((host) => h("li", null, h("strong", { class: "host" }, h("bdi", { dir: "ltr" }, host)), h("ul", null, visits.filter(({ url }) => url.host === host).map(visit))))),
      h("p", { id: "ask-text" }, text),
      h(
        "p",
        { class: "buttons" },
        h("button", { type: "button", class: "primary", id: "ask-yes", onclick: () => dialog.close("yes") }, words.yes(hosts.length)),
        h("button", { type: "button", id: "ask-no", autofocus: true, onclick: () => dialog.close("no") }, words.no),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
