/** Who foretold rightly; `ipsim.app.lessons.judging` does the same, and a test holds the two together. */

/**
 * Judge the choices of a prediction.
 *
 * @param {?number[]} cuts bounds between choices in percent of the baseline, rising; null for the sign
 * @param {{difference: ?number, low: ?number, high: ?number, base: ?number}} result
 * @returns {?{right: number, open: number[]}} the choice that the difference lies in, and those that its interval
 *   does not exclude; null when the runs say nothing
 */
export function judge(cuts, { difference, low, high, base }) {
  if (![difference, low, high].every(Number.isFinite)) return null;
  if (!cuts) {
    const right = low > 0 ? 2 : high < 0 ? 0 : 1;
    return { right, open: [right] };
  }
  if (!Number.isFinite(base) || base === 0) return null;
  const place = (value) => cuts.filter((cut) => cut <= (100 * value) / Math.abs(base)).length;
  const [first, last] = [place(low), place(high)];
  return { right: place(difference), open: Array.from({ length: last - first + 1 }, (_, i) => first + i) };
}
