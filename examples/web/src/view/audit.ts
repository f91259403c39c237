// The report as it is kept: what was checked and on which basis, without anything of the record.
import { type Child, h } from "../dom.js";
import { moment, t } from "../strings/index.js";
import { foreign } from "../text.js";
import type { Result } from "../verify.js";
import { folded, rows } from "./parts.js";

/** `expected`: what was expected when it was checked, in words; the report itself has it as it was applied. */
export function audit(result: Result, expected: Child, announce: (text: string) => void): HTMLElement {
  const words = t().report;
  const { report, json } = result;
  const format = report.format;
  const family = format === undefined ? undefined : (t().formats[format.family] ?? format.family);
  const copy = () =>
    navigator.clipboard.writeText(json).then(
      () => announce(words.copied),
      () => announce(words.notCopied),
    );
  return folded(
    words.title,
    null,
    h("p", null, words.text),
    rows(
      [words.format, format === undefined ? null : `${family} ${format.version} (${format.carrier})`],
      [words.proof, report.proofs.map((proof) => (proof.suite === undefined ? null : h("div", null, foreign(proof.suite, { fold: 60 }))))],
      [words.expected, expected],
      [words.at, moment(report.evaluatedAt)],
      [words.version, report.verifier.version],
      [words.digest, h("span", { class: "mono" }, report.inputDigest)],
    ),
    h(
      "p",
      { class: "buttons" },
      h("button", { type: "button", id: "copy", onclick: copy }, words.copy),
      h("button", { type: "button", id: "save", onclick: () => save(json, `report-${report.inputDigest.slice(0, 12)}.json`) }, words.save),
      h("button", { type: "button", id: "print", onclick: () => print() }, words.print),
    ),
  );
}

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
