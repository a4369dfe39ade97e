// The same figures as a table, for screen readers, for copying and for those who want numbers.

import { h } from "../element.js";
import { t } from "../words.js";
import { interval, said } from "./pointer.js";

/**
 * Return a table for each panel of a drawing.
 * @param {import("./drawing.js").Drawing} drawing
 * @returns {HTMLElement[]}
 */
export function tablesOf(drawing) {
  return drawing.panels.map((panel) =>
    h("div.table-scroll", { tabindex: "0", role: "region", "aria-label": panel.title }, tableOf(panel, drawing.years)),
  );
}

function tableOf(panel, years) {
  const how = t(panel.isDifference ? "board_charts.table_difference" : "board_charts.table_level");
  return h(
    "table.figures",
    {},
    h("caption", {}, t("board_charts.table_caption", { title: panel.title, unit: panel.unit, how })),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col", rowspan: 2 }, t("board_charts.year_head")),
        ...panel.lines.map((line) => h("th.group", { scope: "colgroup", colspan: 2 }, line.name)),
      ),
      h("tr", {}, ...panel.lines.flatMap(() => columns(panel))),
    ),
    h("tbody", {}, ...years.map((year, place) => rowOf(panel, year, place))),
  );
}

function columns(panel) {
  const value = t(panel.isDifference ? "board_charts.mean" : "board_charts.median");
  const range = t(panel.isDifference ? "board_charts.interval_head" : "board_charts.range_head");
  return [h("th", { scope: "col" }, value), h("th", { scope: "col" }, range)];
}

function rowOf(panel, year, place) {
  const cells = panel.lines.flatMap((line) => [
    h("td", {}, said(panel, line.mid[place])),
    h("td.range", {}, interval(panel, line, place)),
  ]);
  return h("tr", {}, h("th", { scope: "row" }, String(year)), ...cells);
}

/**
 * Return the figures of a drawing as text with tabs, which a spreadsheet takes: full precision, low and high apart.
 * @param {import("./drawing.js").Drawing} drawing
 * @returns {string}
 */
export function textOf(drawing) {
  const columns = ["indicator", "unit", "scenario", "year", "value", "low", "high"];
  const head = columns.map((key) => t(`board_charts.copy_${key}`));
  const rows = drawing.panels.flatMap((panel) =>
    panel.lines.flatMap((line) =>
      drawing.years.map((year, i) =>
        [panel.title, panel.unit, line.name, year, line.mid[i], line.low[i], line.high[i]].map((cell) => cell ?? ""),
      ),
    ),
  );
  return [head, ...rows].map((row) => row.join("\t")).join("\n");
}
