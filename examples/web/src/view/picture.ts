// Pictures of records. They are never presented as checked: they stand apart, with a caption that says so, and only as plain
// pixels (PNG, JPEG, GIF, WebP), which cannot do anything.
import { h, type Child } from "../dom.js";
import { t } from "../strings/index.js";
import { httpsUrl } from "../text.js";
import { shown } from "./size.js";

const INLINE = /^data:image\/(?:png|jpeg|gif|webp);base64,([A-Za-z0-9+/]+={0,2})$/;
/** One of more bytes is not shown. */
const MOST = 4 * 1024 * 1024;

/** Where pictures come from that do not stand in the record. */
export interface Pictures {
  /** The dropped file, if it is a picture. */
  readonly file?: string | undefined;
  /** What was got from elsewhere, by address: the URL of the bytes here, or that there is none. */
  readonly loaded: ReadonlyMap<string, string | undefined>;
  /** Asks the person, and gets it. */
  readonly load: (url: URL) => void;
}

export function picture(image: string | undefined, pictures: Pictures): Child {
  const words = t().record;
  if (image !== undefined && isInline(image)) return figure(image, words.pictureRecord);
  const url = image === undefined || image.length > 2000 ? undefined : httpsUrl(image);
  if (url !== undefined && pictures.loaded.has(url.href)) {
    const got = pictures.loaded.get(url.href);
    return got === undefined ? h("p", { class: "hint picture" }, t().open.pictureFailed) : figure(got, words.pictureRecord);
  }
  if (pictures.file !== undefined) return figure(pictures.file, words.pictureFile);
  if (url === undefined) return null;
  return h("div", { class: "picture" }, h("button", { type: "button", class: "quiet", id: "picture", onclick: () => pictures.load(url) }, words.pictureLoad(url.host)));
}

/** Whether it is a picture that stands in the record itself and can be shown. */
function isInline(image: string): boolean {
  const base64 = image.length < MOST ? INLINE.exec(image)?.[1] : undefined;
  if (base64 === undefined) return false;
  try {
    return shown(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))) !== undefined;
  } catch {
    return false; // No base64 after all.
  }
}

function figure(src: string, caption: string): HTMLElement {
  const image = h("img", { src, alt: t().record.picture, width: 160, height: 160, decoding: "async" });
  const element = h("figure", { class: "picture" }, image, h("figcaption", null, caption));
  image.addEventListener("error", () => element.remove());
  return element;
}

/** A picture of plain pixels as a URL, if it can be shown. */
export function pixels(bytes: Uint8Array): string | undefined {
  const type = bytes.length > MOST ? undefined : shown(bytes);
  if (type === undefined) return undefined;
  return URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
}
