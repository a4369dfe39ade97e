/** What is said beside a lever: from when it holds, what it follows, and how an amount reads. */

import { h } from "../element.js";
import { opening, same } from "../paths.js";
import { STRENGTH, SUBSIDIES, heldSince, ownPath, startOf, subsidised } from "../policies.js";
import { get } from "../store.js";
import { plain, t } from "../words.js";

/**
 * Say millions as Chinese offices read them: 200 is 2亿元.
 *
 * @param {Object} one lever or dial of the catalogue
 * @param {number} value
 * @returns {string} empty in English and for other units
 */
export function reading(one, value) {
  if (get().lang !== "zh" || one.unit.en !== "RMB million") return "";
  const amount = value >= 100 ? plain(value / 100) + t("board.hundred_million") : plain(value * 100) + t("board.ten_thousand");
  return value ? t("board.reading", { amount }) : "";
}

/**
 * Return the marks of a lever.
 *
 * @param {import("../store.js").Policy} policy the edited one
 * @param {Object} one lever or dial of the catalogue
 * @param {number[]} quarters its values
 * @param {boolean} isChanged whether they differ from the baseline's
 * @returns {HTMLElement[]}
 */
export function noteOf(policy, one, quarters, isChanged) {
  const { from } = get();
  const later = quarters.slice(opening(from));
  const notes = [];
  if (one.dial && ownPath(policy, one.key) === null && startOf(policy).levers[one.key].follows_dial) notes.push(t("board.follows_dial"));
  if (subsidised(one.key) && policy.subsidies !== undefined && ownPath(policy, one.key) === null) notes.push(t("board.follows_subsidies"));
  const alone = (one.members ?? []).filter((key) => ownPath(policy, key) !== null).length;
  if (alone) notes.push(t("board.members_set", { n: alone }));
  if (isChanged) {
    const since = heldSince(policy, one.key);
    notes.push(since ? t("board.changed_from", { year: since }) : t("board.changed_path"));
  } else if (one.key !== SUBSIDIES && one.key !== STRENGTH && later.some((value) => !same(value, later[0]))) {
    notes.push(t("board.varies"));
  }
  return notes.map((text) => h("span.chip", {}, text));
}
