// The chance of meeting the pattern: in the last year with its interval, and year by year.

import { h, svg } from "../element.js";
import { figure, t } from "../words.js";
import { DASHES, MARKERS } from "./palette.js";
import { nameOf } from "./series.js";
import { marker, lineMark } from "./linemark.js";

const WIDE = 340;
const HIGH = 150;
const LEFT = 46;
const TOP = 10;
const FOOT = 22;
const RIGHT = 12;

/** @returns {string} a share as percent */
export function percent(share) {
  return t("board_charts.percent", { n: figure(100 * share) });
}

/**
 * Return a row for each scenario: chance, interval, first year.
 * @param {object} answer
 * @param {number} front
 * @returns {HTMLElement}
 */
export function chancesOf(answer, front) {
  return h(
    "ul.chances",
    {},
    answer.pattern.map((one, index) => (one ? rowOf(answer, one, index, index === front) : null)),
  );
}

function rowOf(answer, one, index, isFront) {
  const range = { low: percent(one.low), high: percent(one.high), met: one.met, runs: one.runs };
  const first = one.first_year ? t("board_charts.first_met", { year: one.first_year }) : t("board_charts.never_met");
  return h(
    "li",
    { class: isFront ? "front" : null, data: { testid: "chance", index } },
    h("span.chance-name", {}, lineMark(index), nameOf(answer, index)),
    h("span.chance-value", {}, answer.sketch ? "–" : percent(one.share)),
    answer.sketch ? null : barOf(one, index),
    answer.sketch ? null : h("span.chance-range", {}, t("board_charts.chance_range", range)),
    h("span.chance-first", {}, answer.sketch ? t("board_charts.chance_sketch") : first),
    index && !answer.sketch ? shiftOf(answer.alternatives[index - 1].shift) : null,
  );
}

function barOf(one, index) {
  const place = (share) => `${(2 + 96 * share).toFixed(1)}%`;
  return svg(
    "svg",
    { class: `chance-bar series-${index}`, height: 14, "aria-hidden": "true" },
    svg("line", { class: "rail", x1: "2%", x2: "98%", y1: 7, y2: 7 }),
    svg("line", { class: "reach", x1: place(one.low), x2: place(one.high), y1: 7, y2: 7 }),
    svg("circle", { cx: place(one.share), cy: 7, r: 5 }),
  );
}

function shiftOf(shift) {
  if (!shift) return null;
  const { gained, lost } = shift;
  const key = gained + lost === 0 ? "none" : shift.p_value < 0.1 ? "sure" : "luck";
  return h("span.chance-shift", {}, t(`board_charts.shift_${key}`, { gained, lost }));
}

/**
 * Draw the share of the runs that meet the pattern, year by year.
 * @param {object} answer
 * @param {number} front
 * @param {string} label
 * @returns {SVGElement}
 */
export function chanceLines(answer, front, label) {
  const { years } = answer;
  const x = (i) => LEFT + ((WIDE - LEFT - RIGHT) * i) / Math.max(1, years.length - 1);
  const y = (share) => TOP + (HIGH - TOP - FOOT) * (1 - share);
  const ticks = [0, 0.5, 1].flatMap((share) => [
    svg("line", { class: "ring", x1: LEFT, x2: WIDE - RIGHT, y1: y(share), y2: y(share) }),
    svg("text", { class: "tick", x: LEFT - 6, y: y(share) + 4, "text-anchor": "end" }, percent(share)),
  ]);
  const shown = new Set([0, Math.floor((years.length - 1) / 2), years.length - 1]);
  const below = [...shown].map((i) => {
    const anchor = i === years.length - 1 ? "end" : "middle";
    return svg("text", { class: "tick", x: x(i), y: HIGH - 5, "text-anchor": anchor }, String(years[i]));
  });
  const order = answer.pattern.map((_, i) => i).sort((a, b) => (a === front) - (b === front));
  const lines = order.filter((i) => answer.pattern[i]).map((i) => lineOf(answer.pattern[i].by_year, i, x, y));
  const looks = { class: "chance-lines", viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": label };
  return svg("svg", looks, ticks, below, lines);
}

function lineOf(shares, index, x, y) {
  const points = shares.map((share, i) => `${x(i).toFixed(1)},${y(share ?? 0).toFixed(1)}`).join(" ");
  const dash = Array.isArray(DASHES[index]) ? DASHES[index].join(" ") : null;
  const marks = shares.map((share, i) => (i % 3 === index % 3 ? marker(MARKERS[index], x(i), y(share ?? 0), 3) : null));
  return svg("g", { class: `series-${index}` }, svg("polyline", { points, "stroke-dasharray": dash }), marks);
}
