/** What sizes, shades and shapes stand for, with units. */

import { h, svg } from "../element.js";
import { t } from "../words.js";
import { coloursNow } from "./colours.js";
import { SHADES, radiusOf, scaleOf, unitOf, written } from "./measures.js";

/**
 * Return what the shades of a picture stand for.
 *
 * @param {import("./run.js").Run} run
 * @param {string} name of the measure
 * @returns {HTMLElement}
 */
export function shadesOf(run, name) {
  return shades(run, name, coloursNow());
}

function shades(run, name, colours) {
  const scale = scaleOf(run, name);
  const boxes = colours.shades.slice(1).map((shade, n) => svg("rect", { x: 8 * n, y: 0, width: 8, height: 12, fill: shade }));
  const label = `${written(name, scale.low)} – ${written(name, scale.high)} ${unitOf(name)}`;
  return h(
    "div.city-ramp",
    {},
    h("span", {}, t("board_city.legend_none")),
    name === "quality" ? ring() : dot(colours.shades[0]),
    h("span", {}, written(name, scale.low)),
    svg("svg", { width: 8 * SHADES, height: 12, role: "img", "aria-label": label }, ...boxes),
    h("span", {}, t("board_city.legend_more", { value: written(name, scale.high) })),
    h("span", {}, unitOf(name)),
  );
}

/* What has no patents has no quality either: it is drawn empty. */
function ring() {
  return svg("svg", { width: 12, height: 12, "aria-hidden": "true" }, svg("circle", { cx: 6, cy: 6, r: 4, class: "city-empty" }));
}

function dot(colour) {
  return svg("svg", { width: 12, height: 12, "aria-hidden": "true" }, svg("circle", { cx: 6, cy: 6, r: 4, fill: colour }));
}

/**
 * Return what the sizes of marks stand for.
 *
 * @param {import("./run.js").Run} run
 * @param {string} name of the measure
 * @returns {HTMLElement}
 */
export function sizesOf(run, name) {
  if (name === "equal") return h("div.city-ramp", {});
  const scale = scaleOf(run, name);
  const values = [0.02, 0.25, 1].map((share) => share * scale.high).filter((value) => value >= 1 || scale.high < 20);
  const marks = values.map((value, n) => {
    const circle = svg("circle", { cx: 8, cy: 8, r: 7.5 * radiusOf(value, scale), class: "city-size" });
    const text = written(name, value);
    const words = n === values.length - 1 ? t("board_city.legend_more", { value: text }) : text;
    return [svg("svg", { width: 16, height: 16, "aria-hidden": "true" }, circle), h("span", {}, words)];
  });
  return h("div.city-ramp", {}, marks, h("span", {}, unitOf(name)));
}

/** @returns {HTMLElement} what the shapes stand for */
export function shapesLegend() {
  return h(
    "div.city-shapes",
    {},
    keyed(svg("path", { d: "M7 1 13 7 7 13 1 7Z", class: "city-infringed" }), "board_city.shape_infringed"),
    keyed(svg("circle", { cx: 7, cy: 7, r: 2, class: "city-copier" }), "board_city.shape_copier"),
    keyed(svg("path", { d: "M2 2 12 12M12 2 2 12", class: "city-failed" }), "board_city.shape_failed"),
    keyed(svg("path", { d: "M2 7H12", class: "city-closed" }), "board_city.shape_closed"),
  );
}

/** @returns {HTMLElement} what the lines stand for */
export function linesLegend() {
  return h(
    "div.city-ramp",
    {},
    keyed(svg("path", { d: "M1 7H13", class: "city-supply" }), "board_city.link_supply"),
    keyed(svg("path", { d: "M1 7H13", class: "city-copy" }), "board_city.link_copy"),
  );
}

function keyed(mark, words) {
  return h("span", {}, svg("svg", { width: 14, height: 14, "aria-hidden": "true" }, mark), ` ${t(words)}`);
}
