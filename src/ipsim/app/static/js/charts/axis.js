// Frames of value axes: round ends and ticks, the same ends for what belongs together.

import { figure } from "../words.js";

const MINUS = "−";
const TICKS = 4;
const STEPS = [1, 2, 2.5, 5, 10];
// With few pairs an interval can be many times its line; what matters then is the line, not the ends.
const MOST_BAND = 4;

/**
 * Return a frame around the lines of a panel.
 * @param {import("./series.js").Panel} panel
 * @returns {{min: number, max: number, interval: number, cut: boolean}} `cut` when bands go beyond the frame
 */
export function frameOf(panel) {
  const mids = extent(panel.lines.map((line) => line.mid), panel.isDifference);
  const bands = extent(panel.lines.flatMap((line) => [line.low, line.high, line.mid]), panel.isDifference);
  if (!bands) return { min: 0, max: 1, interval: 1, cut: false };
  const room = (mids[1] - mids[0]) * MOST_BAND;
  const cut = panel.isDifference && room > 0 && bands[1] - bands[0] > room;
  const low = cut ? Math.max(bands[0], mids[0] - room / 3) : bands[0];
  const high = cut ? Math.min(bands[1], mids[1] + room / 3) : bands[1];
  return { ...rounded(fromNought(low, high), high), cut };
}

/* Levels begin at nought unless that would squeeze them into the upper half. */
function fromNought(low, high) {
  return low >= 0 && low < 0.5 * high ? 0 : low;
}

function extent(columns, withNought) {
  let low = withNought ? 0 : Infinity;
  let high = withNought ? 0 : -Infinity;
  for (const column of columns) {
    for (const value of column) {
      if (value === null) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : null;
}

function rounded(low, high) {
  if (low === high) return around(low);
  const rough = (high - low) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const interval = STEPS.find((step) => step * power >= rough * 0.999) * power;
  const whole = (value) => Number((Math.round(value / interval) * interval).toPrecision(12));
  return {
    min: whole(Math.floor(low / interval + 1e-9) * interval),
    max: whole(Math.ceil(high / interval - 1e-9) * interval),
    interval,
  };
}

function around(value) {
  const size = value === 0 ? 1 : Math.abs(value) / 2;
  return rounded(value - size, value + size);
}

/**
 * Return an axis number: short, in the way of the language.
 * @param {number} value
 * @param {"en"|"zh"} lang
 * @param {string} unit of the axis: one that counts in ten thousands already isn't shortened by them again
 * @returns {string}
 */
export function tick(value, lang, unit) {
  const size = Math.abs(value);
  if (size < 1e-12) return "0";
  const sign = value < 0 ? MINUS : "";
  if (size >= 1000 && /^[万亿]/.test(unit)) return sign + figure(size);
  if (lang === "zh" && size >= 1e8) return `${sign}${trimmed(size / 1e8)}亿`;
  if (lang === "zh" && size >= 1e4) return `${sign}${trimmed(size / 1e4)}万`;
  if (lang === "en" && size >= 1e6) return `${sign}${trimmed(size / 1e6)}m`;
  if (lang === "en" && size >= 1e4) return `${sign}${trimmed(size / 1e3)}k`;
  return sign + (size >= 1000 ? figure(size) : trimmed(size));
}

function trimmed(size) {
  return String(Number(size.toPrecision(4)));
}
