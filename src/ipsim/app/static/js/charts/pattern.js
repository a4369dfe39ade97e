// The 2030 pattern: six sides, the chance that all are met, and when.

import { board } from "../catalogue.js";
import { fill, h } from "../element.js";
import { figure, t, words } from "../words.js";
import { chanceLines, chancesOf, percent } from "./chance.js";
import { editedOf } from "./charts.js";
import { keepingFocus } from "./focus.js";
import { mounted } from "./mounted.js";
import { radarOf } from "./radar.js";
import { nameOf } from "./series.js";

/**
 * Show the six-sided pattern and the chance of meeting it.
 * @param {HTMLElement} root
 * @param {{edited?: number}} [options] for lessons: which alternative, whatever the store says
 * @returns {{update(answer: object): void, destroy(): void}}
 */
export function mountPattern(root, options = {}) {
  root.classList.add("pattern-view");
  let isTable = false;
  const toggled = () => {
    isTable = !isTable;
    part.again();
  };
  const part = mounted(root, (answer) =>
    keepingFocus(root, () => shown(root, answer, editedOf(answer, options.edited), isTable, toggled)),
  );
  return part;
}

function shown(root, answer, edited, isTable, toggled) {
  const front = Math.min(edited + 1, answer.pattern.length - 1);
  const last = answer.years.length - 1;
  const gaps = { year: answer.years[last], met: figure(board().pattern.met) };
  root.dataset.sketch = String(Boolean(answer.sketch));
  const { words: title } = board().charts.find((one) => one.key === "pattern");
  const scroll = { tabindex: "0", role: "region", "aria-label": words(title), data: { testid: "pattern-table" } };
  const toggle = h(
    "button.quiet",
    { type: "button", "aria-expanded": String(isTable), data: { testid: "pattern-table-toggle" }, onclick: toggled },
    t("board_charts.table"),
  );
  fill(
    root,
    h(
      "section.chart-card",
      { data: { testid: "pattern" } },
      h("header", {}, headOf(title, gaps), h("div.chart-tools", {}, toggle)),
      answer.pattern[front] ? bodyOf(answer, front, last, gaps) : h("p.empty", {}, t("board_charts.pattern_none")),
      isTable ? h("div.table-scroll", scroll, ...tablesOf(answer, last, gaps)) : null,
    ),
  );
}

function headOf(title, gaps) {
  return h("div", {}, h("h3", {}, words(title)), h("p.chart-question", {}, t("board_charts.pattern_note", gaps)));
}

function bodyOf(answer, front, last, gaps) {
  const label = t("board_charts.radar_label", { name: nameOf(answer, front), ...gaps });
  return h(
    "div.pattern-body",
    {},
    h("figure", {}, radarOf(answer, front, last, label), h("figcaption", {}, t("board_charts.radar_key", gaps))),
    h(
      "div.pattern-chance",
      {},
      h("h4", {}, t("board_charts.chance", gaps)),
      chancesOf(answer, front),
      answer.sketch ? null : h("h4", {}, t("board_charts.chance_by_year")),
      answer.sketch ? null : chanceLines(answer, front, t("board_charts.chance_by_year")),
    ),
  );
}

function tablesOf(answer, last, gaps) {
  const names = answer.pattern.map((_, i) => nameOf(answer, i));
  const head = (first) =>
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, first), names.map((name) => h("th", { scope: "col" }, name))));
  const six = board().pattern.six.map((key) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, words(board().indicators[key].words)),
      answer.pattern.map((one) => h("td", {}, rangeOf(one?.six[key], last))),
    ),
  );
  const years = answer.years.map((year, i) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, String(year)),
      answer.pattern.map((one) => h("td", {}, one && !answer.sketch ? percent(one.by_year[i] ?? 0) : "–")),
    ),
  );
  const table = (caption, first, rows) =>
    h("table.figures", {}, h("caption", {}, caption), head(first), h("tbody", {}, rows));
  return [
    table(t("board_charts.six_caption", gaps), t("board_charts.index"), six),
    table(t("board_charts.chance_by_year"), t("board_charts.year_head"), years),
  ];
}

function rangeOf(one, i) {
  if (!one || one.median[i] === null) return "–";
  const [value, low, high] = [one.median, one.low, one.high].map((values) => figure(values[i]));
  return t("board_charts.with_range", { value, low, high });
}
