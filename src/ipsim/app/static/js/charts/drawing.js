// What ECharts draws: small multiples of lines with bands, one grid a panel.

import { get } from "../store.js";
import { frameOf, tick } from "./axis.js";
import { DASHES, MARKERS } from "./palette.js";

// Measures in px of a laptop; all grow with the type of the page, for a projector.
const TITLE = 17;
const UNIT = 22;
const FOOT = 28;
const BODY = 132;
const TALL = 168;
const LEFT = 50;
const RIGHT = 14;
const LETTERS = 11;
const HEADING = 13;
// So wide a canvas has four panels in a row, so wide a one two, and so wide a panel is drawn taller.
const FOUR = 780;
const TWO = 320;
const WIDE = 300;
// Strength of what is drawn of a sketch.
const PALE = 0.55;

/**
 * Return where the panels are on a canvas of a given width.
 * @param {{title: string}[]} panels
 * @param {number} width px
 * @param {import("./palette.js").Palette} look
 * @returns {{height: number, boxes: {left: number, top: number, width: number, height: number, head: number,
 *   title: string}[]}}
 */
export function layout(panels, width, look) {
  const { size } = look;
  const most = Math.min(panels.length, width >= FOUR * size ? 4 : width >= TWO ? 2 : 1);
  const columns = Math.ceil(panels.length / Math.ceil(panels.length / most));
  const wide = width / columns;
  const height = size * (wide > WIDE ? TALL : BODY);
  const titles = panels.map((panel) => wrapped(panel.title, wide - RIGHT, look));
  const head = size * (UNIT + TITLE * Math.max(1, ...titles.map((lines) => lines.length)));
  const tall = head + height + size * FOOT;
  const boxes = titles.map((title, i) => ({
    title: title.join("\n"),
    left: (i % columns) * wide + size * LEFT,
    top: Math.floor(i / columns) * tall + head,
    width: wide - size * LEFT - RIGHT,
    height,
    head,
  }));
  return { height: Math.ceil(panels.length / columns) * tall, boxes };
}

const measure = document.createElement("canvas").getContext("2d");

/* ECharts would break within a number such as 10,000. */
function wrapped(text, width, look) {
  measure.font = `600 ${HEADING * look.size}px ${look.font}`;
  const lines = [""];
  for (const piece of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*/g) ?? []) {
    const longer = lines.at(-1) + piece;
    if (lines.at(-1) && measure.measureText(longer.trimEnd()).width > width) lines.push(piece);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => line.trimEnd());
}

/**
 * @typedef {object} Drawing
 * @property {import("./series.js").Panel[]} panels
 * @property {number[]} years
 * @property {number|null} parts place of the year in which the policies part
 * @property {boolean} isSketch
 */

/**
 * Return the option of ECharts for a drawing.
 * @param {Drawing} drawing
 * @param {import("./palette.js").Palette} look
 * @param {number} width px
 * @returns {object}
 */
export function optionOf(drawing, look, width) {
  const { panels, years } = drawing;
  const { boxes } = layout(panels, width, look);
  const frames = panels.map(frameOf);
  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    title: panels.map((panel, i) => titleOf(panel, boxes[i], look)),
    grid: boxes.map(({ left, top, width: wide, height }) => ({ left, top, width: wide, height })),
    xAxis: boxes.map((box, i) => yearAxis(i, years, box, look)),
    yAxis: panels.map((panel, i) => valueAxis(i, frames[i], panel.unit, look)),
    series: panels.flatMap((panel, i) => seriesOf(drawing, panel, i, look)),
  };
}

function titleOf(panel, box, look) {
  const { size } = look;
  return {
    text: box.title,
    subtext: panel.unit,
    left: box.left - size * LEFT + 8,
    top: box.top - box.head,
    padding: 0,
    itemGap: 1,
    textStyle: {
      color: look.ink,
      fontWeight: 600,
      fontFamily: look.font,
      fontSize: HEADING * size,
      lineHeight: TITLE * size,
    },
    subtextStyle: { color: look.muted, fontSize: LETTERS * size, fontFamily: look.font },
  };
}

