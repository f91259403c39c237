import type { Engine } from "./engine.js";
import { LerError } from "./errors.js";
import type * as Raw from "./raw.js";
import type { ResourceKind, ResourceRequest } from "./types.js";

/** The kinds, so that a wrong one is told where it is written. */
const KINDS: { readonly [Kind in ResourceKind]: true } = {
  context: true,
  controlledIdentifierDocument: true,
  issuerRegistry: true,
  credentialSchema: true,
  statusList: true,
  linkedResource: true,
  newerVersion: true,
  hostedDocument: true,
  attachment: true,
  typeMetadata: true,
};

/** A resource as it was obtained. */
export interface Resource {
  /** The bytes, exactly; a text stands for its UTF-8. */
  readonly bytes: Uint8Array | ArrayBuffer | string;
  /** The media type that came with it. */
  readonly mediaType?: string | undefined;
  /** When it was obtained: needed where the policy has `statusMaxAge`. */
  readonly retrievedAt?: Date | string | undefined;
  /** The HTTP status, where it is part of the answer: 410 of a hosted record that is revoked. */
  readonly httpStatus?: number | undefined;
}

/** An entry as it is kept, and as it goes to a worker. */
export type Entry = {
  readonly kind: ResourceKind;
  readonly id: string;
} & (
  | {
      readonly bytes: Uint8Array;
      readonly mediaType: string | undefined;
      readonly retrievedAt: string | undefined;
      readonly httpStatus: number | undefined;
    }
  | { readonly unavailable: string }
);

/**
 * What has been fetched so far, by kind and identifier. Resources are not trust: each is checked by whoever uses it.
 *
 * One for many verifications: a status list is then read and inflated once.
 */
export class Resources {
  /** In the order in which they came; of two for one key the later counts, and nothing is left of the earlier. */
  #entries: (Entry | undefined)[] = [];
  readonly #keys = new Map<string, number>();
  /** What each instance has of them. */
  readonly #copies = new Map<Engine, { raw: Raw.Resources; generation: number; taken: number }>();
  #epoch = 0;

  /** @internal How often all of it was forgotten: positions are of one epoch. */
  get epoch(): number {
    return this.#epoch;
  }

