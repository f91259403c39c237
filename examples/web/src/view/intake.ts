// Where records come in: a place for files, and a field for text. It stays on the page, with what was typed, while records
// come and go.
import { h, icon } from "../dom.js";
import { follow, said } from "../lasting.js";
import { t } from "../strings/index.js";

const KINDS = ".json,.jsonld,.jwt,.sd-jwt,.txt,.cose,.png,.svg,application/json,image/png,image/svg+xml,*/*";

/** `addText` says whether the text was taken; otherwise it stays, to be mended. */
export function intake(isEmpty: () => boolean, addFiles: (files: readonly File[]) => void, addText: (text: string) => Promise<boolean>): HTMLElement {
  const input = h("input", { type: "file", id: "files", multiple: true, class: "unseen-title", accept: KINDS });
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // Otherwise choosing the same file again would be no change.
    input.value = "";
    addFiles(files);
  });
  const text = h("textarea", { id: "text", rows: 4, spellcheck: "false", autocomplete: "off", autocapitalize: "off" });
  const submit = async () => {
    const { value } = text;
    if (value.trim() === "" || !(await addText(value)) || text.value !== value) return;
    text.value = "";
    paste.open = false;
  };
  const form = h(
    "form",
    { onsubmit: (event: Event) => (event.preventDefault(), void submit()) },
    h("label", { for: "text" }, said(() => t().intake.textLabel)),
    text,
    h("button", { type: "submit", class: "primary" }, said(() => t().intake.check)),
  );
  const paste = h("details", { class: "paste" }, h("summary", { id: "paste-summary" }, said(() => t().intake.text)), form);
  const title = h("h2", null, said(() => (isEmpty() ? t().page.lead : t().intake.more)));
  const drop = h(
    "div",
    { id: "drop" },
    title,
    h("label", { class: "choose", for: "files" }, icon("drop"), h("span", null, said(() => (isEmpty() ? t().intake.choose : t().intake.more)))),
    input,
    h("p", { class: "hint drop-hint" }, said(() => `${t().intake.drop}. ${t().intake.hint}`)),
    paste,
  );
  const section = h("section", { class: "intake" }, drop);
  follow(() => {
    drop.className = isEmpty() ? "drop" : "drop is-small";
    title.className = isEmpty() ? "" : "unseen-title";
    section.setAttribute("aria-label", t().intake.title);
  });
  return section;
}
