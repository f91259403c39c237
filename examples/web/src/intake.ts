// How records come in: files, and texts of one or several records.

/** The verifier reads no more by default; larger files are not even loaded. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** More records are not taken at once: each is drawn, and one pasted text may hold any number of them. */
export const MOST_RECORDS = 200;

/** A compact token: base64url parts with dots, perhaps disclosures with tildes (RFC 7515, RFC 9901). */
const TOKEN = /^[\w-]+\.[\w-]*\.[\w-]*(?:~[\w.~-]*)?$/;

/** The records in a text: tokens one per line are several, anything else is one. */
export function recordsOf(text: string): string[] {
  const trimmed = text.replace(/^\ufeff/, "").trim();
  if (trimmed === "") return [];
  const lines = trimmed.split(/\s*\n\s*/);
  return lines.length > 1 && lines.every((line) => TOKEN.test(line)) ? lines : [trimmed];
}

export async function bytesOfFile(file: File): Promise<Uint8Array | "empty" | "tooLarge" | "unreadable"> {
  if (file.size === 0) return "empty";
  if (file.size > MOST_BYTES) return "tooLarge";
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return trimmed(bytes);
  } catch {
    return "unreadable";
  }
}

/** A token in a file often ends with a line break, which is no part of it. Everything else is left as it is. */
function trimmed(bytes: Uint8Array): Uint8Array {
  if (bytes.length > 1_000_000 || bytes[0] === 0x7b || bytes[0] === 0x89) return bytes;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes).trim();
  } catch {
    return bytes;
  }
  return TOKEN.test(text) ? new TextEncoder().encode(text) : bytes;
}
