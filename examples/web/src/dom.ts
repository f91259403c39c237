// Elements are made here and nowhere else: from names that stand in this program and from text. There is no way from a text
// to markup, so that a record cannot bring any.

export type Child = Node | string | null | undefined | false | readonly Child[];

type Handler = (event: Event) => void;

/** Attributes by name; `on…` are listeners; `true` is an attribute without a value; `false` and `undefined` are none. */
export interface Attributes {
  readonly [name: string]: string | number | boolean | Handler | undefined;
}

function fill(element: Element, attributes: Attributes | null, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  append(element, children);
}

export function append(to: ParentNode, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(to, child as readonly Child[]);
    else if (child !== null && child !== undefined && child !== false) to.append(child as Node | string);
  }
}

/** An HTML element. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes?: Attributes | null,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  fill(element, attributes ?? null, children);
  return element;
}

/** An SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes?: Attributes | null,
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  fill(element, attributes ?? null, children);
  return element;
}

/** What is decoration is hidden from screen readers; what it means always stands beside it in words. */
export function icon(name: keyof typeof SHAPES): SVGSVGElement {
  const shapes = SHAPES[name].map((d) => svg("path", { d }));
  return svg("svg", { class: `icon icon-${name}`, viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, shapes);
}

/** Icons differ in outline, so that they can be told apart without colour. */
const SHAPES = {
  accepted: ["M12 2.5 20 5.5v6c0 5-3.4 8.600-8 10-4.600-1.400-8-5-8-10v-6z", "m8.300 12 2.600 2.600 4.800-5.100"],
  nobody: ["M12 3.200 22 20.500H2z", "M12 9.800v4.700", "M12 17.400v.2"],
  open: ["M12 2.600a9.400 9.400 0 1 0 0 18.800 9.400 9.400 0 0 0 0-18.800z", "M9.300 9.300a2.800 2.800 0 1 1 4 2.700c-.9.5-1.300 1-1.300 2", "M12 17v.2"],
  refused: ["M8 2.600h8l5.400 5.400v8L16 21.400H8L2.600 16V8z", "m8.800 8.800 6.400 6.400", "m15.200 8.800-6.400 6.400"],
  passed: ["m4.500 12.500 5 5 10-11"],
  failed: ["m6 6 12 12", "m18 6-12 12"],
  indeterminate: ["M9 8.500a3.100 3.100 0 1 1 4.500 3c-1 .6-1.500 1.200-1.500 2.500", "M12 18v.2"],
  notAsked: ["M6 12h12"],
  file: ["M6 2.800h8l4.500 4.500v14H6z", "M14 2.800v4.700h4.500"],
  drop: ["M12 15.500V4", "m7.500 8.500 4.500-4.500 4.500 4.500", "M4 15.500v4.700h16v-4.700"],
  lock: ["M5.500 10.500h13v10h-13z", "M8.500 10.500V7.200a3.500 3.500 0 0 1 7 0v3.300"],
  settings: ["M4 7h9", "M17 7h3", "M15 4.800v4.400", "M4 17h3", "M11 17h9", "M9 14.800v4.400"],
} as const;

export type IconName = keyof typeof SHAPES;
