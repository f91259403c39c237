// What a record says. All of it is foreign text: it goes through `foreign`, `texts` and `address` and nowhere else.
import { h, type Child } from "../dom.js";
import type { Party, Quantity, Rec, RecordDate, Result, Skill, Texts } from "../model.js";
import { day, month, t } from "../strings/index.js";
import { address, foreign } from "../text.js";
import { list, rows, section, texts } from "./parts.js";
import { picture, type Pictures } from "./picture.js";

/** What it is called, in the language of the page if it has a title in that. */
export function titleOf(record: Rec | null): Texts | undefined {
  return record?.title ?? record?.achievement?.name;
}

function date(value: RecordDate | undefined): Child {
  if (value === undefined) return null;
  if (value.instant === undefined || value.precision === "unknown") return foreign(value.value, { fold: 60 });
  if (value.precision === "year") return value.instant.slice(0, 4);
  if (value.precision === "month") return month(value.instant);
  return day(value.instant);
}

function span(from: Child, until: Child): Child {
  return from === null && until === null ? null : [from ?? "…", " – ", until ?? "…"];
}

function name(party: Party | undefined): Child {
  if (party === undefined) return null;
  return texts(party.claimedName, 120) ?? (party.id === undefined ? null : h("span", { class: "mono" }, foreign(party.id, { fold: 120 })));
}

function quantity(value: Quantity | undefined): Child {
  if (value === undefined) return null;
  return [String(value.value), value.unit === undefined ? null : [" ", foreign(value.unit, { fold: 40 })]];
}

function word(text: string | undefined, fold = 120): Child {
  return text === undefined ? null : foreign(text, { fold });
}

/** A word of a vocabulary in the language of the page; one that it does not have as it stands. */
function term(words: Readonly<Record<string, string>>, text: string | undefined): Child {
  return text !== undefined && Object.hasOwn(words, text) ? (words[text] ?? "") : word(text, 60);
}

function kind(record: Rec): string {
  const words = t().record;
  if (record.degreeLevel !== undefined && Object.hasOwn(words.degree, record.degreeLevel)) return words.degree[record.degreeLevel] ?? "";
  return Object.hasOwn(words.kind, record.kind) ? (words.kind[record.kind] ?? "") : (words.kind["Other"] ?? "");
}

/** The record under its heading. `caution`: it is authentic, but not verified. */
export function record(record: Rec, pictures: Pictures, caution: boolean): HTMLElement {
  const words = t().record;
  const title = texts(titleOf(record), 160);
  const head = h(
    "div",
    { class: "record-head" },
    h("div", null, title === null ? null : h("p", { class: "kind" }, kind(record)), h("p", { class: "record-title" }, title ?? kind(record))),
    picture(record.achievement?.image, pictures),
  );
  return section(words.title, caution ? h("p", { class: "caution" }, words.caution) : null, head, body(record));
}

/** The same without the picture and heading, for records inside. */
export function body(record: Rec): Child[] {
  const words = t().record;
  const { achievement } = record;
  const { dates } = record;
  const described = record.description ?? achievement?.description;
  return [
    rows(
      [words.person, person(record)],
      [words.description, texts(described)],
      record.description === undefined ? null : [words.kind["Achievement"] ?? "", texts(achievement?.description)],
      [words.completion, list(record.completion?.filter((one) => one.origin !== undefined), ({ status }) => term(words.status, status))],
      [words.field, texts(achievement?.fieldOfStudy, 120)],
      [words.specialization, texts(achievement?.specialization, 120)],
      [words.levels, list(achievement?.levels, (level) => [word(level.scheme, 30), " ", texts(level.name, 80) ?? word(level.value, 80)])],
      [words.credits, credits(record)],
      [words.awarded, date(dates.awarded)],
      [words.issued, date(dates.issued)],
      [words.activity, span(date(dates.activityStart), date(dates.activityEnd))],
      [words.term, texts(record.term, 80)],
      [words.role, texts(record.role, 80)],
      [words.duration, texts(record.duration, 80)],
      [words.license, texts(record.licenseNumber, 80)],
      [words.code, word(achievement?.code, 80)],
      [words.narrative, texts(record.narrative)],
      [words.criteria, [texts(achievement?.criteria?.text), achievement?.criteria?.url === undefined ? null : h("div", null, address(achievement.criteria.url))]],
      [words.creator, record.creator !== undefined && record.creator.id !== record.issuer?.id ? name(record.creator) : null],
      [words.assessor, name(record.assessor)],
    ),
    block(words.results, list(record.results, (one) => result(one, record), "entries")),
    block(words.skills, list(record.skills, skill, "chips")),
    block(words.tags, list(achievement?.tags, (tag) => word(tag.value, 60), "chips")),
    block(
      words.employment,
      list(
        record.employment,
        (job) => [
          h("strong", null, texts(job.title, 120)),
          h("div", null, name(job.organization), job.department === undefined ? null : [" · ", texts(job.department, 80)]),
          h("div", { class: "small" }, span(date(job.start), job.current === true ? words.present : date(job.end)), job.type === undefined ? null : [" · ", word(job.type, 60)], self(job.origin)),
          texts(job.description),
        ],
        "entries",
      ),
    ),
    block(
      words.education,
      list(
        record.education,
        (time) => [
          h("strong", null, texts(time.degree ?? time.program, 120)),
          h("div", null, name(time.institution)),
          texts(time.majors, 80),
          h(
            "div",
            { class: "small" },
            span(date(time.start), time.current === true ? words.present : date(time.end)),
            time.status === undefined ? null : [" · ", word(time.status, 60)],
            time.gpa?.value === undefined ? null : [" · GPA ", word(time.gpa.value, 20), time.gpa.max === undefined ? null : [` ${words.of} `, word(time.gpa.max, 20)]],
            self(time.origin),
          ),
          texts(time.honors, 120),
          texts(time.description),
        ],
        "entries",
      ),
    ),
    block(
      words.qualifications,
      list(
        record.qualifications,
        (one) => [
          h("strong", null, texts(one.name, 120)),
          h("div", null, name(one.authority) === null ? null : [`${words.by} `, name(one.authority)]),
          h(
            "div",
            { class: "small" },
            list(one.identifiers, ({ value }) => [`${words.number} `, word(value, 60)]),
            date(one.issued ?? one.validFrom),
            one.validUntil === undefined ? null : [` · ${words.validUntil} `, date(one.validUntil)],
            one.status === undefined ? null : [" · ", word(one.status, 60)],
            self(one.origin),
          ),
          texts(one.description),
        ],
        "entries",
      ),
    ),
    block(
      words.evidence,
      list(record.evidence, (one) => [h("strong", null, texts(one.name, 120)), texts(one.description ?? one.narrative), one.url === undefined ? null : h("div", null, address(one.url))], "entries"),
      words.evidenceHint,
    ),
    block(words.claims, list(record.claims, ({ pointer, value }) => [h("span", { class: "mono small" }, foreign(pointer, { fold: 80 })), " ", word(String(value), 200)], "entries")),
    completeness(record),
  ];
}

