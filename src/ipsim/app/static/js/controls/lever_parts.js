/** The elements that a lever is made of. */

import { h } from "../element.js";
import { STRENGTH } from "../policies.js";
import { FIRST_YEAR, LAST_YEAR } from "../store.js";
import { t, words } from "../words.js";
import { buildDrawing } from "./drawing.js";

const DRAWN = 34;
let made = 0;

/**
 * Make the elements of a lever.
 *
 * @param {Object} one lever or dial of the catalogue
 * @param {boolean} isDial
 * @returns {Object<string, HTMLElement>} root, and the parts in it that change
 */
export function partsOf(one, isDial) {
  const id = `lever-${++made}`;
  const name = words(one.words);
  const range = h("input", { type: "range", id: `${id}-range`, "aria-label": name, step: one.step });
  const number = numberOf(one, id);
  const unit = h("span.unit");
  const fault = h("p.fault", { id: `${id}-fault`, role: "alert", hidden: true });
  const note = h("span.lever-note");
  const reset = h("button.icon", { type: "button", title: t("board.reset"), "aria-label": t("board.reset_of", { name }) }, "↺");
  const drawing = buildDrawing(DRAWN, "small");
  const editor = h("div.path-place", { id: `${id}-path` });
  const opener = openerOf(one, `${id}-path`, drawing);
  const found = h("span.cost-found");
  const root = h(
    isDial ? "div.lever.dial" : "div.lever",
    { data: { testid: "lever", key: one.key } },
    h("div.lever-head", {}, h("label", { for: `${id}-range`, title: words(one.meaning) }, name), h("span.lever-marks", {}, note, reset)),
    h("div.lever-set", {}, range, h("span.lever-number", {}, number, unit)),
    fault,
    opener,
    editor,
    aboutOf(one, isDial, found),
  );
  return { root, range, number, unit, fault, note, reset, drawing, opener, editor, found };
}

function numberOf(one, id) {
  return h("input", {
    type: "number",
    inputmode: "decimal",
    "aria-label": `${words(one.words)}, ${words(one.unit)}`,
    "aria-describedby": `${id}-fault`,
    min: one.low,
    max: one.high,
    step: one.step,
  });
}

function openerOf(one, place, drawing) {
  const years = [h("i", {}, FIRST_YEAR), h("b", {}, t("board.path_open")), h("i", {}, LAST_YEAR)];
  return h(
    "button.lever-path",
    {
      type: "button",
      "aria-expanded": "false",
      "aria-controls": place,
      "aria-label": t("board.path_of", { name: words(one.words) }),
      title: t("board.path_open"),
      data: { testid: "lever-path" },
    },
    drawing.root,
    h("span.path-years", { "aria-hidden": "true" }, years),
  );
}

/* Dials are known; what another lever means is said before what it costs. */
function aboutOf(one, isDial, found) {
  const cost = one.key === STRENGTH ? t("board.cost_strength") : words(one.cost);
  return h("p.lever-cost", {}, isDial ? null : [words(one.meaning), h("br")], h("b", {}, t("board.costs")), " ", cost, found);
}
