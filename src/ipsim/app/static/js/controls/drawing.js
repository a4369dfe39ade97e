/** Small drawings of paths: the alternative's over the baseline's, 2016 to 2030. */

import { svg } from "../element.js";
import { QUARTERS } from "../paths.js";

const WIDTH = 300;

/**
 * Return the line of a path as SVG draws it: flat in each quarter, or from point to point.
 *
 * @param {number[]} quarters
 * @param {{low: number, high: number}} range
 * @param {number} height
 * @param {boolean} isSloped
 * @returns {string}
 */
export function lineOf(quarters, { low, high }, height, isSloped) {
  const y = (value) => (height - 2 - ((value - low) / (high - low || 1)) * (height - 4)).toFixed(1);
  const x = (quarter) => ((quarter / QUARTERS) * WIDTH).toFixed(1);
  let d = `M0 ${y(quarters[0])}`;
  for (let i = 1; i < QUARTERS; i++) {
    if (isSloped) d += `L${x(i)} ${y(quarters[i])}`;
    else if (quarters[i] !== quarters[i - 1]) d += `H${x(i)}V${y(quarters[i])}`;
  }
  return `${d}H${WIDTH}`;
}

/**
 * Make a drawing of two paths.
 *
 * @param {number} height in the units of the drawing, 300 wide
 * @param {string} kind a class for its looks
 * @returns {{root: SVGElement, show: (mine: number[], base: ?number[], range: {low: number, high: number}, isSloped: boolean) => void}}
 */
export function buildDrawing(height, kind) {
  const base = svg("path", { class: "path-base" });
  const mine = svg("path", { class: "path-mine" });
  const root = svg(
    "svg",
    { class: `path-drawing ${kind}`, viewBox: `0 0 ${WIDTH} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    base,
    mine,
  );
  const show = (own, other, range, isSloped) => {
    mine.setAttribute("d", lineOf(own, range, height, isSloped));
    base.setAttribute("d", other ? lineOf(other, range, height, false) : "");
  };
  return { root, show };
}

/**
 * Return the range that a drawing needs: that of the slider, and more when a path goes beyond it.
 *
 * @param {Object} one lever or dial of the catalogue
 * @param {...?number[]} paths
 * @returns {{low: number, high: number}}
 */
export function rangeOf(one, ...paths) {
  const all = paths.flatMap((path) => path ?? []);
  return { low: Math.min(one.slider.low, ...all), high: Math.max(one.slider.high, ...all) };
}
