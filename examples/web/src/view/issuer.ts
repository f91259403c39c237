// Who issued it. A name that an issuer gives itself, a name that a registry gives it, and its identifier are three things.
import { h } from "../dom.js";
import type { Rec } from "../model.js";
import { t } from "../strings/index.js";
import { address, foreign, plain } from "../text.js";
import type { Report } from "../verify.js";
import { group, list, rows, section, texts } from "./parts.js";

export function issuer(report: Report, record: Rec | null, isInside = false): HTMLElement | null {
  const words = t().issuer;
  const part = isInside ? group : section;
  const named = report.issuer;
  if (named === undefined) return report.embedded.length > 0 ? null : part(words.title, h("p", null, words.unnamed));
  const party = record?.issuer;
  const listed = (named.registries ?? []).filter((registry) => registry.outcome === "listed");
  const names = listed.flatMap(({ name, legalName, url }) => {
    const registered = legalName ?? name;
    return registered === undefined ? [] : [{ registered, url }];
  });
  return part(
    words.title,
    rows(
      [
        words.registered,
        list(names, ({ registered, url }) => [h("strong", null, foreign(registered, { fold: 120 })), h("span", { class: "hint" }, words.registeredHint(host(url)))]),
      ],
      party?.claimedName === undefined
        ? null
        : [words.claimed, [h("span", { class: "claimed" }, texts(party.claimedName, 120)), h("span", { class: "hint" }, words.claimedHint)]],
      [words.identifier, h("span", { class: "mono" }, foreign(named.id, { fold: 160 }))],
      [words.known, named.boundBy === undefined ? h("strong", null, report.axes.authentic === "indeterminate" ? words.open : words.unbound) : how(named.id, named.boundBy)],
      [
        words.registries,
        list(named.registries, ({ url, outcome }) => [
          h("span", { class: "mono" }, host(url)),
          " ",
          outcome === "listed" || outcome === "notListed" ? words.registry[outcome] : words.registry.other,
        ]),
      ],
    ),
    party === undefined ? null : own(party),
  );
}

function own(party: NonNullable<Rec["issuer"]>): HTMLElement | null {
  const words = t().issuer;
  const said = rows(
    [t().record.description, texts(party.description)],
    [words.website, party.url === undefined ? null : address(party.url)],
    [words.email, party.email === undefined ? null : foreign(party.email, { fold: 120 })],
    [words.country, party.country === undefined ? null : foreign(party.country, { fold: 60 })],
    [words.partOf, list(party.parents, (parent) => texts(parent.claimedName, 120) ?? foreign(parent.id ?? "", { fold: 120 }))],
  );
  return said === null ? null : h("details", { class: "more" }, h("summary", null, words.says), said);
}

/** What binds the key that signed to the issuer. */
function how(id: string, boundBy: string): string {
  const words = t().issuer.boundBy;
  switch (boundBy) {
    case "didKey":
    case "didJwk":
    case "x509":
    case "issuerKeys":
    case "presentation":
      return words[boundBy];
    case "controlledIdentifierDocument": {
      const site = siteOf(id);
      return site === undefined ? words.controlledIdentifierDocument : words.document(site);
    }
    default:
      return words.other;
  }
}

/** The web address that an identifier stands for, in ASCII. */
function siteOf(id: string): string | undefined {
  const name = /^did:web:([^:]+)/.exec(id)?.[1];
  try {
    return name === undefined ? (id.startsWith("https:") ? new URL(id).host : undefined) : new URL(`https://${decodeURIComponent(name)}`).host;
  } catch {
    return undefined;
  }
}

function host(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return plain(url, 60);
  }
}
