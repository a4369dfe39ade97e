/** What marks are sized and coloured by and which links are drawn, each choice with its legend. */

import { fill, h } from "../element.js";
import { t } from "../words.js";
import { linesLegend, shadesOf, shapesLegend, sizesOf } from "./legend.js";
import { MEASURES } from "./measures.js";

/**
 * Make the choices.
 *
 * @param {import("./run.js").Run} run
 * @param {(patch: Object) => void} keep
 * @returns {{element: HTMLElement, show: (city: Object) => void}}
 */
export function makeChoosers(run, keep) {
  const options = (names, words) => names.map((one) => h("option", { value: one }, t(`board_city.${words}_${one}`)));
  const measures = Object.keys(MEASURES);
  const select = (name, inner) => {
    const made = h("select", { data: { testid: `city-${name}` }, onchange: () => keep({ [name]: made.value }) }, inner);
    return made;
  };
  const size = select("size", options([...measures, "equal"], "measure"));
  const colour = select("colour", options(measures, "measure"));
  const links = select("links", options(["selected", "all", "none"], "links"));
  const legends = { size: h("div", {}), colour: h("div", {}) };
  const chosen = (words, field, legend) => h("div.city-choice", {}, h("label", {}, h("span", {}, t(`board_city.${words}`)), field), legend);
  const element = h(
    "div.city-choices",
    {},
    chosen("size_by", size, legends.size),
    chosen("colour_by", colour, legends.colour),
    chosen("links", links, linesLegend()),
    shapesLegend(),
  );
  return {
    element,
    show(city) {
      size.value = city.size;
      colour.value = city.colour;
      links.value = city.links;
      fill(legends.size, sizesOf(run, city.size));
      fill(legends.colour, shadesOf(run, city.colour));
    },
  };
}
