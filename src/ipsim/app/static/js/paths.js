/** Levers over time: constants, steps by date and ramps, as the 60 quarters that the model reads, and back. */

import { FIRST_YEAR, LAST_YEAR } from "./store.js";

export const QUARTERS = 4 * (LAST_YEAR - FIRST_YEAR + 1);
/** Years of a path, first to last. */
export const YEARS = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, i) => FIRST_YEAR + i);

/**
 * @typedef {number|Object<string, number>|{ramp: Object<string, number>}} Path a lever as in a scenario file
 */

/**
 * Return the first quarter in which a step of this date counts: the one whose middle month it has reached.
 *
 * @param {string} date `2020` or `2020-07`
 * @returns {number} 0 is the first quarter of 2016; dates before count from then on
 */
export function quarterOf(date) {
  const [year, month = 1] = String(date).split("-").map(Number);
  return Math.max(0, 4 * (year - FIRST_YEAR) + Math.ceil((month - 2) / 3));
}

/**
 * Return the date that a step counting from this quarter bears.
 *
 * @param {number} quarter
 * @returns {string}
 */
export function dateOf(quarter) {
  const year = FIRST_YEAR + Math.floor(quarter / 4);
  return quarter % 4 === 0 ? String(year) : `${year}-${String(1 + 3 * (quarter % 4)).padStart(2, "0")}`;
}

/**
 * Return the first quarter of a year.
 *
 * @param {number} year
 * @returns {number}
 */
export function opening(year) {
  return 4 * (year - FIRST_YEAR);
}

/** @param {?Path} path @returns {boolean} whether it is a line through points */
export function isRamp(path) {
  return path !== null && typeof path === "object" && "ramp" in path;
}

/**
 * Return the value of a path in every quarter.
 *
 * @param {?Path} path null for what is below
 * @param {number[]} below what counts before the first step
 * @returns {number[]}
 */
export function quartersOf(path, below) {
  if (path === null || path === undefined) return below.slice();
  if (typeof path === "number") return new Array(QUARTERS).fill(path);
  if (isRamp(path)) return rampQuarters(path.ramp);
  const found = below.slice();
  for (const [quarter, value] of inOrder(path, quarterOf)) found.fill(value, quarter);
  return found;
}

function rampQuarters(points) {
  const marks = inOrder(points, momentOf);
  return Array.from({ length: QUARTERS }, (_, quarter) => {
    const moment = quarter / 4;
    const next = marks.findIndex(([at]) => at >= moment);
    if (next === 0) return marks[0][1];
    if (next < 0) return marks.at(-1)[1];
    const [[a, before], [b, after]] = [marks[next - 1], marks[next]];
    return before + ((after - before) * (moment - a)) / (b - a);
  });
}

function momentOf(date) {
  const [year, month = 1] = String(date).split("-").map(Number);
  return year - FIRST_YEAR + (month - 1) / 12;
}

function inOrder(dated, at) {
  return Object.entries(dated)
    .map(([date, value]) => [at(date), value])
    .sort((a, b) => a[0] - b[0]);
}

/**
 * Return the shortest path that gives these quarters over what is below.
 *
 * @param {number[]} quarters
 * @param {number[]} below
 * @returns {?Path} null when nothing differs from below; a number when one value holds throughout
 */
export function stepsOf(quarters, below) {
  const first = quarters.findIndex((value, i) => !same(value, below[i]));
  if (first < 0) return null;
  if (quarters.every((value) => same(value, quarters[0]))) return quarters[0];
  const steps = {};
  for (let i = first; i < QUARTERS; i++) {
    if (i === first || !same(quarters[i], quarters[i - 1])) steps[dateOf(i)] = quarters[i];
  }
  return steps;
}

/** @param {number} a @param {number} b @returns {boolean} whether two values are the same but for rounding */
export function same(a, b) {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

/**
 * Hold one value from a year on.
 *
 * @param {number[]} quarters
 * @param {number} year
 * @param {number} value
 * @returns {number[]}
 */
export function heldFrom(quarters, year, value) {
  return quarters.slice().fill(value, opening(year));
}

/**
 * Set the value of one year.
 *
 * @param {number[]} quarters
 * @param {number} year
 * @param {number} value
 * @returns {number[]}
 */
export function withYear(quarters, year, value) {
  return quarters.slice().fill(value, opening(year), opening(year) + 4);
}

/**
 * Return the value at the beginning of each year.
 *
 * @param {number[]} quarters
 * @returns {number[]}
 */
export function yearly(quarters) {
  return YEARS.map((year) => quarters[opening(year)]);
}

/**
 * Return points of a line that follow the quarters: where the value bends or jumps at a beginning of a year.
 *
 * @param {number[]} quarters
 * @returns {{ramp: Object<string, number>}}
 */
export function rampOf(quarters) {
  const values = yearly(quarters);
  const points = {};
  values.forEach((value, i) => {
    const isEnd = i === 0 || i === values.length - 1;
    const goesOn = !isEnd && same(value - values[i - 1], values[i + 1] - value);
    if (isEnd || !goesOn) points[YEARS[i]] = value;
  });
  return { ramp: points };
}

/**
 * Return the one year from which a changed path holds one value, if that is all it does.
 *
 * @param {?Path} path
 * @returns {?number}
 */
export function sinceYear(path) {
  if (typeof path === "number") return FIRST_YEAR;
  if (path === null || path === undefined || isRamp(path)) return null;
  const dates = Object.keys(path);
  return dates.length === 1 && /^\d{4}$/.test(dates[0]) ? Number(dates[0]) : null;
}

/**
 * Return a value on the grid of a control, within its bounds.
 *
 * @param {number} value
 * @param {{low: number, high: number, step: number}} one
 * @returns {number}
 */
export function snapped(value, { low, high, step }) {
  const near = low + Math.round((value - low) / step) * step;
  return Number(Math.min(high, Math.max(low, near)).toPrecision(12));
}