function block(title: string, content: Child, hint?: string): Child {
  if (content === null) return null;
  return h("div", { class: "block" }, h("h4", null, title, hint === undefined ? null : h("span", { class: "hint" }, ` ${hint}`)), content);
}

function self(origin: string | undefined): Child {
  if (origin === "selfAsserted") return [" · ", h("span", { class: "tag" }, t().record.self)];
  if (origin === "nestedIssuer") return [" · ", h("span", { class: "tag" }, t().record.nested)];
  return null;
}

function person({ holders }: Rec): Child {
  const words = t().record;
  if (holders === undefined || holders.length === 0) return null;
  const shown = list(holders, (holder) => {
    const parts = holder.givenName === undefined && holder.familyName === undefined ? null : [texts(holder.givenName, 80), " ", texts(holder.familyName, 80)];
    const called = (holder.identifiers ?? []).filter((one) => one.type === "name" && one.value !== undefined);
    const others = (holder.identifiers ?? []).filter((one) => !called.includes(one));
    const named: Child = texts(holder.name, 120) ?? parts ?? (called.length === 0 ? null : called.map((one) => word(one.value, 120)));
    return [
      named === null ? null : h("strong", null, named),
      holder.birthDate === undefined ? null : h("div", null, `${words.born} `, date(holder.birthDate)),
      list(others, ({ type, value, hash }) => [h("span", { class: "hint inline" }, term(words.identifier, type)), " ", value === undefined ? (hash === undefined ? null : `(${words.hashed})`) : word(value, 120)]),
      holder.id === undefined ? null : h("div", { class: "mono small" }, foreign(holder.id, { fold: 120 })),
    ];
  });
  return [shown, h("span", { class: "hint" }, words.personHint)];
}

function credits(record: Rec): Child {
  const earned = quantity(record.creditsEarned);
  const available = quantity(record.achievement?.creditsAvailable);
  if (earned === null) return available;
  return available === null ? earned : [earned, ` ${t().record.of} `, available];
}

function skill({ name, url, framework, code, proficiency, yearsOfExperience, origin }: Skill): Child {
  const label = texts(name, 80) ?? word(code ?? url, 80);
  return [
    h("span", { class: "skill" }, label),
    framework === undefined ? null : [" ", h("span", { class: "tag" }, framework)],
    proficiency === undefined ? null : [" ", texts(proficiency, 60)],
    yearsOfExperience === undefined ? null : ` · ${t().record.years(yearsOfExperience.value)}`,
    self(origin),
  ];
}

/** A result with what the achievement says of such results. */
function result(one: Result, record: Rec): Child {
  const words = t().record;
  const description = record.achievement?.resultDescriptions?.find(({ id }) => id !== undefined && id === one.description);
  const level = description?.levels?.find(({ id }) => id !== undefined && id === one.level);
  const most = one.max ?? description?.max;
  return [
    h("span", { class: "result-name" }, texts(one.name ?? description?.name, 120) ?? words.result),
    " ",
    h(
      "span",
      { class: "result-value" },
      one.value === undefined ? null : [word(one.value, 60), most === undefined ? null : [` ${words.of} `, word(most, 20)]],
      level === undefined ? null : [" ", texts(level.name, 80)],
      one.value === undefined && level === undefined ? term(words.status, one.status) : null,
    ),
    one.passed === undefined ? null : h("span", { class: `tag ${one.passed ? "" : "tag-warn"}` }, one.passed ? words.passed : words.missed),
  ];
}

function completeness({ completeness }: Rec): Child {
  const words = t().record;
  const hidden = (completeness.notMapped?.length ?? 0) + (completeness.more ?? 0);
  const notes = [
    completeness.withheld === true ? words.withheld : null,
    completeness.childrenComplete === false ? words.partial : null,
    hidden > 0 ? words.notMapped(hidden) : null,
  ].filter((note) => note !== null);
  return notes.length === 0 ? null : h("p", { class: "hint notes" }, notes.join(" "));
}
