// One card: a chart with its question, its table and its pictures.

import { board } from "../catalogue.js";
import { fill, h } from "../element.js";
import { get } from "../store.js";
import { t, words } from "../words.js";
import { canvasIn } from "./canvas.js";
import { layout, optionOf } from "./drawing.js";
import { leversOf } from "./levers.js";
import { palette } from "./palette.js";
import { pictureOf } from "./picture.js";
import { pointerOn } from "./pointer.js";
import { copy, save } from "./saving.js";
import { departure, nameOf, panelsOf, shownAs } from "./series.js";
import { lineMark } from "./linemark.js";
import { tablesOf, textOf } from "./tables.js";

/**
 * Make a card for a chart of the catalogue.
 * @param {object} chart of the catalogue
 * @returns {{element: HTMLElement, draw(answer: object, show: string, edited: number): void, translate(): void,
 *   destroy(): void}}
 */
export function cardOf(chart) {
  const parts = frame(chart);
  const canvas = canvasIn(parts.stage);
  let now = null;
  let isTable = false;
  const pointer = pointerOn(parts.view, canvas, () => now);

  const draw = (answer, show, edited) => {
    const panels = panelsOf(chart, answer, show, edited);
    const parting = departure(answer, edited);
    const isSketch = Boolean(answer.sketch);
    const drawing = { panels, years: answer.years, parts: parting, isSketch, answer, show, edited };
    const width = parts.stage.clientWidth;
    const look = palette();
    const { height, boxes } = layout(panels, width, look);
    const shape = `${show} ${panels.length} ${answer.scenarios.length} ${edited} ${parting === null}`;
    now = { drawing, boxes };
    canvas.draw(optionOf(drawing, look, width), height, shape);
    parts.view.setAttribute("aria-label", spokenLabel(chart, panels));
    fill(parts.key, panels[0]?.lines.map((line) => h("li", {}, lineMark(line.index), line.name)));
    fill(parts.more, chart.key === "money" ? leversOf(answer, show, edited) : null);
    if (isTable) fill(parts.table, tablesOf(drawing));
    pointer.refresh();
  };

  parts.toggle.addEventListener("click", () => {
    isTable = !isTable;
    parts.toggle.setAttribute("aria-expanded", String(isTable));
    parts.table.hidden = parts.copy.hidden = !isTable;
    fill(parts.table, isTable && now ? tablesOf(now.drawing) : null);
  });
  parts.copy.addEventListener("click", async () => {
    const isDone = now && (await copy(textOf(now.drawing)));
    parts.said.textContent = t(isDone ? "board_charts.copied" : "board_charts.not_copied");
  });
  for (const kind of ["png", "svg"]) {
    parts[kind].addEventListener("click", async () => {
      if (!now) return;
      save(await pictureOf(now.drawing, captionOf(chart, now.drawing), kind), `${chart.key}.${kind}`);
    });
  }
  const translate = () => translated(chart, parts);
  translate();
  return { element: parts.card, draw, translate, destroy: canvas.destroy };
}

function frame(chart) {
  const id = `chart-${chart.key}`;
  const parts = {
    title: h("h3", { id }),
    question: h("p.chart-question"),
    key: h("ul.card-key"),
    stage: h("div.chart-canvas"),
    more: h("div.chart-more"),
    table: h("div.chart-table", { hidden: true, data: { testid: "chart-table" } }),
    toggle: h("button.quiet", { type: "button", "aria-expanded": "false", data: { testid: "chart-table-toggle" } }),
    copy: h("button.quiet", { type: "button", hidden: true, data: { testid: "chart-copy" } }),
    png: h("button.quiet", { type: "button", data: { testid: "chart-png" } }),
    svg: h("button.quiet", { type: "button", data: { testid: "chart-svg" } }),
    said: h("span.copied", { role: "status" }),
  };
  parts.view = h("div.chart-view", { tabindex: "0", role: "group" }, parts.stage);
  const tools = h("div.chart-tools", {}, parts.said, parts.copy, parts.toggle, parts.png, parts.svg);
  const head = h("header", {}, h("div", {}, parts.title, parts.question), parts.key, tools);
  parts.card = h(
    "section.chart-card",
    { "aria-labelledby": id, data: { testid: "chart", chart: chart.key } },
    head,
    parts.view,
    parts.more,
    parts.table,
  );
  return parts;
}

function translated(chart, parts) {
  parts.title.textContent = words(chart.words);
  parts.question.textContent = words(chart.question);
  parts.toggle.textContent = t("board_charts.table");
  parts.copy.textContent = t("board_charts.copy");
  parts.png.textContent = "PNG";
  parts.svg.textContent = "SVG";
  parts.png.setAttribute("aria-label", t("board_charts.save_png", { title: words(chart.words) }));
  parts.svg.setAttribute("aria-label", t("board_charts.save_svg", { title: words(chart.words) }));
  parts.said.textContent = "";
}

function spokenLabel(chart, panels) {
  const titles = panels.map((panel) => panel.title).join(t("board_charts.between"));
  return t("board_charts.view_label", { title: words(chart.words), panels: titles });
}

function captionOf(chart, { answer, show, edited }) {
  const how = shownAs(answer, show);
  const first = how === "difference" ? 1 : 0;
  const key = answer.scenarios.slice(first).map((_, i) => ({ index: i + first, name: nameOf(answer, i + first) }));
  return {
    title: words(chart.words),
    subtitle: t(`board_charts.picture_${how}`, { base: nameOf(answer, 0) }),
    key,
    source: t("board_charts.source", {
      version: board().version,
      pairs: answer.pairs,
      scale: 100 * answer.scale,
      seed: answer.seed,
      lang: get().lang,
      edited: nameOf(answer, edited + 1),
    }),
  };
}
