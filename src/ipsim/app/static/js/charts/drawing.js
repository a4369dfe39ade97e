// What ECharts draws: small multiples of lines with bands, one grid a panel.

import { get } from "../store.js";
import { frameOf, tick } from "./axis.js";
import { DASHES, MARKERS } from "./palette.js";

const HEAD = 40;
const FOOT = 22;
const BODY = 132;
const LEFT = 50;
const RIGHT = 14;
const NARROWEST = 205;

/**
 * Return where the panels are on a canvas of a given width.
 * @param {number} count panels
 * @param {number} width px
 * @returns {{columns: number, height: number, boxes: {left: number, top: number, width: number, height: number}[]}}
 */
export function layout(count, width) {
  const most = Math.max(1, Math.min(count, Math.floor(width / NARROWEST)));
  const rows = Math.ceil(count / most);
  const columns = Math.ceil(count / rows);
  const wide = width / columns;
  const body = wide > 380 ? BODY * 1.25 : BODY;
  const tall = HEAD + body + FOOT;
  const boxes = Array.from({ length: count }, (_, i) => ({
    left: (i % columns) * wide + LEFT,
    top: Math.floor(i / columns) * tall + HEAD,
    width: wide - LEFT - RIGHT,
    height: body,
  }));
  return { columns, height: rows * tall, boxes };
}

/**
 * @typedef {object} Drawing
 * @property {import("./series.js").Panel[]} panels
 * @property {number[]} years
 * @property {number|null} parts place of the year in which the policies part
 * @property {string} partsLabel
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
  const { boxes } = layout(panels.length, width);
  const frames = panels.map(frameOf);
  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    title: panels.map((panel, i) => titleOf(panel, boxes[i], look)),
    grid: boxes.map((box) => ({ ...box, containLabel: false })),
    xAxis: panels.map((_, i) => yearAxis(i, years, look)),
    yAxis: panels.map((panel, i) => valueAxis(i, frames[i], look)),
    series: panels.flatMap((panel, i) => seriesOf(drawing, panel, i, look)),
  };
}

function titleOf(panel, box, look) {
  return {
    text: `{a|${panel.title}}\n{b|${panel.unit}}`,
    left: box.left - LEFT + 8,
    top: box.top - HEAD,
    padding: 0,
    textStyle: {
      width: box.width + LEFT - 4,
      overflow: "truncate",
      rich: {
        a: { color: look.ink, fontSize: 13, fontWeight: 600, lineHeight: 18, fontFamily: look.font },
        b: { color: look.muted, fontSize: 11, lineHeight: 14, fontFamily: look.font },
      },
    },
  };
}

function yearAxis(i, years, look) {
  const last = years.length - 1;
  const isShown = (place) => place === 0 || place === last || (years[place] % 5 === 0 && place > 2 && place < last - 2);
  return {
    type: "category",
    gridIndex: i,
    data: years.map(String),
    boundaryGap: false,
    axisLine: { show: true, onZero: false, lineStyle: { color: look.muted } },
    axisTick: { show: false },
    axisLabel: { color: look.muted, fontSize: 11, interval: isShown, margin: 7 },
  };
}

function valueAxis(i, frame, look) {
  const { lang } = get();
  return {
    type: "value",
    gridIndex: i,
    min: frame.min,
    max: frame.max,
    interval: frame.interval,
    axisLabel: { color: look.muted, fontSize: 11, margin: 6, formatter: (value) => tick(value, lang) },
    splitLine: { lineStyle: { color: look.grid, width: 0.8 } },
  };
}

/* Bands first, so that no line is covered; the line in front last. */
function seriesOf(drawing, panel, i, look) {
  const ordered = [...panel.lines].sort((a, b) => (a.index === panel.front) - (b.index === panel.front));
  const bands = ordered.map((line) => bandOf(line, panel, i, look));
  const lines = ordered.map((line) => lineOf(line, panel, i, look));
  if (lines.length) lines[0].markLine = marksOf(drawing, panel, look);
  return [...bands, ...lines];
}

function bandOf(line, panel, i, look) {
  const colour = look.series[line.index];
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
    renderItem: (params, api) => (params.dataIndexInside === 0 ? polygons(line, api, colour, panel) : undefined),
  };
}

function polygons(line, api, colour, panel) {
  const opacity = line.index === panel.front ? 0.2 : 0.1;
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
      style: { fill: colour, opacity },
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

function lineOf(line, panel, i, look) {
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
    lineStyle: { color: colour, width: isFront ? 2.4 : 1.8, type: DASHES[line.index] },
    itemStyle: { color: colour },
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
