// When the record is valid, as a line.
import { h, svg } from "../dom.js";
import { day, moment, t } from "../strings/index.js";
import type { Report } from "../verify.js";
import { rows, section } from "./parts.js";
import { isGenuine } from "./verdict.js";

const WIDTH = 360;
const HEIGHT = 46;
/** Free on both sides, for what has no beginning or end. */
const MARGIN = 26;

export function timeline(report: Report, expired: boolean): HTMLElement | null {
  const words = t().validity;
  const { from, until } = report.validity;
  const judged = report.validity.judgedAt ?? report.evaluatedAt;
  const [start, end, now] = [from, until, judged].map((instant) => (instant === undefined ? NaN : Date.parse(instant)));
  if (now === undefined || start === undefined || end === undefined || Number.isNaN(now)) return null;
  if (Number.isNaN(start) && Number.isNaN(end)) return section(words.title, h("p", null, words.none));
  const known = [start, end, now].filter((instant) => !Number.isNaN(instant));
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const x = (instant: number) => MARGIN + ((instant - least) / Math.max(most - least, 1)) * (WIDTH - 2 * MARGIN);
  const left = Number.isNaN(start) ? 0 : x(start);
  const right = Number.isNaN(end) ? WIDTH : x(end);
  const y = 20;
  const chart = svg(
    "svg",
    { class: `timeline ${isGenuine(report) && expired ? "has-ended" : ""}`, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": words.chart(day(from) || words.ever, day(until) || words.always, day(judged)) },
    svg("line", { class: "track", x1: 0, x2: WIDTH, y1: y, y2: y }),
    svg("rect", { class: "period", x: left, y: y - 5, width: Math.max(right - left, 2), height: 10, rx: 5 }),
    Number.isNaN(start) ? null : svg("circle", { class: "edge", cx: left, cy: y, r: 6 }),
    Number.isNaN(end) ? null : svg("circle", { class: "edge", cx: right, cy: y, r: 6 }),
    svg("path", { class: "now", d: `M${x(now)} ${y - 14}v28` }),
    svg("path", { class: "now-head", d: `M${x(now) - 5} ${HEIGHT - 2}h10l-5 -9z` }),
  );
  return section(
    words.title,
    isGenuine(report) ? null : h("p", { class: "caution" }, words.claimed),
    chart,
    h("div", { class: "dates" }, rows([words.from, from === undefined ? words.ever : day(from)], [words.until, until === undefined ? words.always : day(until)], [words.judged, moment(judged)])),
  );
}
