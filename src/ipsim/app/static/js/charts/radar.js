// The six-sided pattern: one axis an index, nought in the middle, 100 at the rim, the mark that all must reach.

import { board } from "../catalogue.js";
import { svg } from "../element.js";
import { figure, words } from "../words.js";
import { DASHES, MARKERS } from "./palette.js";
import { marker } from "./linemark.js";

const X = 240;
const Y = 168;
const RIM = 118;
const RINGS = [20, 40, 80, 100];

/**
 * Draw the pattern of all scenarios in one year.
 * @param {object} answer
 * @param {number} front index of the scenario that is in front and has a band
 * @param {number} year place of the year
 * @param {string} label
 * @returns {SVGElement}
 */
export function radarOf(answer, front, year, label) {
  const { six, met } = board().pattern;
  const order = answer.pattern.map((_, i) => i).sort((a, b) => (a === front) - (b === front));
  return svg(
    "svg",
    { class: "radar", viewBox: "0 0 480 336", role: "img", "aria-label": label },
    RINGS.map((ring) => svg("polygon", { class: "ring", points: corners(six.map(() => ring)) })),
    six.map((_, i) => svg("line", { class: "spoke", x1: X, y1: Y, ...end(i, six.length) })),
    bandOf(answer.pattern[front], front, year),
    svg("polygon", { class: "met", points: corners(six.map(() => met)) }),
    svg("text", { class: "met-label", x: X + 4, y: Y - (RIM * met) / 100 - 4 }, figure(met)),
    order.map((index) => shapeOf(answer.pattern[index], index, year, index === front)),
    six.map((key, i) => labelOf(key, i, answer.pattern[front], year)),
  );
}

function at(i, value, count = 6) {
  const angle = (2 * Math.PI * i) / count - Math.PI / 2;
  const far = (RIM * (value ?? 0)) / 100;
  return [X + far * Math.cos(angle), Y + far * Math.sin(angle)];
}

function end(i, count) {
  const [x2, y2] = at(i, 100, count);
  return { x2, y2 };
}

function corners(values) {
  return values.map((value, i) => at(i, value, values.length).map((one) => one.toFixed(1)).join(",")).join(" ");
}

function valuesOf(pattern, kind, year) {
  return board().pattern.six.map((key) => pattern?.six[key]?.[kind][year] ?? null);
}

function bandOf(pattern, index, year) {
  const [low, high] = ["low", "high"].map((kind) => corners(valuesOf(pattern, kind, year)));
  return svg("path", { class: `band series-${index}`, d: `M${high}Z M${low}Z`, "fill-rule": "evenodd" });
}

function shapeOf(pattern, index, year, isFront) {
  const values = valuesOf(pattern, "median", year);
  const dash = Array.isArray(DASHES[index]) ? DASHES[index].join(" ") : null;
  const marks = values.map((value, i) => marker(MARKERS[index], ...at(i, value), 3.4));
  const shape = svg("polygon", { class: "shape", points: corners(values), "stroke-dasharray": dash });
  return svg("g", { class: `series-${index}${isFront ? " front" : ""}` }, shape, marks);
}

function labelOf(key, i, pattern, year) {
  const [x, y] = at(i, 112);
  const anchor = Math.abs(x - X) < 5 ? "middle" : x > X ? "start" : "end";
  const drop = y < Y - 60 ? -12 : y > Y + 60 ? 12 : 0;
  const value = figure(pattern?.six[key]?.median[year] ?? null);
  return svg(
    "text",
    { class: "axis-label", "text-anchor": anchor },
    svg("tspan", { x, y: y + drop - 2 }, words(board().indicators[key].words)),
    svg("tspan", { class: "axis-value", x, y: y + drop + 13 }, value),
  );
}
