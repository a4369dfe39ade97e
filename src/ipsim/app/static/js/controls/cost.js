/** What a lever costs in the runs on the page. */

import { board } from "../catalogue.js";
import { STRENGTH } from "../policies.js";
import { signed, t } from "../words.js";

/**
 * Say what the edited alternative spends more under a lever than the baseline.
 *
 * @param {Object} one lever or dial of the catalogue
 * @param {Object} answer
 * @param {number} edited index of the alternative
 * @returns {string} empty where nothing is booked or nothing is known
 */
export function costOf(one, answer, edited) {
  const differences = answer.alternatives[edited]?.differences;
  const booked = bookedUnder(one).filter((name) => differences?.[name]);
  if (!booked.length) return "";
  const sum = booked.flatMap((name) => differences[name].mean).reduce((total, value) => total + (value ?? 0), 0);
  const gaps = { sum: signed(sum, booked[0]), first: answer.years[0], last: answer.years.at(-1) };
  return t(answer.sketch ? "board.cost_sketch" : "board.cost_found", gaps);
}

/* A dial is booked under what it moves; a lever under its own name, or that of its group. */
function bookedUnder(one) {
  let keys = one.members ?? [one.key];
  if (one.key === STRENGTH) keys = board().projects.flatMap((project) => project.levers.filter((lever) => lever.dial).map((lever) => lever.key));
  return [...new Set(keys.map(indicatorOf).filter(Boolean))];
}

function indicatorOf(key) {
  const parts = key.split(".").slice(1);
  for (let n = parts.length; n > 1; n--) {
    const name = `public_spending.${parts.slice(0, n).join(".")}`;
    if (name in board().indicators) return name;
  }
  return null;
}
