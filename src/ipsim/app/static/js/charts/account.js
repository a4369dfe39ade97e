// How one effect is made up: sentences, base to alternative by lever, and what each mechanism carries.

import { h } from "../element.js";
import { get } from "../store.js";
import { figure, t, withSign, words } from "../words.js";
import { barsOf } from "./bars.js";

const REST = ["joint", "left", "outside"];

/**
 * Return the account of an effect.
 * @param {object} one of `/api/why`
 * @param {{base: string, alternative: string}} [names]
 * @param {boolean} isTable whether the tables are shown as well
 * @returns {HTMLElement}
 */
export function accountOf(one, names, isTable) {
  const text = textIn(one);
  const sentences = one.sentences[get().lang];
  const called = {
    base: names?.base || t("board_why.base"),
    alternative: names?.alternative || t("board_why.alternative"),
  };
  const undivided = h("p.note", {}, t("board_why.not_divided"));
  const parts = one.sure ? [waterfall(one, text, called), carried(one, text)] : [undivided];
  const scroll = { tabindex: "0", role: "region", "aria-label": words(one.words), data: { testid: "why-table" } };
  return h(
    "div.account",
    {},
    h("div.why-sentences", {}, sentences.map((sentence) => h("p", {}, sentence))),
    h("div.why-pictures", {}, ...parts),
    isTable ? h("div.table-scroll", scroll, ...tablesOf(one, text, called)) : null,
  );
}

/* All amounts of an account are rounded alike, as the board says, so that they can be reckoned with. */
function textIn(one) {
  const { lang } = get();
  const decimals = Math.max(0, -Math.round(Math.log10(one.step[lang])));
  const level = (value) => {
    if (!Number.isFinite(value)) return "–";
    const rounded = Math.round((value * one.factor[lang]) / one.step[lang]) * one.step[lang];
    return exact(rounded, decimals);
  };
  return { level, signed: (value) => withSign(level(value)) };
}

function exact(value, places) {
  const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
  const text = Math.abs(value).toLocaleString("en-US", digits);
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
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
    h("figcaption", {}, h("b", {}, t("board_why.by_lever")), ` ${words(one.unit)}`),
    barsOf(rows, { zero: false, label: t("board_why.by_lever") }),
    h("p.note", {}, t("board_why.by_lever_note")),
  );
}

function barFrom(part, from, to, text) {
  const { low, high, mean } = part.amount;
  return {
    label: words(part.words),
    from,
    to,
    low: low === null ? null : from + low,
    high: high === null ? null : from + high,
    text: withShare(text.signed(mean), part),
    isSure: part.sure,
  };
}

function carried(one, text) {
  const rest = REST.map((key) => one[key]).filter((part) => part.amount.mean);
  const bar = (part, isRest) => ({ ...barFrom(part, 0, part.amount.mean, text), isRest });
  const rows = [...one.pathways.map((part) => bar(part, false)), ...rest.map((part) => bar(part, true))];
  return h(
    "figure",
    {},
    h("figcaption", {}, h("b", {}, t("board_why.by_path")), ` ${words(one.unit)}`),
    barsOf(rows, { zero: true, label: t("board_why.by_path") }),
    h("p.note", {}, t("board_why.by_path_note"), " ", ...rest.map((part) => `${t(`board_why.${part.name}_note`)} `)),
  );
}

function withShare(amount, part) {
  if (!Number.isFinite(part.share.mean)) return amount;
  return t("board_why.with_share", { amount, share: figure(100 * part.share.mean) });
}

function tablesOf(one, text, called) {
  const gaps = { outcome: words(one.words), unit: words(one.unit), ...called };
  const rest = REST.map((key) => one[key]);
  return [
    tableOf(t("board_why.table_levers", gaps), one.levers, text),
    tableOf(t("board_why.table_paths", gaps), [...one.pathways, ...rest], text),
  ];
}

function tableOf(caption, parts, text) {
  const columns = ["name", "amount", "interval", "share"];
  const heads = columns.map((key) => h("th", { scope: "col" }, t(`board_why.head_${key}`)));
  const rows = parts.map((part) => {
    const { mean, low, high } = part.amount;
    const share = part.share.mean;
    const range = low === null ? "–" : t("board_charts.interval", { low: text.signed(low), high: text.signed(high) });
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, words(part.words)),
      h("td", {}, text.signed(mean)),
      h("td.range", {}, range),
      h("td", {}, Number.isFinite(share) ? t("board_charts.percent", { n: figure(100 * share) }) : "–"),
    );
  });
  return h("table.figures", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows));
}
