/** Single results out of an answer: a year of an indicator, or a headline number. */

/**
 * @typedef {Object} Result in the unit of the files; missing figures are null
 * @property {?number} base
 * @property {?number} level of the alternative
 * @property {?number} difference
 * @property {?number} low
 * @property {?number} high
 */

/**
 * Return a result of an answer.
 *
 * @param {Object} answer
 * @param {{outcome: string, year: ?(number|string), alternative: number|string}} asked without year for a headline
 *   number, which sums the years up
 * @returns {?Result} null when the answer does not hold it
 */
export function resultOf(answer, { outcome, year, alternative }) {
  const place = Number(alternative);
  const one = answer.alternatives[place - 1];
  if (!one) return null;
  if (year === null || year === undefined) return headlineOf(one.headline?.[outcome]);
  const at = answer.years.indexOf(Number(year));
  const change = one.differences[outcome];
  if (at < 0 || !change) return null;
  const level = (i) => answer.scenarios[i].levels[outcome]?.median[at] ?? null;
  const [difference, low, high] = [change.mean[at], change.low[at], change.high[at]];
  return { base: level(0), level: level(place), difference, low, high };
}

function headlineOf(number) {
  if (!number) return null;
  const { base, alternative, difference, low, high } = number;
  return { base, level: alternative, difference, low, high };
}

/**
 * Return which way a result goes, as far as its interval tells.
 *
 * @param {Result} result
 * @returns {"up"|"down"|"unsure"}
 */
export function directionOf({ low, high }) {
  if (Number.isFinite(low) && low > 0) return "up";
  return Number.isFinite(high) && high < 0 ? "down" : "unsure";
}
