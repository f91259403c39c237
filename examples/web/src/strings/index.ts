import type { Check } from "ler-verify";
import { de } from "./de.js";
import { en } from "./en.js";

/** The type of the table: what is a text in English is a text, what is a function is one with the same arguments. */
type Like<T> = T extends string
  ? string
  : T extends (...values: infer A) => string
    ? (...values: A) => string
    : { readonly [K in keyof T]: Like<T[K]> };
export type Strings = Like<typeof en> & {
  /** The questions of the checks, where they are not those of the verifier. */
  readonly questions?: Readonly<Record<Check["id"], string>>;
};

export type Language = "en" | "de";
const tables: Readonly<Record<Language, Strings>> = { en, de };
export const languages = Object.entries(tables).map(([tag, strings]) => ({ tag: tag as Language, name: strings.language }));

let current: Language = "en";

/** The table of the language that is shown. */
export function t(): Strings {
  return tables[current];
}

export function language(): Language {
  return current;
}

export function use(tag: string): void {
  const found = tag.toLowerCase().split("-")[0];
  current = found !== undefined && found in tables ? (found as Language) : "en";
  document.documentElement.lang = current;
}

/** A plain reason for a code, if this page has one. */
export function reason(code: string): string | undefined {
  return Object.hasOwn(t().reasons, code) ? t().reasons[code as keyof Strings["reasons"]] : undefined;
}

/** The way of writing dates of the person's region, where it is one of the language that is shown. */
function locale(): string {
  return navigator.languages.find((tag) => tag.toLowerCase().split("-")[0] === current) ?? current;
}

/** The question of a check, if this language has one that is not the verifier's. */
export function questionOf(id: Check["id"]): string | undefined {
  return t().questions?.[id];
}

/** An instant as people write it; the exact text where it is none. */
export function day(instant: string | undefined): string {
  if (instant === undefined) return "";
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeZone: "UTC" }).format(date);
}

/** A month as people write it. */
export function month(instant: string): string {
  return new Intl.DateTimeFormat(locale(), { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(instant));
}

export function moment(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }).format(date) + " UTC";
}
