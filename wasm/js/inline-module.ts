// The module as text: compressed, because base64 alone would add a third of a megabyte to every bundle.
import text from "./inline-bytes.js";

/** The bytes of the module. */
export async function inlineModule(): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
