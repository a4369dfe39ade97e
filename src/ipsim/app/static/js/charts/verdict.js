// How sure a difference is, in words and a shape; never by colour alone.

import { h, svg } from "../element.js";
import { t } from "../words.js";

/**
 * Say how sure a difference is.
 * @param {{difference: number|null, low: number|null, high: number|null, pairs: number}} one
 * @returns {"more"|"less"|"open"|"same"|"one"|"none"}
 */
export function verdictOf(one) {
  if (one.difference === null || one.difference === undefined) return "none";
  if (one.difference === 0 && (one.low === null || one.low === one.high)) return "same";
  if (one.low === null) return "one";
  if (one.low > 0) return "more";
  return one.high < 0 ? "less" : "open";
}

/** @returns {boolean} whether the interval leaves out nought */
export function isSure(one) {
  return ["more", "less"].includes(verdictOf(one));
}

const SHAPES = {
  more: "M6 1 L11 10 L1 10 Z",
  less: "M6 11 L11 2 L1 2 Z",
  open: "M1 5 Q3.5 1.5 6 5 T11 5 M1 9 Q3.5 5.5 6 9 T11 9",
  same: "M1 4 H11 M1 8 H11",
  one: "M6 2 V7 M6 9.5 V10.5",
  none: "M2 6 H10",
};

/**
 * Return the verdict as a label.
 * @param {"more"|"less"|"open"|"same"|"one"|"none"} verdict
 * @returns {HTMLElement}
 */
export function verdictLabel(verdict) {
  const looks = { width: 12, height: 12, viewBox: "0 0 12 12", "aria-hidden": "true" };
  const picture = svg("svg", looks, svg("path", { d: SHAPES[verdict] }));
  return h(`span.verdict.${verdict}`, { data: { verdict } }, picture, t(`board_charts.verdict_${verdict}`));
}
