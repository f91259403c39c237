import type { Engine } from "./engine.js";
import { LerError } from "./errors.js";
import type * as Raw from "./raw.js";
import type { ResourceKind, ResourceRequest } from "./types.js";

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
  /** In the order in which they came; of two for one key the later counts. */
  #entries: Entry[] = [];
  readonly #keys = new Map<string, number>();
  /** What each instance has of them. */
  readonly #copies = new Map<Engine, { raw: Raw.Resources; generation: number; taken: number }>();
  #epoch = 0;

  /** @internal How often all of it was forgotten: positions are of one epoch. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Supplies a resource, whether it was asked for or not. */
  supply(kind: ResourceKind, id: string, resource: Resource): this {
    const { bytes, mediaType, retrievedAt, httpStatus } = resource;
    return this.#add({
      kind: kind,
      id: String(id),
      // A copy: what the caller does with the buffer afterwards changes nothing.
      bytes: bytesOf(bytes, "resources").slice(),
      mediaType,
      retrievedAt: retrievedAt === undefined ? undefined : instant(retrievedAt, "resources"),
      httpStatus,
    });
  }

  /** Says that a resource cannot be obtained: it is not asked for again, and what needs it is indeterminate. */
  unavailable(kind: ResourceKind, id: string, reason: string): this {
    return this.#add({ kind, id: String(id), unavailable: String(reason) });
  }

  /** Answers a request of a report. More bytes than it allows are as good as none. */
  answer(request: ResourceRequest, answer: Resource | { readonly unavailable: string }): this {
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
    this.#keys.set(key(entry.kind, entry.id), this.#entries.length);
    this.#entries.push(entry);
    return this;
  }

  /** The entries from the given position on, and the position after them. */
  since(position: number): { entries: Entry[]; next: number } {
    const current = (entry: Entry, index: number) =>
      this.#keys.get(key(entry.kind, entry.id)) === position + index;
    return { entries: this.#entries.slice(position).filter(current), next: this.#entries.length };
  }

  /** @internal The same resources in the instance. */
  in(engine: Engine): Raw.Resources {
    let copy = this.#copies.get(engine);
    if (copy === undefined || copy.generation !== engine.generation) {
      copy = { raw: engine.run("resources", (raw) => new raw.Resources()), generation: engine.generation, taken: 0 };
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
    for (const [engine, { raw, generation }] of this.#copies) {
      if (generation === engine.generation) raw.free();
    }
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
  if (typeof value === "string") return new TextEncoder().encode(value);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  throw new LerError(subject, `Neither bytes nor text: a Uint8Array, an ArrayBuffer or a string is needed.`);
}

/** An instant as it stands in JSON. */
export function instant(value: Date | string, subject: "occasion" | "resources"): string {
  if (typeof value === "string") return value;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  throw new LerError(subject, "An instant is a valid Date, or a text such as 2026-11-22T06:00:00Z.");
}
