/** Painting the enterprises of a moment: marks by shade and shape, links, and what is pointed at. */

import { CLOSED, COPIES, FAILED, placeOf } from "./binary.js";
import { MEASURES, SHADES, radiusOf, scaleOf, shadeOf } from "./measures.js";

/** Quarters for which the end of an enterprise stays in sight. */
export const REMEMBERED = 4;
const FULL = 2 * Math.PI;
const SMALL = 1.3;

/**
 * @typedef {Object} Look what the picture shows
 * @property {string} size name of a measure, or `equal`
 * @property {string} colour name of a measure
 * @property {"selected"|"all"|"none"} links
 * @property {number} selected enterprise, or -1
 * @property {number} hovered enterprise, or -1
 */

/**
 * Reckon how each enterprise looks in a quarter.
 *
 * @param {import("./run.js").Run} run
 * @param {number} quarter
 * @param {Look} look
 * @returns {{radius: Float32Array, shade: Int8Array, shape: Uint8Array}} shape: 0 absent, 1 plain, 2 infringed,
 *   3 failed, 4 closed; 8 is added for one that copies
 */
export function looksIn(run, quarter, look) {
  const { frames } = run;
  const radius = new Float32Array(frames.count);
  const shade = new Int8Array(frames.count);
  const shape = new Uint8Array(frames.count);
  const sizes = look.size === "equal" ? null : { of: MEASURES[look.size].value, scale: scaleOf(run, look.size) };
  const colours = { of: MEASURES[look.colour].value, scale: scaleOf(run, look.colour) };
  const { last, status } = frames.life;
  const { flags, copied_by } = frames.state;
  for (let n = 0; n < frames.count; n++) {
    const at = placeOf(frames, n, quarter);
    const ended = status[n] !== 1 && quarter >= last[n];
    if (ended && quarter <= last[n] + REMEMBERED) {
      shape[n] = status[n] === FAILED ? 3 : status[n] === CLOSED ? 4 : 0;
      radius[n] = 0.45;
    } else if (at >= 0) {
      radius[n] = sizes ? radiusOf(sizes.of(frames, at), sizes.scale) : 0.6;
      shade[n] = shadeOf(colours.of(frames, at), colours.scale);
      shape[n] = (copied_by[at] > 0 ? 2 : 1) + (flags[at] & COPIES ? 8 : 0);
    }
  }
  return { radius, shade, shape };
}

/**
 * Paint a moment between two quarters.
 *
 * @param {CanvasRenderingContext2D} pen with one unit a pixel of the page
 * @param {import("./layout.js").Layout} layout
 * @param {Object} before looks of the quarter
 * @param {Object} after looks of the next
 * @param {number} part of the way from one to the other, 0 to 1
 * @param {import("./colours.js").Colours} colours
 */
export function paintMarks(pen, layout, before, after, part, colours) {
  const largest = 0.48 * layout.pitch;
  const groups = Array.from({ length: 2 * (SHADES + 2) }, () => []);
  const [failed, closed, copying] = [[], [], []];
  for (let n = 0; n < layout.x.length; n++) {
    const shape = (part < 0.5 ? before : after).shape[n];
    if (shape === 0) continue;
    if ((shape & 7) === 3) failed.push(n);
    else if ((shape & 7) === 4) closed.push(n);
    else {
      const shade = (part < 0.5 ? before : after).shade[n];
      groups[2 * (shade + 1) + ((shape & 7) === 2 ? 1 : 0)].push(n);
      if (shape & 8) copying.push(n);
    }
  }
  const radius = (n) => largest * mixed(before, after, n, part);
  groups.forEach((group, number) => paintGroup(pen, layout, group, number, radius, colours));
  paintEnds(pen, layout, failed, closed, largest, colours);
  paintCopiers(pen, layout, copying, radius, colours);
}

function mixed(before, after, n, part) {
  if (before.shape[n] === 0) return after.radius[n] * part;
  if (after.shape[n] === 0) return before.radius[n] * (1 - part);
  return before.radius[n] + part * (after.radius[n] - before.radius[n]);
}

