// Horizontal bars with intervals, a row each: labels and numbers are text, the bars are drawn beside them.

import { h, svg } from "../element.js";

const HIGH = 22;
const THICK = 12;
const TOP = (HIGH - THICK) / 2;
const MIDDLE = HIGH / 2;

/**
 * @typedef {object} Bar
 * @property {string} label
 * @property {number} from where the bar begins, in the unit shown
 * @property {number} to where it ends; as `from` for a level, drawn as a dot
 * @property {number|null} [low] lower end of its interval, laid about `to`
 * @property {number|null} [high]
 * @property {string} text the number, as it stands beside the bar
 * @property {boolean} [isSure] hollow if not
 * @property {boolean} [isRest] what is left over: hatched
 */

/**
 * Draw bars on one scale.
 * @param {Bar[]} rows
 * @param {{zero?: boolean, label?: string}} [options] `zero` keeps nought on the scale and marks it
 * @returns {HTMLElement}
 */
export function barsOf(rows, { zero = true, label = "" } = {}) {
  const place = scaleOf(rows, zero);
  return h(
    "ul.amount-bars",
    { "aria-label": label || null },
    rows.map((row) =>
      h(
        "li",
        { class: row.from === row.to && !zero ? "level" : null },
        h("span.bar-label", {}, row.label),
        drawn(row, place, zero),
        h("span.bar-text", {}, row.text),
      ),
    ),
  );
}

function scaleOf(rows, zero) {
  const all = rows.flatMap((row) => [row.from, row.to, row.low, row.high]).filter(Number.isFinite);
  if (zero) all.push(0);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = (high - low || Math.abs(high) || 1) * 0.04;
  return (value) => `${((100 * (value - low + room)) / (high - low + 2 * room)).toFixed(2)}%`;
}

function drawn(row, place, zero) {
  const looks = ["amount-bar", row.to < row.from ? "less" : "more"];
  if (row.isSure === false) looks.push("unsure");
  if (row.isRest) looks.push("rest");
  const [left, right] = [Math.min(row.from, row.to), Math.max(row.from, row.to)];
  const wide = `${(parseFloat(place(right)) - parseFloat(place(left))).toFixed(2)}%`;
  const isDot = row.from === row.to;
  return svg(
    "svg",
    { class: "bar-picture", height: HIGH, "aria-hidden": "true" },
    zero ? svg("line", { class: "nought", x1: place(0), x2: place(0), y1: 0, y2: HIGH }) : null,
    isDot
      ? svg("circle", { class: "dot", cx: place(row.to), cy: MIDDLE, r: 5 })
      : svg("rect", { class: looks.join(" "), x: place(left), y: TOP, width: wide, height: THICK }),
    Number.isFinite(row.low) && row.low !== row.high ? whisker(row, place) : null,
  );
}

function whisker(row, place) {
  const end = (value) => svg("line", { x1: place(value), x2: place(value), y1: MIDDLE - 4, y2: MIDDLE + 4 });
  const line = svg("line", { x1: place(row.low), x2: place(row.high), y1: MIDDLE, y2: MIDDLE });
  return svg("g", { class: "whisker" }, line, end(row.low), end(row.high));
}
