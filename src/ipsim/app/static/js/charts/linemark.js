// The mark of a scenario wherever it is named: colour, dash and marker as in the charts.

import { svg } from "../element.js";
import { DASHES, MARKERS } from "./palette.js";

const WIDTH = 26;
const HIGH = 12;
const MIDDLE = HIGH / 2;
const X = WIDTH / 2;

/**
 * Return the mark of a scenario.
 * @param {number} index 0 for the baseline
 * @returns {SVGElement}
 */
export function lineMark(index) {
  const dash = Array.isArray(DASHES[index]) ? DASHES[index].join(" ") : null;
  return svg(
    "svg",
    { class: `line-mark series-${index}`, width: WIDTH, height: HIGH, viewBox: `0 0 ${WIDTH} ${HIGH}`, "aria-hidden": "true" },
    svg("line", { x1: 0, x2: WIDTH, y1: MIDDLE, y2: MIDDLE, "stroke-dasharray": dash, "stroke-width": 2.2 }),
    marker(MARKERS[index], X, MIDDLE),
  );
}

/**
 * Return a marker of the charts as a shape of SVG, or null for none.
 * @param {string} kind
 * @param {number} x
 * @param {number} y
 * @param {number} [size] half of its width
 * @returns {SVGElement|null}
 */
export function marker(kind, x, y, size = 3.6) {
  const corners = {
    triangle: [[0, -size], [size, size], [-size, size]],
    diamond: [[0, -size - 0.6], [size + 0.6, 0], [0, size + 0.6], [-size - 0.6, 0]],
    rect: [[-size, -size], [size, -size], [size, size], [-size, size]],
  }[kind];
  if (kind === "circle") return svg("circle", { cx: x, cy: y, r: size });
  if (!corners) return null;
  return svg("polygon", { points: corners.map(([dx, dy]) => `${x + dx},${y + dy}`).join(" ") });
}