/* One path a shade: thousands of marks are filled in a few strokes. */
function paintGroup(pen, { x, y }, group, number, radius, colours) {
  if (!group.length) return;
  const shade = Math.floor(number / 2) - 1;
  const isInfringed = number % 2 === 1;
  pen.beginPath();
  for (const n of group) {
    const r = radius(n);
    if (isInfringed) {
      diamond(pen, x[n], y[n], Math.max(1.25 * r, 2));
    } else if (r < SMALL) {
      // Too small for the eye to tell from a circle, and much sooner painted.
      pen.rect(x[n] - 0.9 * r, y[n] - 0.9 * r, 1.8 * r, 1.8 * r);
    } else {
      pen.moveTo(x[n] + r, y[n]);
      pen.arc(x[n], y[n], r, 0, FULL);
    }
  }
  if (shade < 0) {
    pen.lineWidth = 0.8;
    pen.strokeStyle = colours.muted;
    pen.stroke();
    return;
  }
  pen.fillStyle = colours.shades[shade];
  pen.fill();
  if (isInfringed) {
    pen.lineWidth = 1;
    pen.strokeStyle = colours.bad;
    pen.stroke();
  }
}

/** Draw the outline of the mark of an infringed enterprise. */
export function diamond(pen, x, y, r) {
  pen.moveTo(x, y - r);
  pen.lineTo(x + r, y);
  pen.lineTo(x, y + r);
  pen.lineTo(x - r, y);
  pen.closePath();
}

function paintEnds(pen, { x, y }, failed, closed, largest, colours) {
  const arm = 0.62 * largest;
  pen.lineWidth = Math.max(1, 0.22 * largest);
  pen.beginPath();
  for (const n of failed) cross(pen, x[n], y[n], arm);
  pen.strokeStyle = colours.bad;
  pen.stroke();
  pen.lineWidth = 0.8;
  pen.beginPath();
  for (const n of closed) {
    pen.moveTo(x[n] - arm, y[n]);
    pen.lineTo(x[n] + arm, y[n]);
  }
  pen.strokeStyle = colours.muted;
  pen.stroke();
}

/** Draw the mark of an enterprise that failed. */
export function cross(pen, x, y, arm) {
  pen.moveTo(x - arm, y - arm);
  pen.lineTo(x + arm, y + arm);
  pen.moveTo(x + arm, y - arm);
  pen.lineTo(x - arm, y + arm);
}

function paintCopiers(pen, { x, y }, copying, radius, colours) {
  pen.beginPath();
  for (const n of copying) {
    const r = Math.max(0.35 * radius(n), 0.9);
    pen.moveTo(x[n] + r, y[n]);
    pen.arc(x[n], y[n], r, 0, FULL);
  }
  pen.fillStyle = colours.bad;
  pen.fill();
}

/**
 * Paint all supply links of a year, faintly.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {import("./layout.js").Layout} layout
 * @param {import("./binary.js").Frames} frames
 * @param {number} quarter
 * @param {import("./colours.js").Colours} colours
 */
export function paintAllLinks(pen, layout, frames, quarter, colours) {
  pen.globalAlpha = 0.16;
  paintSpans(pen, layout, frames.supply, quarter, -1, colours.muted, 0.5);
  pen.globalAlpha = 1;
}

/**
 * Paint the links of the selected under the marks.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {import("./layout.js").Layout} layout
 * @param {import("./binary.js").Frames} frames
 * @param {number} quarter
 * @param {Look} look
 * @param {import("./colours.js").Colours} colours
 */
export function paintLinks(pen, layout, frames, quarter, look, colours) {
  if (look.links === "none" || look.selected < 0) return;
  pen.globalAlpha = 0.85;
  paintSpans(pen, layout, frames.supply, quarter, look.selected, colours.accent, 1.3);
  pen.setLineDash([4, 3]);
  paintSpans(pen, layout, frames.copy, quarter, look.selected, colours.bad, 1.5);
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

function paintSpans(pen, { x, y }, links, quarter, selected, colour, width) {
  const { from, to, first, last } = links;
  pen.beginPath();
  for (let n = 0; n < from.length; n++) {
    if (quarter < first[n] || quarter > last[n]) continue;
    if (selected >= 0 && from[n] !== selected && to[n] !== selected) continue;
    const bend = 0.15 * (x[to[n]] - x[from[n]]);
    pen.moveTo(x[from[n]], y[from[n]]);
    pen.quadraticCurveTo((x[from[n]] + x[to[n]]) / 2, (y[from[n]] + y[to[n]]) / 2 - Math.abs(bend), x[to[n]], y[to[n]]);
  }
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}
