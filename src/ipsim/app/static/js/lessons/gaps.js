/** Gaps in a lesson's text, filled from the answer, so that no figure in a text can go stale. */

import { board } from "../catalogue.js";
import { number, signed, t, unit } from "../words.js";
import { directionOf, resultOf } from "./results.js";

/**
 * Fill the gaps of a text.
 *
 * @param {Element} text
 * @param {?Object} answer null while there is none
 */
export function fillGaps(text, answer) {
  for (const gap of text.querySelectorAll(".lesson-gap")) {
    const result = answer && resultOf(answer, gap.dataset);
    gap.textContent = result ? said(gap.dataset.kind, result, gap.dataset.indicator) : "…";
    gap.title = result ? "" : t("board_lessons.gap_waiting");
    gap.classList.toggle("is-filled", Boolean(result));
  }
}

function said(kind, result, indicator) {
  if (kind === "base" || kind === "level") return withUnit(number(result[kind], indicator), unit(indicator));
  if (kind === "difference") return differenceWords(result.difference, indicator);
  if (kind === "direction") return t(`board_lessons.gap_${directionOf(result)}`);
  return t("board_lessons.interval", { low: signed(result.low, indicator), high: signed(result.high, indicator) });
}

/**
 * Return a difference with its unit: shares and scores differ by points.
 *
 * @param {?number} difference in the unit of the files
 * @param {string} indicator
 * @returns {string}
 */
export function differenceWords(difference, indicator) {
  return withUnit(signed(difference, indicator), pointsOf(indicator) ?? unit(indicator));
}

function pointsOf(indicator) {
  const own = board().indicators[indicator].unit.en;
  if (own === "%") return t("board_lessons.points");
  return own.endsWith("of 100") ? t("board_lessons.marks") : null;
}

function withUnit(figure, own) {
  return own === "%" ? `${figure}${own}` : t("board_lessons.with_unit", { figure, unit: own });
}
