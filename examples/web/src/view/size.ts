// How large a picture is, by its first bytes and without decoding it: a few kilobytes can stand for gigabytes of pixels.

/** What kinds of pictures are shown: plain pixels. */
export type Kind = "image/png" | "image/jpeg" | "image/gif" | "image/webp";

/** More pixels are not shown: 25 megapixels are 100 MB once they are decoded. */
const MOST = 25_000_000;

/** The kind of a picture that is small enough to be shown. What does not say its size as its format asks for is not. */
export function shown(bytes: Uint8Array): Kind | undefined {
  const begins = (at: number, ...wanted: number[]) => wanted.every((byte, index) => bytes[at + index] === byte);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fits = (width: number, height: number) => width > 0 && height > 0 && width * height <= MOST;
  try {
    if (begins(0, 0x89, 0x50, 0x4e, 0x47)) return begins(12, 0x49, 0x48, 0x44, 0x52) && fits(view.getUint32(16), view.getUint32(20)) ? "image/png" : undefined;
    if (begins(0, 0xff, 0xd8)) return fits(...jpeg(view)) ? "image/jpeg" : undefined;
    if (begins(0, 0x47, 0x49, 0x46, 0x38)) return fits(...gif(view)) ? "image/gif" : undefined;
    if (begins(0, 0x52, 0x49, 0x46, 0x46) && begins(8, 0x57, 0x45, 0x42, 0x50)) return fits(...webp(view)) ? "image/webp" : undefined;
  } catch (error) {
    // It ends before it says how large it is.
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

type Size = [width: number, height: number];
const NONE: Size = [0, 0];

/** The frame header (ITU-T T.81, B.2.2), behind segments of which each says its length. */
function jpeg(view: DataView): Size {
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return NONE;
}

/** The logical screen or the first frame (GIF89a, 18 and 20): decoders take the larger one. */
function gif(view: DataView): Size {
  const table = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + table(view.getUint8(10));
  while (view.getUint8(at) === 0x21) {
    at += 2;
    while (view.getUint8(at) !== 0) at += 1 + view.getUint8(at);
    at += 1;
  }
  if (view.getUint8(at) !== 0x2c) return NONE;
  const most = (screen: number, frame: number) => Math.max(view.getUint16(screen, true), view.getUint16(frame, true));
  return [most(6, at + 5), most(8, at + 7)];
}

/** The canvas, or the only frame (RFC 9649, 2.5 to 2.7 and 3.4; RFC 6386, 9.1). */
function webp(view: DataView): Size {
  const three = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
  switch (String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + 12, 4))) {
    case "VP8X":
      return [three(24) + 1, three(27) + 1];
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    case "VP8 ":
      return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
    default:
      return NONE;
  }
}
