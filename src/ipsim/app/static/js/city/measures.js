/** What enterprises can be sized and coloured by: values, scales and how they are written. */

import { get } from "../store.js";
import { figure, t } from "../words.js";

const money = (name) => (frames, at) => frames.money[frames.state[name][at]];
const count = (name) => (frames, at) => frames.state[name][at];
const rights = ({ state }, at) => state.inventions[at] + state.utility_models[at] + state.designs[at];
const score = ({ state }, at) => (state.quality[at] === 255 ? NaN : state.quality[at]);

/**
 * @typedef {Object} Measure
 * @property {(frames: import("./binary.js").Frames, at: number) => number} value NaN where there is none
 * @property {"money"|"money_quarter"|"patents"|"enterprises"|"score"|"filings_quarter"} unit
 */

/** @type {Object<string, Measure>} */
export const MEASURES = {
  patents: { value: rights, unit: "patents" },
  inventions: { value: count("inventions"), unit: "patents" },
  quality: { value: score, unit: "score" },
  debt: { value: money("debt"), unit: "money" },
  copied_by: { value: count("copied_by"), unit: "enterprises" },
  revenue: { value: money("revenue"), unit: "money_quarter" },
  research: { value: money("research"), unit: "money_quarter" },
  subsidy: { value: money("subsidy"), unit: "money_quarter" },
  filed: { value: count("filed"), unit: "filings_quarter" },
};

/** Steps of colour, besides the colour of nothing. */
export const SHADES = 10;

/**
 * Return the scale of a measure over a whole run: what the largest marks and darkest shades stand for.
 *
 * @param {import("./run.js").Run} run
 * @param {string} name
 * @returns {{low: number, high: number, log: boolean}} the 5th and 98th percentile of what is above nought
 */
export function scaleOf(run, name) {
  run.scales ??= {};
  return (run.scales[name] ??= measured(run, name));
}

function measured({ frames }, name) {
  if (name === "quality") return { low: 20, high: 80, log: false };
  const all = frames.state.flags.length;
  const step = Math.max(1, Math.floor(all / 20000));
  const found = [];
  for (let at = 0; at < all; at += step) {
    const value = MEASURES[name].value(frames, at);
    if (value > 0) found.push(value);
  }
  found.sort((a, b) => a - b);
  const at = (share) => found[Math.floor(share * (found.length - 1))] ?? 1;
  const whole = MEASURES[name].unit !== "money" && MEASURES[name].unit !== "money_quarter";
  const low = whole ? 1 : rounded(at(0.05));
  const high = Math.max(rounded(at(0.98)), whole ? 4 : 2 * low);
  return { low, high, log: true };
}

/* One significant digit, 1, 2 or 5: legends are read at a glance. */
function rounded(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = value / power;
  return (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10) * power;
}

/**
 * Return the shade of a value: 0 for nothing, up to `SHADES`; -1 for a value that is missing.
 *
 * @param {number} value
 * @param {{low: number, high: number, log: boolean}} scale
 * @returns {number}
 */
export function shadeOf(value, scale) {
  if (Number.isNaN(value)) return -1;
  if (value <= 0) return 0;
  const place = scale.log
    ? Math.log(value / scale.low) / Math.log(scale.high / scale.low)
    : (value - scale.low) / (scale.high - scale.low);
  return 1 + Math.round((SHADES - 1) * Math.min(1, Math.max(0, place)));
}

/**
 * Return the radius of a mark as a share of the largest: its area is as the value.
 *
 * @param {number} value
 * @param {{high: number}} scale
 * @returns {number} between 0.22 and 1
 */
export function radiusOf(value, scale) {
  const share = value > 0 ? Math.sqrt(Math.min(1, value / scale.high)) : 0;
  return 0.22 + 0.78 * share;
}

/**
 * Return a value as it is written, without its unit.
 *
 * @param {string} name of the measure
 * @param {number} value
 * @returns {string}
 */
export function written(name, value) {
  if (Number.isNaN(value)) return "–";
  const { unit } = MEASURES[name];
  if (unit !== "money" && unit !== "money_quarter") return figure(value);
  const shown = get().lang === "zh" ? 100 * value : value;
  const size = Math.abs(shown);
  return figure(shown, size >= 100 || Number.isInteger(shown) ? 0 : size >= 1 ? 1 : size >= 0.1 ? 2 : 3);
}

/**
 * Return the unit of a measure in the language of the page.
 *
 * @param {string} name
 * @returns {string}
 */
export function unitOf(name) {
  const { unit } = MEASURES[name];
  if (unit === "money") return t("board_city.money_unit");
  if (unit === "money_quarter") return t("board_city.money_quarter_unit");
  return t(`board_city.unit_${unit}`);
}
