/** Small curves of a life, one under the other, with the quarter that is shown marked. */

import { h, svg } from "../element.js";
import { get } from "../store.js";
import { figure, t } from "../words.js";
import { dateOf } from "./player.js";

const WIDTH = 220;
const HEIGHT = 42;
/** Curves that are seen at once. */
const FIRST = 4;

/**
 * Make the curves of a life.
 *
 * @param {Object} life what the board tells of an agent
 * @param {Object} facts of the run
 * @returns {{element: HTMLElement, show: (quarter: number) => void}}
 */
export function makeCurves(life, facts) {
  const shown = life.series.filter((one) => one.values.some((value) => value !== 0)).map((one) => curve(one, life, facts));
  const grid = (some) => h("div.city-curves", {}, some.map((one) => one.element));
  const rest = shown.slice(FIRST);
  const more = rest.length ? h("details.city-more", {}, h("summary", {}, t("board_city.life_more_curves", { n: rest.length })), grid(rest)) : null;
  const element = h("div", {}, grid(shown.slice(0, FIRST)), more);
  return { element, show: (quarter) => shown.forEach((one) => one.show(quarter)) };
}

function curve(one, life, facts) {
  const { factor, unit } = shownAs(one);
  const values = one.values.map((value) => value * factor);
  const high = Math.max(...values, 0);
  const low = Math.min(...values, 0);
  const span = high - low || 1;
  const x = (quarter) => (WIDTH * (quarter + 0.5)) / facts.quarters;
  const y = (value) => HEIGHT - 3 - ((HEIGHT - 6) * (value - low)) / span;
  const points = values.map((value, n) => `${x(life.first + n).toFixed(1)},${y(value).toFixed(1)}`);
  const now = svg("line", { y1: 0, y2: HEIGHT, class: "city-now" });
  const dot = svg("circle", { r: 2.6, class: "city-dot" });
  const drawing = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", preserveAspectRatio: "none" },
    svg("line", { x1: 0, x2: WIDTH, y1: y(0), y2: y(0), class: "city-nought" }),
    now,
    svg("polyline", { points: points.length > 1 ? points.join(" ") : `${points[0]} ${points[0]}`, class: "city-curve" }),
    dot,
  );
  const value = h("output", {});
  const show = (quarter) => {
    const place = quarter - life.first;
    const isThere = place >= 0 && place < values.length;
    now.setAttribute("x1", x(quarter));
    now.setAttribute("x2", x(quarter));
    dot.setAttribute("visibility", isThere ? "visible" : "hidden");
    if (isThere) {
      dot.setAttribute("cx", x(quarter));
      dot.setAttribute("cy", y(values[place]));
    }
    value.textContent = isThere ? brief(values[place]) : "–";
    const gaps = { name: t(`board_city.curve_${one.key}`), unit, low: brief(low), high: brief(high), date: dateOf(facts, quarter) };
    drawing.setAttribute("aria-label", t("board_city.curve_label", { ...gaps, value: value.textContent }));
  };
  const head = h("div.city-curve-head", {}, h("span", {}, t(`board_city.curve_${one.key}`)), h("span.hint", {}, unit), value);
  return { element: h("div", { data: { curve: one.key } }, head, drawing), show };
}

/* Money is written in ten thousands in Chinese. */
function shownAs(one) {
  const money = one.unit === "million" ? "money_unit" : one.unit === "million_quarter" ? "money_quarter_unit" : null;
  const factor = money && get().lang === "zh" ? 100 : 1;
  return { factor, unit: t(`board_city.${money ?? `unit_${one.unit}`}`) };
}

function brief(value) {
  const size = Math.abs(value);
  if (size === 0 || Number.isInteger(value)) return figure(value);
  return figure(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4);
}
