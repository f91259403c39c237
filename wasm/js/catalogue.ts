import type { Engine } from "./engine.js";
import type { Axis, CheckId, Code, Outcome, Requirement } from "./types.js";

/** A question that the verifier asks. */
export interface Question {
  /** The question, in English. */
  readonly title: string;
  /** The axis that it counts for, if any. */
  readonly axis?: Axis;
  /** What a policy that says nothing makes of it. */
  readonly requirement: Requirement;
}

/** A possible answer to a check. */
export interface Answer {
  /** The check that it answers. */
  readonly check: CheckId;
  /** What it means for that check. */
  readonly outcome: Outcome;
  /** What is the case, in English. */
  readonly title: string;
  /** Where the rule stands. */
  readonly spec: string;
  /** The problem type that the standards give it (RFC 9457), if any. */
  readonly problemType?: string;
}

/** Everything that a report can say, in words. */
export interface Catalogue {
  readonly checks: Readonly<Record<CheckId, Question>>;
  readonly codes: Readonly<Record<Code, Answer>>;
}

const read = new WeakMap<Engine, Catalogue>();

/** The table, read once. */
export function catalogueOf(engine: Engine): Catalogue {
  let found = read.get(engine);
  if (found === undefined) {
    found = engine.run("internal", (raw) => JSON.parse(raw.catalogue()) as Catalogue);
    read.set(engine, found);
  }
  return found;
}
