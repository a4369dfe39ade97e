/** What sizes, shades and shapes stand for, with units. */

import { h, svg } from "../element.js";
import { t } from "../words.js";
import { coloursNow } from "./colours.js";
import { SHADES, radiusOf, scaleOf, unitOf, written } from "./measures.js";

/**
 * Return the legend of a picture.
 *
 * @param {import("./run.js").Run} run
 * @param {import("./painter.js").Look} look
 * @returns {HTMLElement}
 */
export function legendOf(run, look) {
  const colours = coloursNow();
  return h(
    "div.city-legend",
    { role: "group", "aria-label": t("board_city.legend") },
    shades(run, look.colour, colours),
    look.size === "equal" ? null : sizes(run, look.size),
    shapes(),
  );
}

function shades(run, name, colours) {
  const scale = scaleOf(run, name);
  const middle = scale.log ? Math.sqrt(scale.low * scale.high) : (scale.low + scale.high) / 2;
  const boxes = colours.shades.slice(1).map((shade, n) => svg("rect", { x: 12 * n, y: 0, width: 12, height: 12, fill: shade }));
  const label = `${written(name, scale.low)} – ${written(name, scale.high)} ${unitOf(name)}`;
  return h(
    "div.city-legend-part",
    {},
    h("b", {}, t(`board_city.measure_${name}`), h("span.hint", {}, ` ${unitOf(name)}`)),
    h(
      "div.city-ramp",
      {},
      h("span", {}, t("board_city.legend_none")),
      dot(colours.shades[0]),
      h("span", {}, written(name, scale.low)),
      svg("svg", { width: 12 * SHADES, height: 12, role: "img", "aria-label": label }, ...boxes),
      h("span", {}, t("board_city.legend_more", { value: written(name, scale.high) })),
      h("span.unseen", {}, written(name, middle)),
    ),
  );
}

function dot(colour) {
  return svg("svg", { width: 12, height: 12, "aria-hidden": "true" }, svg("circle", { cx: 6, cy: 6, r: 4, fill: colour }));
}

function sizes(run, name) {
  const scale = scaleOf(run, name);
  const marks = [0.02, 0.25, 1].map((share) => share * scale.high).filter((value) => value >= 1 || scale.high < 20);
  return h(
    "div.city-legend-part",
    {},
    h("b", {}, t(`board_city.measure_${name}`), h("span.hint", {}, ` ${unitOf(name)}`)),
    h(
      "div.city-ramp",
      {},
      marks.map((value, n) => {
        const radius = 8 * radiusOf(value, scale);
        const circle = svg("circle", { cx: 9, cy: 9, r: radius, class: "city-size" });
        const last = n === marks.length - 1;
        const text = written(name, value);
        return [
          svg("svg", { width: 18, height: 18, "aria-hidden": "true" }, circle),
          h("span", {}, last ? t("board_city.legend_more", { value: text }) : text),
        ];
      }),
    ),
  );
}

function shapes() {
  const one = (mark, words) => h("span", {}, svg("svg", { width: 14, height: 14, "aria-hidden": "true" }, mark), ` ${t(words)}`);
  return h(
    "div.city-legend-part.city-shapes",
    {},
    one(svg("path", { d: "M7 1 13 7 7 13 1 7Z", class: "city-infringed" }), "board_city.shape_infringed"),
    one(svg("circle", { cx: 7, cy: 7, r: 2, class: "city-copier" }), "board_city.shape_copier"),
    one(svg("path", { d: "M2 2 12 12M12 2 2 12", class: "city-failed" }), "board_city.shape_failed"),
    one(svg("path", { d: "M2 7H12", class: "city-closed" }), "board_city.shape_closed"),
    one(svg("path", { d: "M1 7H13", class: "city-supply" }), "board_city.link_supply"),
    one(svg("path", { d: "M1 7H13", class: "city-copy" }), "board_city.link_copy"),
  );
}
