// A difference with its interval as a little bar that always shows nought.

import { svg } from "../element.js";

const HIGH = 26;
const MIDDLE = 10;

/**
 * Draw an interval.
 * @param {{difference: number, low: number|null, high: number|null}} one
 * @param {boolean} isSure whether the interval leaves out nought
 * @returns {SVGElement}
 */
export function intervalBar(one, isSure) {
  const ends = [0, one.difference, one.low, one.high].filter(Number.isFinite);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = (high - low || 1) * 0.08;
  const place = (value) => `${((100 * (value - low + room)) / (high - low + 2 * room)).toFixed(2)}%`;
  const parts = [
    svg("line", { class: "rail", x1: "0%", x2: "100%", y1: MIDDLE, y2: MIDDLE }),
    svg("line", { class: "nought", x1: place(0), x2: place(0), y1: 0, y2: 2 * MIDDLE }),
    svg("text", { x: place(0), y: HIGH, "text-anchor": "middle" }, "0"),
  ];
  if (Number.isFinite(one.low) && one.low !== one.high) {
    parts.push(svg("line", { class: "reach", x1: place(one.low), x2: place(one.high), y1: MIDDLE, y2: MIDDLE }));
    for (const end of [one.low, one.high]) {
      parts.push(svg("line", { class: "end", x1: place(end), x2: place(end), y1: MIDDLE - 5, y2: MIDDLE + 5 }));
    }
  }
  parts.push(svg("circle", { cx: place(one.difference), cy: MIDDLE, r: 5 }));
  const looks = { class: `interval ${isSure ? "sure" : "unsure"}`, height: HIGH + 2, "aria-hidden": "true" };
  return svg("svg", looks, ...parts);
}