  /**
   * Supplies a resource, whether it was asked for or not.
   *
   * @throws LerError `resources`: there is no such kind, or something is of the wrong type. That an instant is none is found
   *   out where it is used: there `verify` throws it.
   */
  supply(kind: ResourceKind, id: string, resource: Resource): this {
    if (resource === null || typeof resource !== "object") throw misuse("a resource is an object with its `bytes`");
    const { bytes, mediaType, retrievedAt, httpStatus } = resource;
    if (!(httpStatus === undefined || (Number.isInteger(httpStatus) && httpStatus >= 100 && httpStatus <= 599))) {
      throw misuse("`httpStatus` is a number from 100 to 599");
    }
    return this.#add({
      ...named(kind, id),
      // A copy: what the caller does with the buffer afterwards changes nothing.
      bytes: bytesOf(bytes, "resources").slice(),
      mediaType: mediaType === undefined ? undefined : textual(mediaType, "mediaType"),
      retrievedAt: retrievedAt === undefined ? undefined : instant(retrievedAt, "resources"),
      httpStatus,
    });
  }

  /**
   * Says that a resource cannot be obtained: it is not asked for again, and what needs it is indeterminate.
   *
   * @throws LerError `resources`
   */
  unavailable(kind: ResourceKind, id: string, reason: string): this {
    return this.#add({ ...named(kind, id), unavailable: textual(reason, "unavailable") });
  }

  /**
   * Answers a request of a report. More bytes than it allows are as good as none.
   *
   * @throws LerError `resources`
   */
  answer(request: ResourceRequest, answer: Resource | { readonly unavailable: string }): this {
    if (request === null || typeof request !== "object" || answer === null || typeof answer !== "object") {
      throw misuse("a request of a report, and an object with `bytes` or `unavailable`, are needed");
    }
    const { kind, identifier, maxBytes } = request;
    if ("unavailable" in answer) return this.unavailable(kind, identifier, answer.unavailable);
    const bytes = bytesOf(answer.bytes, "resources");
    if (bytes.length > maxBytes) return this.unavailable(kind, identifier, `larger than ${maxBytes} bytes`);
    return this.supply(kind, identifier, { ...answer, bytes });
  }

  /** Whether there is an answer, be it that there is none. */
  has(kind: ResourceKind, id: string): boolean {
    return this.#keys.has(key(kind, id));
  }

  /** How many resources there are. */
  get size(): number {
    return this.#keys.size;
  }

  #add(entry: Entry): this {
    const name = key(entry.kind, entry.id);
    const earlier = this.#keys.get(name);
    if (earlier !== undefined) this.#entries[earlier] = undefined;
    this.#keys.set(name, this.#entries.length);
    this.#entries.push(entry);
    return this;
  }

  /** @internal The entries from the given position on, and the position after them. */
  since(position: number): { entries: Entry[]; next: number } {
    const entries = this.#entries.slice(position).filter((entry) => entry !== undefined);
    return { entries, next: this.#entries.length };
  }

  /** @internal The same resources in the instance. */
  in(engine: Engine): Raw.Resources {
    let copy = this.#copies.get(engine);
    if (copy === undefined || copy.generation !== engine.generation) {
      copy = { raw: engine.run("internal", (raw) => new raw.Resources()), generation: engine.generation, taken: 0 };
      this.#copies.set(engine, copy);
    }
    const { raw } = copy;
    for (const entry of this.since(copy.taken).entries) {
      engine.run("resources", () => {
        if ("unavailable" in entry) raw.unavailable(entry.kind, entry.id, entry.unavailable);
        else raw.found(entry.kind, entry.id, entry.bytes, entry.mediaType, entry.retrievedAt, entry.httpStatus);
      });
    }
    copy.taken = this.#entries.length;
    return raw;
  }

  /** Forgets all of it, and gives the memory back at once instead of when the engine gets to it. */
  clear(): void {
    for (const [engine, { raw, generation }] of this.#copies) engine.release(raw, generation);
    this.#copies.clear();
    this.#keys.clear();
    this.#entries = [];
    this.#epoch += 1;
  }
}

function key(kind: string, id: string): string {
  return `${kind} ${id}`;
}

/** The bytes of what was given; `subject` says what it is for. */
export function bytesOf(value: unknown, subject: "document" | "resources"): Uint8Array {
  if (typeof value === "string") return utf8(value);
  try {
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    // By its name: pages and workers hand over buffers of other realms.
    if (Object.prototype.toString.call(value) === "[object ArrayBuffer]") return new Uint8Array(value as ArrayBuffer);
  } catch (cause) {
    throw new LerError(subject, "The buffer is not there any more: it was transferred.", { cause });
  }
  throw new LerError(subject, "Neither bytes nor text: a Uint8Array, an ArrayBuffer or a string is needed.");
}

/** UTF-8. Half a surrogate pair has none: it becomes a byte that is none either, so that it is not read as anything else. */
function utf8(text: string): Uint8Array {
  const encoder = new TextEncoder();
  const bytes = encoder.encode(text);
  const half = text.search(/\p{Surrogate}/u);
  if (half >= 0) bytes[encoder.encode(text.slice(0, half)).length] = 0xff;
  return bytes;
}

function named(kind: ResourceKind, id: string): { kind: ResourceKind; id: string } {
  if (!Object.hasOwn(KINDS, kind)) throw misuse(`there is no \`kind\` of resource "${String(kind)}"`);
  return { kind, id: textual(id, "id") };
}

function textual(value: string, name: string): string {
  if (typeof value !== "string") throw misuse(`\`${name}\` is a text`);
  return value;
}

function misuse(sentence: string): LerError {
  return new LerError("resources", `A resource cannot be taken: ${sentence}.`);
}

/** An instant as it stands in JSON. */
export function instant(value: Date | string, subject: "occasion" | "resources"): string {
  if (typeof value === "string") return value;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  throw new LerError(subject, "An instant is a valid Date, or a text such as 2026-11-22T06:00:00Z.");
}
