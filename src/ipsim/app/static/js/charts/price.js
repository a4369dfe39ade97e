// What an extra high-value patent costs the public purse.

import { h } from "../element.js";
import { get } from "../store.js";
import { figure, t, withSign } from "../words.js";

// Money is RMB million in answers; Chinese offices write 万元.
const IN_CHINESE = 100;

/**
 * Say what an extra high-value patent costs under an alternative.
 * @param {object} answer
 * @param {number} edited
 * @returns {HTMLElement|null}
 */
export function priceOf(answer, edited) {
  const { price } = answer.alternatives[edited];
  if (!price) return null;
  const gaps = {
    year: answer.years.at(-1),
    patents: signed(price.extra_patents, price.extra_patents_low, price.extra_patents_high, (value) => figure(value)),
    cost: signed(price.extra_cost, price.extra_cost_low, price.extra_cost_high, money),
    each: each(price),
  };
  return h(
    "p.summary-price",
    { data: { testid: "price", outcome: price.outcome } },
    h("b", {}, t("board_charts.price")),
    " ",
    t(`board_charts.price_${price.outcome}`, gaps),
  );
}

function money(value) {
  const scaled = value === null ? null : value * (get().lang === "zh" ? IN_CHINESE : 1);
  return figure(scaled, Math.abs(scaled ?? 0) < 100 ? (get().lang === "zh" ? 0 : 2) : 0);
}

function signed(mean, low, high, text) {
  const said = withSign(text(mean));
  if (low === null || low === high) return said;
  return t("board_charts.with_range", { value: said, low: withSign(text(low)), high: withSign(text(high)) });
}

/* Fieller's interval may have no end; then no price can be named. */
function each(price) {
  if (price.cost_each === null) return "–";
  const said = money(price.cost_each);
  if (price.pairs === 1) return said;
  if (price.cost_each_low === null || price.cost_each_high === null) {
    return t("board_charts.without_range", { value: said });
  }
  return t("board_charts.with_range", { value: said, low: money(price.cost_each_low), high: money(price.cost_each_high) });
}
