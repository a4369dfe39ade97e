// The four numbers that a policy is decided on, what an extra patent costs, and the finding in words.

import { board } from "../catalogue.js";
import { fill, h } from "../element.js";
import { get } from "../store.js";
import { figure, t, withSign, words } from "../words.js";
import { editedOf } from "./charts.js";
import { intervalBar } from "./interval.js";
import { mounted } from "./mounted.js";
import { priceOf } from "./price.js";
import { nameOf } from "./series.js";
import { lineMark } from "./linemark.js";
import { isSure, verdictLabel, verdictOf } from "./verdict.js";

/**
 * Show the headline numbers.
 * @param {HTMLElement} root
 * @param {{edited?: number}} [options] for lessons: which alternative, whatever the store says
 * @returns {{update(answer: object): void, destroy(): void}} an answer may hold `said`: its sentences
 */
export function mountSummary(root, options = {}) {
  root.classList.add("summary");
  root.dataset.testid = "summary";
  // Lessons have sentences of their own.
  const hasSentences = options.edited === undefined;
  return mounted(root, (answer) => shown(root, answer, editedOf(answer, options.edited), hasSentences));
}

function shown(root, answer, edited, hasSentences) {
  root.dataset.sketch = String(Boolean(answer.sketch));
  const numbers = board().headline.filter((one) => answer.alternatives[edited]?.headline[one.key]);
  fill(
    root,
    h("p.summary-against", {}, numbers.length ? against(answer, edited) : t("board_charts.no_alternative")),
    h("div.summary-cards", {}, numbers.map((one) => cardOf(one, answer, edited))),
    numbers.length ? priceOf(answer, edited) : null,
    numbers.length && hasSentences ? saidOf(root, answer) : null,
  );
}

/* Sentences come last; until then their place is kept, so that what is below stays where it is. */
function saidOf(root, answer) {
  const said = answer.sketch ? [] : answer.said?.[get().lang] ?? [];
  if (said.length) return h("div.summary-said", {}, said.map((text) => h("p", {}, text)));
  const before = root.querySelector(".summary-said")?.offsetHeight;
  const place = h("div.summary-said.follows", {}, h("p", {}, t("board_charts.said_follows")));
  if (before) place.style.minHeight = `${before}px`;
  return place;
}

function against(answer, edited) {
  const text = t("board_charts.against", { base: nameOf(answer, 0) });
  const key = answer.sketch ? "board_charts.pairs_sketch" : "board_charts.pairs";
  const pairs = t(key, { pairs: answer.pairs, of: answer.of });
  return [
    lineMark(edited + 1),
    h("b", {}, nameOf(answer, edited + 1)),
    ` ${text}`,
    h("span.pairs", { data: { testid: "pairs", pairs: answer.pairs } }, pairs),
  ];
}

function cardOf(number, answer, edited) {
  const one = answer.alternatives[edited].headline[number.key];
  const text = textIn(number);
  const others = answer.alternatives.map((_, i) => i).filter((i) => i !== edited);
  return h(
    "article.summary-card",
    { data: { testid: "summary-number", key: number.key, verdict: verdictOf(one) } },
    h("h3", {}, words(number.words)),
    h("p.summary-unit", {}, overOf(number, answer.years), t("board_charts.unit_gap"), words(number.unit)),
    h("p.summary-difference", {}, withSign(text(one.difference))),
    one.low === null ? null : h("p.summary-interval", {}, intervalText(one, text)),
    intervalBar(one, isSure(one)),
    h("p", {}, verdictLabel(verdictOf(one))),
    h("p.summary-levels", {}, t("board_charts.from_to", { base: text(one.base), alternative: text(one.alternative) })),
    one.pairs > 1 && verdictOf(one) !== "same" ? h("p.summary-sign", {}, signText(one)) : null,
    others.length ? h("ul.summary-others", {}, others.map((i) => otherRow(number, answer, i))) : null,
  );
}

/* Numbers of a card in the unit of the language; shown as the catalogue says. */
function textIn(number) {
  const { lang } = get();
  return (value) => figure(value === null ? null : value * number.factor[lang], number.decimals[lang]);
}

function overOf(number, years) {
  return words(number.over).replace("{first}", years[0]).replace("{last}", years.at(-1));
}

function intervalText(one, text) {
  return t("board_charts.interval_90", { low: withSign(text(one.low)), high: withSign(text(one.high)) });
}

function signText(one) {
  return t("board_charts.same_sign", { same: Math.round(one.same_sign * one.pairs), pairs: one.pairs });
}

function otherRow(number, answer, i) {
  const one = answer.alternatives[i].headline[number.key];
  const text = textIn(number);
  if (!one) return null;
  const interval = one.low === null ? "" : intervalText(one, text);
  return h(
    "li",
    { title: interval },
    lineMark(i + 1),
    h("span.other-name", {}, nameOf(answer, i + 1)),
    h("b", {}, withSign(text(one.difference))),
    verdictLabel(verdictOf(one)),
    h("span.unseen", {}, interval),
  );
}
