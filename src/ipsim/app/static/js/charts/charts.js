// The cards of the what-if view, one for each chart of the catalogue but the pattern, which has a view of its own.

import { board } from "../catalogue.js";
import { fill, h } from "../element.js";
import { get, subscribe } from "../store.js";
import { t } from "../words.js";
import { cardOf } from "./card.js";
import { onRepaint } from "./palette.js";
import { departure, nameOf, shownAs } from "./series.js";

const soon = globalThis.requestIdleCallback ?? ((call) => setTimeout(call, 30));

/**
 * Show the charts.
 * @param {HTMLElement} root
 * @param {{charts?: string[], show?: "difference"|"level", edited?: number}} [options] which charts, for lessons;
 *   what is given here doesn't follow the store
 * @returns {{update(answer: object): void, destroy(): void}}
 */
export function mountCharts(root, options = {}) {
  const chosen = board().charts.filter((one) => one.key !== "pattern" && (options.charts?.includes(one.key) ?? true));
  const cards = chosen.map((chart) => ({ ...cardOf(chart), isSeen: false, isStale: false }));
  const key = h("div.chart-key", {});
  const grid = h("div.chart-cards", {}, ...cards.map((card) => card.element));
  root.classList.add("charts");
  fill(root, key, grid);
  let answer = null;
  let isWaiting = false;

  const drawOne = (card) => {
    card.isStale = false;
    card.draw(answer, options.show ?? get().show, editedOf(answer, options.edited));
  };
  const drawRest = () => {
    isWaiting = false;
    const card = cards.find((one) => one.isStale);
    if (!card || !answer) return;
    drawOne(card);
    later();
  };
  const later = () => {
    if (isWaiting || !cards.some((one) => one.isStale)) return;
    isWaiting = true;
    soon(drawRest);
  };
  const drawAll = () => {
    if (!answer) return;
    for (const card of cards) card.isStale = true;
    cards.filter((card) => card.isSeen).forEach(drawOne);
    later();
  };
  const describe = () => answer && keyed(key, answer, options.show ?? get().show, editedOf(answer, options.edited), !options.show);

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const card = cards.find((one) => one.element === entry.target);
      card.isSeen = entry.isIntersecting;
      if (card.isSeen && card.isStale && answer) drawOne(card);
    }
  });
  let width = 0;
  const sized = new ResizeObserver(() => {
    if (root.clientWidth === width) return; // the height follows the drawings
    width = root.clientWidth;
    requestAnimationFrame(drawAll);
  });
  cards.forEach((card) => seen.observe(card.element));
  sized.observe(root);
  const stops = [
    onRepaint(() => answer && cards.forEach(drawOne)),
    subscribe((_, changed) => {
      if (changed.has("lang")) cards.forEach((card) => card.translate());
      if (["lang", "show", "edited"].some((one) => changed.has(one))) {
        describe();
        drawAll();
      }
    }),
  ];

  const update = (found) => {
    answer = found;
    root.dataset.sketch = String(Boolean(found.sketch));
    describe();
    drawAll();
  };
  const destroy = () => {
    stops.forEach((stop) => stop());
    seen.disconnect();
    sized.disconnect();
    cards.forEach((card) => card.destroy());
    root.replaceChildren();
  };
  return { update, destroy };
}

/**
 * Return the place of the alternative that is edited; the first where an answer has fewer.
 * @param {object} answer
 * @param {number} [given]
 * @returns {number}
 */
export function editedOf(answer, given) {
  const wanted = given ?? (get().view === "whatif" ? get().edited : 0);
  return Math.max(0, Math.min(wanted, answer.alternatives.length - 1));
}

/* What lines and bands are; another way to show them is named where there is one. */
function keyed(key, answer, show, edited, isSwitched) {
  const how = shownAs(answer, show);
  const other = isSwitched && show === "level" && answer.alternatives.length && answer.pairs > 1 ? t("board_charts.key_switch") : null;
  const note = t(`board_charts.key_${how}${answer.pairs === 1 ? "_one" : ""}`, { base: nameOf(answer, 0) });
  const few = how === "difference" && answer.pairs > 1 && answer.pairs < 5;
  const wide = few ? h("strong", {}, t("board_charts.wide", { pairs: answer.pairs })) : null;
  const sketch = answer.sketch ? h("span.sketch-flag", {}, t("board_charts.sketch")) : null;
  const place = departure(answer, edited);
  const parts = place === null ? null : t("board_charts.key_parts", { year: answer.years[place], name: nameOf(answer, edited + 1) });
  fill(key, sketch, h("p", {}, note, other && " ", other, " ", parts, " ", wide));
}
