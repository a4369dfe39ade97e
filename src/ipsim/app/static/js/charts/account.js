// How one effect is made up: sentences, base to alternative by lever, and what each mechanism carries.

import { board } from "../catalogue.js";
import { h } from "../element.js";
import { get } from "../store.js";
import { figure, t, unit, withSign, words } from "../words.js";
import { barsOf } from "./bars.js";

const REST = ["joint", "left", "outside"];

/**
 * Return the name of an outcome with its years.
 * @param {object} one of `/api/why`
 * @returns {string}
 */
export function outcomeName(one) {
  if (one.words) return words(one.words);
  const [first, last] = [one.years[0], one.years.at(-1)];
  const kind = first === last ? "last" : one.statistic;
  return t(`board_why.outcome_${kind}`, { words: words(board().indicators[one.indicator].words), first, last });
}

/**
 * Return the account of an effect.
 * @param {object} one of `/api/why`
 * @param {{base: string, alternative: string}} [names]
 * @param {boolean} isTable whether the tables are shown as well
 * @returns {HTMLElement}
 */
export function accountOf(one, names, isTable) {
  const text = textIn(one);
  const sentences = Array.isArray(one.sentences) ? one.sentences : one.sentences[get().lang];
  const called = {
    base: names?.base || t("board_why.base"),
    alternative: names?.alternative || t("board_why.alternative"),
  };
  const parts = one.sure ? [waterfall(one, text, called), carried(one, text)] : [h("p.note", {}, t("board_why.not_divided"))];
  return h(
    "div.account",
    {},
    h("div.why-sentences", {}, sentences.map((sentence) => h("p", {}, sentence))),
    h("div.why-pictures", {}, ...parts),
    isTable ? h("div.table-scroll", { data: { testid: "why-table" } }, ...tablesOf(one, text, called)) : null,
  );
}

/* Amounts of one account are all rounded alike, to three digits of the effect, so that they can be added up. */
function textIn(one) {
  const scale = board().indicators[one.indicator].factor[get().lang];
  const ends = [one.effect.mean, one.effect.low, one.effect.high].filter(Number.isFinite).map((end) => Math.abs(end) * scale);
  const most = Math.max(0, ...ends);
  const digits = most >= 1 ? 3 : 2;
  const usual = board().indicators[one.indicator].decimals[get().lang];
  const decimals = most > 0 ? Math.max(0, Math.min(usual + 3, digits - 1 - Math.floor(Math.log10(most)))) : usual;
  const level = (value) => figure(value === null ? null : value * scale, decimals);
  return { level, signed: (value) => withSign(level(value)), scale };
}

/* From base to alternative, lever by lever: each bar begins where the one before ends. */
function waterfall(one, text, called) {
  let reached = one.base;
  const levers = one.levers.map((part) => {
    const from = reached;
    reached = from + part.amount.mean;
    return barFrom(part, from, reached, text);
  });
  const level = (label, value) => ({ label, from: value, to: value, text: text.level(value) });
  const rows = [level(called.base, one.base), ...levers, level(called.alternative, one.alternative)];
  return h(
    "figure",
    {},
    h("figcaption", {}, h("b", {}, t("board_why.by_lever")), ` ${unit(one.indicator)}`),
    barsOf(rows, { zero: false, label: t("board_why.by_lever") }),
    h("p.note", {}, t("board_why.by_lever_note")),
  );
}

function barFrom(part, from, to, text) {
  const { low, high, mean } = part.amount;
  return {
    label: nameOf(part),
    from,
    to,
    low: low === null ? null : from + low,
    high: high === null ? null : from + high,
    text: withShare(text.signed(mean), part),
    isSure: isSure(part.amount),
  };
}

function carried(one, text) {
  const rest = REST.map((key) => restOf(one, key)).filter((part) => part && part.amount.mean);
  const bar = (part, isRest) => ({ ...barFrom(part, 0, part.amount.mean, text), isRest });
  const rows = [...one.pathways.map((part) => bar(part, false)), ...rest.map((part) => bar(part, true))];
  return h(
    "figure",
    {},
    h("figcaption", {}, h("b", {}, t("board_why.by_path")), ` ${unit(one.indicator)}`),
    barsOf(rows, { zero: true, label: t("board_why.by_path") }),
    h("p.note", {}, t("board_why.by_path_note"), " ", ...rest.map((part) => `${t(`board_why.${part.name}_note`)} `)),
  );
}

function restOf(one, key) {
  const part = one[key];
  if (part === null || part === undefined) return null;
  const whole = typeof part === "number" ? { amount: { mean: part, low: null, high: null } } : part;
  return { ...whole, name: key, words: null };
}

function nameOf(part) {
  return part.words ? capital(words(part.words)) : t(`board_why.${part.name}`);
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function withShare(amount, part) {
  const share = typeof part.share === "number" ? part.share : part.share?.mean;
  if (!Number.isFinite(share)) return amount;
  return t("board_why.with_share", { amount, share: figure(100 * share) });
}

function isSure(amount) {
  return amount.low !== null && (amount.low > 0 || amount.high < 0);
}

function tablesOf(one, text, called) {
  const gaps = { outcome: outcomeName(one), unit: unit(one.indicator), ...called };
  const rest = REST.map((key) => restOf(one, key)).filter(Boolean);
  return [
    tableOf(t("board_why.table_levers", gaps), one.levers, text),
    tableOf(t("board_why.table_paths", gaps), [...one.pathways, ...rest], text),
  ];
}

function tableOf(caption, parts, text) {
  const heads = ["name", "amount", "interval", "share"].map((key) => h("th", { scope: "col" }, t(`board_why.head_${key}`)));
  const rows = parts.map((part) => {
    const { mean, low, high } = part.amount;
    const share = typeof part.share === "number" ? part.share : part.share?.mean;
    const range = low === null ? "–" : t("board_charts.interval", { low: text.signed(low), high: text.signed(high) });
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, nameOf(part)),
      h("td", {}, text.signed(mean)),
      h("td.range", {}, range),
      h("td", {}, Number.isFinite(share) ? t("board_charts.percent", { n: figure(100 * share) }) : "–"),
    );
  });
  return h("table.figures", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows));
}
