/** The four numbers in one line, shown while the summary is out of sight: controls and answer are read together. */

import { board } from "../catalogue.js";
import { verdictLabel, verdictOf } from "../charts/verdict.js";
import { fill, h } from "../element.js";
import { get } from "../store.js";
import { figure, t, withSign, words } from "../words.js";

/**
 * Build the strip.
 *
 * @param {HTMLElement} summary the place of the summary that it stands in for
 * @returns {{update: (answer: Object) => void, destroy: () => void}}
 */
export function buildStrip(summary) {
  // It repeats the summary, which screen readers have read.
  const root = h("div.strip", { "aria-hidden": "true", hidden: true, onclick: () => summary.scrollIntoView({ block: "center" }) });
  document.body.append(root);
  let hasNumbers = false;
  let isSeen = true;
  const show = () => {
    root.hidden = isSeen || !hasNumbers;
  };
  const watch = new IntersectionObserver(([entry]) => {
    isSeen = entry.isIntersecting;
    show();
  }, { rootMargin: "-60px 0px 0px 0px" });
  watch.observe(summary);
  const update = (answer) => {
    const headline = answer.alternatives[get().edited]?.headline;
    hasNumbers = Boolean(headline);
    if (headline) fill(root, board().headline.filter((one) => headline[one.key]).map((one) => numberOf(one, headline[one.key], answer)));
    show();
  };
  const destroy = () => {
    watch.disconnect();
    root.remove();
  };
  return { update, destroy };
}

function numberOf(one, found, answer) {
  const { lang } = get();
  const text = (value) => withSign(figure(value === null ? null : value * one.factor[lang], one.decimals[lang]));
  const range = found.low === null ? "" : t("board_charts.interval_90", { low: text(found.low), high: text(found.high) });
  return h(
    "div",
    { title: range, class: answer.sketch ? "sketch" : null },
    h("span", {}, words(one.words)),
    h("span", {}, h("b", {}, text(found.difference)), words(one.unit)),
    verdictLabel(verdictOf(found)),
  );
}
