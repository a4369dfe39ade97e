/** The field on which a path is drawn with mouse, touch or pen. */

import { h, svg } from "../element.js";
import { YEARS, snapped } from "../paths.js";
import { FIRST_YEAR, LAST_YEAR } from "../store.js";
import { plain } from "../words.js";
import { buildDrawing, rangeOf } from "./drawing.js";

const HEIGHT = 130;

/**
 * Build the field.
 *
 * @param {Object} one lever or dial of the catalogue
 * @param {(values: Map<number, number>) => void} drawn told the value of each year that the pointer passed
 * @returns {{root: HTMLElement, refresh: (mine: number[], base: ?number[], isSloped: boolean) => void}}
 */
export function buildPathDrawing(one, drawn) {
  const drawing = buildDrawing(HEIGHT, "large");
  for (let i = 1; i < YEARS.length; i++) {
    const x = (300 * i) / YEARS.length;
    drawing.root.prepend(svg("path", { class: "path-grid", d: `M${x} 0V${HEIGHT}` }));
  }
  const [top, bottom, read] = [h("i.top"), h("i.bottom"), h("b.read")];
  // The fields below say and set the same for those who don't draw.
  const pad = h("div.pad", { "aria-hidden": "true" }, drawing.root, top, bottom, read);
  const axis = h("div.pad-axis", { "aria-hidden": "true" }, h("i", {}, FIRST_YEAR), h("i", {}, 2020), h("i", {}, 2025), h("i", {}, LAST_YEAR));
  let range = rangeOf(one);
  let last = null;

  const place = (event) => {
    const box = pad.getBoundingClientRect();
    const part = (event.clientX - box.left) / box.width;
    const index = Math.min(YEARS.length - 1, Math.max(0, Math.floor(part * YEARS.length)));
    const height = 1 - (event.clientY - box.top) / box.height;
    return { index, value: snapped(range.low + height * (range.high - range.low), one) };
  };
  const pass = (event) => {
    const here = place(event);
    drawn(between(last ?? here, here, one));
    last = here;
    read.textContent = `${YEARS[here.index]}: ${plain(here.value)}`;
  };
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    last = null;
    pass(event);
    event.preventDefault();
  });
  pad.addEventListener("pointermove", (event) => {
    if (pad.hasPointerCapture(event.pointerId)) pass(event);
  });
  const stop = () => {
    last = null;
    read.textContent = "";
  };
  pad.addEventListener("pointerup", stop);
  pad.addEventListener("pointercancel", stop);

  const refresh = (mine, base, isSloped) => {
    // The scale stands still while one draws.
    if (last === null) range = rangeOf(one, mine, base);
    drawing.show(mine, base, range, isSloped);
    top.textContent = plain(range.high);
    bottom.textContent = plain(range.low);
  };
  return { root: h("div.path-field", {}, pad, axis), refresh };
}

/** The years from one place of the pointer to the next; a quick stroke must not leave gaps. */
function between(from, to, one) {
  const values = new Map();
  const gap = Math.abs(to.index - from.index);
  for (let i = 0; i <= gap; i++) {
    const part = gap ? i / gap : 1;
    const index = from.index + Math.round(part * (to.index - from.index));
    values.set(YEARS[index], snapped(from.value + part * (to.value - from.value), one));
  }
  return values;
}