function yearAxis(i, years, box, look) {
  const last = years.length - 1;
  const isRoom = box.width > 150 * look.size;
  const isBetween = (place) => isRoom && years[place] % 5 === 0 && place > 2 && place < last - 2;
  return {
    type: "category",
    gridIndex: i,
    data: years.map(String),
    boundaryGap: false,
    axisLine: { show: true, onZero: false, lineStyle: { color: look.muted } },
    axisTick: { show: false },
    axisLabel: {
      color: look.muted,
      fontSize: LETTERS * look.size,
      interval: (place) => place === 0 || place === last || isBetween(place),
      margin: 7,
    },
  };
}

function valueAxis(i, frame, unit, look) {
  const { lang } = get();
  return {
    type: "value",
    gridIndex: i,
    min: frame.min,
    max: frame.max,
    interval: frame.interval,
    axisLabel: { color: look.muted, fontSize: LETTERS * look.size, margin: 6, formatter: (value) => tick(value, lang, unit) },
    splitLine: { lineStyle: { color: look.grid, width: 0.8 } },
  };
}

/* Bands first, so that no line is covered; the line in front last. */
function seriesOf(drawing, panel, i, look) {
  const ordered = [...panel.lines].sort((a, b) => (a.index === panel.front) - (b.index === panel.front));
  const strength = drawing.isSketch ? PALE : 1;
  const bands = ordered.map((line) => bandOf(line, panel, i, look, strength));
  const lines = ordered.map((line) => lineOf(line, panel, i, look, strength));
  if (lines.length) lines[0].markLine = marksOf(drawing, panel, look);
  return [...bands, ...lines];
}

function bandOf(line, panel, i, look, strength) {
  const looks = { fill: look.series[line.index], opacity: strength * (line.index === panel.front ? 0.2 : 0.1) };
  const data = line.low.map((low, place) => [place, low ?? "-", line.high[place] ?? "-"]);
  return {
    id: `band-${i}-${line.index}`,
    type: "custom",
    xAxisIndex: i,
    yAxisIndex: i,
    silent: true,
    clip: true,
    z: 1,
    encode: { x: 0, y: [1, 2] },
    data,
    renderItem: (params, api) => (params.dataIndexInside === 0 ? polygons(line, api, looks) : undefined),
  };
}

function polygons(line, api, looks) {
  const runs = unbroken(line.low);
  return {
    type: "group",
    children: runs.map((places) => ({
      type: "polygon",
      shape: {
        points: [
          ...places.map((place) => api.coord([place, line.high[place]])),
          ...places.toReversed().map((place) => api.coord([place, line.low[place]])),
        ],
      },
      style: looks,
    })),
  };
}

/* Runs of years that have a figure. */
function unbroken(values) {
  const runs = [[]];
  values.forEach((value, place) => {
    if (value !== null) runs.at(-1).push(place);
    else if (runs.at(-1).length) runs.push([]);
  });
  return runs.filter((places) => places.length > 1);
}

function lineOf(line, panel, i, look, strength) {
  const isFront = line.index === panel.front;
  const colour = look.series[line.index];
  // Markers on every third year, each scenario on its own, so that lines in one place still tell.
  const size = (_, params) => (params.dataIndex % 3 === line.index % 3 ? 6 : 0);
  return {
    id: `line-${i}-${line.index}`,
    type: "line",
    xAxisIndex: i,
    yAxisIndex: i,
    silent: true,
    clip: true,
    z: isFront ? 4 : 3,
    data: line.mid.map((value) => value ?? "-"),
    showSymbol: line.index > 0,
    showAllSymbol: true,
    symbol: MARKERS[line.index],
    symbolSize: size,
    lineStyle: { color: colour, width: isFront ? 2.4 : 1.8, type: DASHES[line.index], opacity: strength },
    itemStyle: { color: colour, opacity: strength },
  };
}

function marksOf(drawing, panel, look) {
  const data = [];
  if (panel.isDifference) data.push({ yAxis: 0, lineStyle: { color: look.ink, width: 1.2, type: "solid" } });
  if (drawing.parts !== null) {
    data.push({ xAxis: drawing.parts, lineStyle: { color: look.muted, width: 1.2, type: [2, 3] } });
  }
  return { silent: true, symbol: "none", animation: false, label: { show: false }, data };
}
