// A chart as a file to put into a report: light colours, title, key, source line; PNG at twice the size, or SVG.

/* global echarts */

import { layout, optionOf } from "./drawing.js";
import { DASHES, MARKERS, lightPalette } from "./palette.js";

const WIDTH = 960;
const HEAD = 74;
const FOOT = 30;
const MARGIN = 14;
const MARK = 28;

/**
 * @typedef {object} Caption
 * @property {string} title
 * @property {string} subtitle what is shown: differences or levels, of which policies
 * @property {{index: number, name: string}[]} key
 * @property {string} source
 */

/**
 * Return a chart as a picture.
 * @param {import("./drawing.js").Drawing} drawing
 * @param {Caption} caption
 * @param {"png"|"svg"} kind
 * @returns {Promise<Blob>}
 */
export async function pictureOf(drawing, caption, kind) {
  const look = lightPalette();
  const { height } = layout(drawing.panels, WIDTH - 2 * MARGIN, look);
  const size = { width: WIDTH, height: HEAD + height + FOOT };
  const option = framed(optionOf(drawing, look, WIDTH - 2 * MARGIN), caption, look, size);
  return kind === "svg" ? vector(option, size) : bitmap(option, size);
}

/* Everything moves down below the heading, and the words come as drawn text. */
function framed(option, caption, look, size) {
  for (const box of [...option.grid, ...option.title]) {
    box.left += MARGIN;
    box.top += HEAD;
  }
  option.backgroundColor = look.paper ?? "#fefefe";
  const words = (text, top, fontSize, fill, weight) => {
    const font = `${weight} ${fontSize}px ${look.font}`;
    const style = { text, fill, font, width: WIDTH - 4 * MARGIN, overflow: "truncate" };
    return { type: "text", left: MARGIN + 8, top, style };
  };
  option.graphic = [
    words(caption.title, 12, 17, look.ink, 600),
    words(caption.subtitle, 34, 12, look.muted, 400),
    ...keyOf(caption.key, look),
    words(caption.source, size.height - FOOT + 8, 11, look.muted, 400),
  ];
  return option;
}

function keyOf(key, look) {
  const measure = document.createElement("canvas").getContext("2d");
  const font = `12px ${look.font}`;
  measure.font = font;
  let left = MARGIN + 8;
  return key.flatMap(({ index, name }) => {
    const colour = look.series[index];
    const dash = Array.isArray(DASHES[index]) ? DASHES[index] : null;
    const shape = { x1: left, y1: 60, x2: left + MARK, y2: 60 };
    const parts = [
      { type: "line", shape, style: { stroke: colour, lineWidth: 2.2, lineDash: dash } },
      ...markOf(MARKERS[index], left + MARK / 2, colour),
      { type: "text", x: left + MARK + 6, y: 53, style: { text: name, fill: look.ink, font } },
    ];
    left += MARK + 6 + measure.measureText(name).width + 22;
    return parts;
  });
}

function markOf(kind, x, colour) {
  const style = { fill: colour };
  const y = 60;
  const corners = {
    triangle: [[0, -4], [4, 4], [-4, 4]],
    diamond: [[0, -4.5], [4.5, 0], [0, 4.5], [-4.5, 0]],
    rect: [[-3.5, -3.5], [3.5, -3.5], [3.5, 3.5], [-3.5, 3.5]],
  }[kind];
  if (kind === "circle") return [{ type: "circle", shape: { cx: x, cy: y, r: 3.6 }, style }];
  if (!corners) return [];
  return [{ type: "polygon", shape: { points: corners.map(([dx, dy]) => [x + dx, y + dy]) }, style }];
}

function vector(option, size) {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
  chart.setOption(option);
  const text = chart.renderToSVGString();
  chart.dispose();
  return new Blob([text], { type: "image/svg+xml" });
}

function bitmap(option, size) {
  const place = document.createElement("div");
  const chart = echarts.init(place, null, { renderer: "canvas", devicePixelRatio: 2, ...size });
  chart.setOption(option);
  chart.getZr().flush();
  const canvas = chart.renderToCanvas({ pixelRatio: 2 });
  return new Promise((resolve) => {
    canvas.toBlob((blob) => {
      chart.dispose();
      resolve(blob);
    }, "image/png");
  });
}
