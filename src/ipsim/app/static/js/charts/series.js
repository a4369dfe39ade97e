// What a panel shows, taken out of an answer: values in the unit of the page's language.

import { board } from "../catalogue.js";
import { unit, words } from "../words.js";
import { get } from "../store.js";

/**
 * @typedef {object} Line one scenario in one panel; missing values are null
 * @property {number} index 0 for the baseline, then the alternatives
 * @property {string} name
 * @property {(number|null)[]} mid
 * @property {(number|null)[]} low
 * @property {(number|null)[]} high
 */

/**
 * @typedef {object} Panel
 * @property {string} indicator
 * @property {string} title
 * @property {string} unit
 * @property {boolean} isDifference
 * @property {Line[]} lines
 * @property {Line[]} levels medians and ranges, whatever the lines show
 * @property {number} front index of the line that is drawn in front
 */

/** @returns {"difference"|"level"} what can be shown: an answer without alternatives has no differences */
export function shownAs(answer, show) {
  return show === "difference" && answer.alternatives.length ? "difference" : "level";
}

/**
 * Return the name of a scenario of an answer, the baseline first.
 * @param {object} answer
 * @param {number} index
 * @returns {string}
 */
export function nameOf(answer, index) {
  return words(answer.scenarios[index]?.title);
}

/**
 * Return the panels of a chart.
 * @param {{panels: {indicators: string[], kind: string, words: object|null}[]}} chart of the catalogue
 * @param {object} answer
 * @param {"difference"|"level"} show
 * @param {number} edited index of the alternative that is edited
 * @returns {Panel[]}
 */
export function panelsOf(chart, answer, show, edited) {
  const there = chart.panels.filter((one) => one.kind === "line" && answer.scenarios[0].levels[one.indicators[0]]);
  const how = shownAs(answer, show);
  return there.map(({ indicators: [indicator], words: title }) => ({
    indicator,
    title: words(title ?? board().indicators[indicator].words),
    unit: unit(indicator),
    isDifference: how === "difference",
    lines: how === "difference" ? differences(answer, indicator) : levels(answer, indicator),
    levels: levels(answer, indicator),
    front: Math.min(edited + 1, answer.scenarios.length - 1),
  }));
}

function differences(answer, indicator) {
  const scale = factorOf(indicator);
  return answer.alternatives.map((one, i) => {
    const found = one.differences[indicator];
    return lineOf(i + 1, nameOf(answer, i + 1), found?.mean, found?.low, found?.high, answer.years, scale);
  });
}

function levels(answer, indicator) {
  const scale = factorOf(indicator);
  return answer.scenarios.map((one, i) => {
    const found = one.levels[indicator];
    return lineOf(i, nameOf(answer, i), found?.median, found?.low, found?.high, answer.years, scale);
  });
}

function lineOf(index, name, mid, low, high, years, scale) {
  const scaled = (values) =>
    years.map((_, i) => (values && Number.isFinite(values[i]) ? values[i] * scale : null));
  return { index, name, mid: scaled(mid), low: scaled(low), high: scaled(high) };
}

/** @returns {number} by what a figure of the files is multiplied for the page's language */
export function factorOf(indicator) {
  return board().indicators[indicator].factor[get().lang];
}

/** @returns {number} decimals worth showing of an indicator in the page's language */
export function decimalsOf(indicator) {
  return board().indicators[indicator].decimals[get().lang];
}

/**
 * Return the first year in which an alternative differs from the baseline in anything: with the same luck,
 * nothing differs before the policies do. Null when that is the first year or never.
 * @param {object} answer
 * @param {number} edited index of the alternative
 * @returns {number|null} place of the year
 */
export function departure(answer, edited) {
  const all = Object.values(answer.alternatives[edited]?.differences ?? {});
  const place = answer.years.findIndex((_, i) => all.some((one) => one.mean[i]));
  return place > 0 ? place : null;
}
