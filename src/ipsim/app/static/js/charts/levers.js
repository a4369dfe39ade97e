// Public money by lever: sums over the years, as a table with bars.

import { board } from "../catalogue.js";
import { h } from "../element.js";
import { t, words, number, signed, unit } from "../words.js";
import { nameOf, shownAs } from "./series.js";

/**
 * Return public money by lever for the baseline and an alternative.
 * @param {object} answer
 * @param {"difference"|"level"} show
 * @param {number} edited
 * @returns {HTMLElement|null}
 */
export function leversOf(answer, show, edited) {
  const panel = board().charts.find((one) => one.key === "money")?.panels.find((one) => one.kind === "parts");
  const all = (panel?.indicators ?? []).map((name) => amounts(name, answer, edited)).filter(Boolean);
  if (!all.length) return null;
  const isDifference = shownAs(answer, show) === "difference";
  const size = (one) => Math.abs(isDifference ? one.difference : one.alternative ?? one.base);
  const used = all.sort((a, b) => size(b) - size(a));
  const most = Math.max(...used.map(size)) || 1;
  const caption = t(`board_charts.levers_${isDifference ? "difference" : "level"}`, {
    name: nameOf(answer, Math.min(edited + 1, answer.scenarios.length - 1)),
    first: answer.years[0],
    last: answer.years.at(-1),
    unit: unit(panel.indicators[0]),
  });
  return h(
    "div.table-scroll",
    {},
    h(
      "table.figures.levers",
      {},
      h("caption", {}, caption),
      headOf(answer, edited, isDifference),
      h("tbody", {}, used.map((one) => rowOf(one, size(one) / most, isDifference))),
    ),
  );
}

function amounts(name, answer, edited) {
  const base = answer.scenarios[0].spent[name] ?? 0;
  const alternative = answer.scenarios[edited + 1]?.spent[name] ?? null;
  const more = answer.alternatives[edited]?.spent[name] ?? null;
  return base || alternative || more?.mean ? { name, base, alternative, difference: more?.mean ?? 0, more } : null;
}

function headOf(answer, edited, isDifference) {
  const heads = [t("board_charts.lever"), nameOf(answer, 0)];
  if (isDifference) heads.push(t("board_charts.difference"), t("board_charts.interval_head"));
  else if (answer.alternatives.length) heads.push(nameOf(answer, edited + 1));
  return h("thead", {}, h("tr", {}, heads.map((text) => h("th", { scope: "col" }, text)), h("td", {})));
}

function intervalOf({ name, more }) {
  if (!Number.isFinite(more?.low)) return "–";
  return t("board_charts.interval", { low: signed(more.low, name), high: signed(more.high, name) });
}

function rowOf(one, share, isDifference) {
  const bar = h(`div.lever-bar${isDifference && one.difference < 0 ? ".less" : ""}`);
  bar.style.width = `${(100 * share).toFixed(1)}%`;
  const cells = [number(one.base, one.name)];
  if (isDifference) cells.push(signed(one.difference, one.name), intervalOf(one));
  else if (one.alternative !== null) cells.push(number(one.alternative, one.name));
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, words(board().indicators[one.name].words)),
    cells.map((text) => h("td", {}, text)),
    h("td.lever-bars", { "aria-hidden": "true" }, bar),
  );
}
