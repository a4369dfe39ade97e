/** The head of the view: which policy, which run, how many enterprises. */

import { h } from "../element.js";
import { figure, t } from "../words.js";

const SCALES = [0.02, 0.05, 0.1, 0.25];
const SEEDS = 10;

/**
 * Make the head.
 *
 * @param {Object} board the catalogue
 * @param {{kept: () => Object, keep: (patch: Object) => void, policyNames: () => string[]}} state
 * @returns {{element: HTMLElement, refresh: () => void, show: (run: import("./run.js").Run) => void}}
 */
export function makeHead(board, { kept, keep, policyNames }) {
  const policy = h("select", { data: { testid: "city-policy" }, onchange: () => keep({ of: Number(policy.value) }) });
  const seed = h(
    "select",
    { data: { testid: "city-seed" }, onchange: () => keep({ seed: Number(seed.value) }) },
    Array.from({ length: SEEDS }, (_, n) => h("option", { value: n + 1 }, String(n + 1))),
  );
  const scale = h(
    "select",
    { data: { testid: "city-scale" }, onchange: () => keep({ scale: Number(scale.value) }) },
    SCALES.map((one) => h("option", { value: one }, t("board_city.scale_some", { n: figure(1 / one) }))),
  );
  const explained = h("p.hint", {});
  const refresh = () => {
    const city = kept();
    const names = policyNames();
    policy.replaceChildren(...names.map((name, n) => h("option", { value: n - 1 }, name)));
    policy.value = String(city.of);
    if (![...seed.options].some((one) => Number(one.value) === city.seed)) seed.append(h("option", { value: city.seed }, String(city.seed)));
    seed.value = String(city.seed);
    if (![...scale.options].some((one) => Number(one.value) === city.scale)) {
      scale.append(h("option", { value: city.scale }, t("board_city.scale_some", { n: figure(1 / city.scale, 1) })));
    }
    scale.value = String(city.scale);
    explained.textContent = t("board_city.explained", { n: figure(1 / city.scale) });
  };
  refresh();
  const labelled = (words, field, title) => h("label.city-field", { title }, h("span", {}, t(`board_city.${words}`)), field);
  const element = h(
    "header.city-head",
    {},
    h("div", {}, h("h2", {}, t("board_city.heading")), explained),
    labelled("policy", policy, t("board_city.compare_hint")),
    labelled("seed", seed),
    labelled("scale", scale),
  );
  return { element, refresh, show: () => {} };
}
