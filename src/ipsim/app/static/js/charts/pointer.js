// Reading values off a chart: with the mouse, a finger or the arrow keys; said aloud for those who don't see it.

import { fill, h } from "../element.js";
import { figure, t, withSign } from "../words.js";
import { decimalsOf } from "./series.js";
import { lineMark } from "./linemark.js";

const AROUND = 24;
const BELOW = 26;
const KEYS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

/**
 * Let the values of a chart be read.
 * @param {HTMLElement} place holds the canvas; gets the focus
 * @param {ReturnType<import("./canvas.js").canvasIn>} canvas
 * @param {() => {drawing: import("./drawing.js").Drawing, boxes: object[]}|null} shown what is drawn now
 * @returns {{refresh(): void}}
 */
export function pointerOn(place, canvas, shown) {
  const box = h("div.chart-tip", { hidden: true, "aria-hidden": "true" });
  const rules = h("div.chart-rules", { hidden: true, "aria-hidden": "true" });
  const aloud = h("div.unseen", { "aria-live": "polite" });
  place.append(rules, box, aloud);
  let on = null;

  const leave = () => {
    on = null;
    box.hidden = rules.hidden = true;
  };
  const go = (panel, year, isSpoken) => {
    const now = shown();
    if (!now) return;
    const last = now.drawing.years.length - 1;
    on = { panel: Math.min(panel, now.drawing.panels.length - 1), year: Math.max(0, Math.min(last, year)) };
    show(now, on);
    if (isSpoken) aloud.textContent = spoken(now.drawing, on);
  };
  const show = (now, { panel, year }) => {
    const { drawing, boxes } = now;
    fill(rules, boxes.map((one, i) => rule(one, canvas.pixel(i, year))));
    fill(box, ...tip(drawing, panel, year));
    box.hidden = rules.hidden = false;
    beside(box, place, boxes[panel], canvas.pixel(panel, year));
  };

  place.addEventListener("pointermove", (event) => {
    const frame = place.getBoundingClientRect();
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    const panel = shown()?.boxes.findIndex((one) => isIn(one, x, y)) ?? -1;
    if (panel < 0) return leave();
    const now = shown().boxes[panel];
    const year = canvas.year(panel, Math.max(now.left, Math.min(now.left + now.width, x)));
    if (on?.panel !== panel || on?.year !== year) go(panel, year, false);
    return undefined;
  });
  place.addEventListener("pointerleave", leave);
  place.addEventListener("blur", leave);
  place.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return leave();
    const panels = shown()?.drawing.panels.length ?? 0;
    const years = shown()?.drawing.years.length ?? 0;
    if (!panels) return undefined;
    const turn = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!(event.key in KEYS) && !turn) return undefined;
    event.preventDefault();
    const from = on ?? { panel: 0, year: years - 1 };
    const first = on === null && !turn && Number.isFinite(KEYS[event.key]);
    if (turn) return go((from.panel + turn + panels) % panels, from.year, true);
    return go(from.panel, first ? from.year : from.year + KEYS[event.key], true);
  });
  return { refresh: () => on && shown() && show(shown(), on) };
}

/* A panel with its title and its axes: a pointer need not be within the lines. */
function isIn({ left, top, width, height, head }, x, y) {
  return x > left - AROUND && x < left + width + AROUND / 2 && y > top - head && y < top + height + AROUND;
}

function rule(box, x) {
  const line = h("i");
  line.style.left = `${x}px`;
  line.style.top = `${box.top}px`;
  line.style.height = `${box.height}px`;
  return line;
}

/* Below the panel, so that no line is covered; above it near the end of the window. */
function beside(box, place, panel, x) {
  const room = place.clientWidth - box.offsetWidth - 4;
  const isRight = x + 14 + box.offsetWidth < place.clientWidth;
  box.style.left = `${Math.max(4, Math.min(room, isRight ? x + 14 : x - 14 - box.offsetWidth))}px`;
  const below = panel.top + panel.height + BELOW;
  const isRoom = place.getBoundingClientRect().top + below + box.offsetHeight < innerHeight;
  box.style.top = `${isRoom ? below : panel.top - panel.head - box.offsetHeight}px`;
}

function tip(drawing, place, year) {
  const panel = drawing.panels[place];
  const rows = panel.lines.map((line) =>
    h(
      "tr",
      { class: line.index === panel.front ? "front" : null },
      h("th", { scope: "row" }, lineMark(line.index), line.name),
      h("td", {}, said(panel, line.mid[year])),
      h("td.range", {}, interval(panel, line, year)),
    ),
  );
  const note = panel.isDifference ? t("board_charts.tip_difference") : t("board_charts.tip_level");
  return [
    h("p.tip-head", {}, h("b", {}, t("board_charts.year", { year: drawing.years[year] })), ` ${panel.title}`),
    h("p.tip-unit", {}, `${panel.unit} · ${note}`),
    h("table", {}, h("tbody", {}, ...rows)),
    panel.isDifference ? h("p.tip-unit", {}, t("board_charts.tip_medians", { list: mediansOf(panel, year) })) : null,
  ];
}

/* What the difference is one of: the levels of the baseline and of the policy in front. */
function mediansOf(panel, year) {
  const both = panel.levels.filter((line) => line.index === 0 || line.index === panel.front);
  const told = (line) => `${line.name} ${said({ ...panel, isDifference: false }, line.mid[year])}`;
  return both.map(told).join(t("board_charts.between"));
}

function spoken(drawing, { panel: place, year }) {
  const panel = drawing.panels[place];
  const lines = panel.lines.map((line) =>
    t("board_charts.spoken_line", {
      name: line.name,
      value: said(panel, line.mid[year]),
      interval: interval(panel, line, year),
    }),
  );
  return t("board_charts.spoken", {
    year: drawing.years[year],
    title: panel.title,
    unit: panel.unit,
    lines: lines.join(t("board_charts.between")),
  });
}

/**
 * Return a value of a panel as text, with a sign where it is a difference.
 * @param {import("./series.js").Panel} panel
 * @param {number|null} value already in the unit shown
 * @returns {string}
 */
export function said(panel, value) {
  if (value === null) return "–";
  const text = figure(value, decimalsOf(panel.indicator));
  return panel.isDifference ? withSign(text) : text;
}

/**
 * Return the interval of a line in a year as text; a dash where there is none.
 * @param {import("./series.js").Panel} panel
 * @param {import("./series.js").Line} line
 * @param {number} year place of the year
 * @returns {string}
 */
export function interval(panel, line, year) {
  if (line.low[year] === null) return "–";
  return t("board_charts.interval", { low: said(panel, line.low[year]), high: said(panel, line.high[year]) });
}
