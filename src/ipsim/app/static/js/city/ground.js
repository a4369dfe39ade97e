/** The ground of the picture: columns of stages, bands of industries, and their names. */

import { words } from "../words.js";

/**
 * Paint the ground.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {import("./layout.js").Layout} layout
 * @param {Object} facts of the run
 * @param {import("./colours.js").Colours} colours
 * @param {string} font family
 */
export function paintGround(pen, layout, facts, colours, font) {
  pen.fillStyle = colours.surface;
  for (const band of layout.bands) {
    for (const column of layout.columns) pen.fillRect(column.x - 3, band.y, column.width + 6, band.height);
  }
  pen.textBaseline = "middle";
  pen.font = `600 13px ${font}`;
  pen.fillStyle = colours.ink;
  facts.stages.forEach((stage, n) => {
    const column = layout.columns[n];
    const isLast = n + 1 === layout.columns.length;
    pen.textAlign = "left";
    pen.fillText(cut(pen, words(stage.words), column.width - (isLast ? 0 : 18)), column.x, 13);
    if (!isLast) arrow(pen, column.x + column.width - 8, 13, colours.muted);
    pen.fillStyle = colours.ink;
  });
  pen.font = `12px ${font}`;
  pen.fillStyle = colours.muted;
  facts.industries.forEach((industry, n) => {
    pen.fillText(cut(pen, words(industry.words), layout.width - 30), layout.columns[0].x, layout.bands[n].y + 10);
  });
}

/* The chain runs from materials to brands. */
function arrow(pen, x, y, colour) {
  pen.beginPath();
  pen.moveTo(x - 8, y);
  pen.lineTo(x + 4, y);
  pen.moveTo(x, y - 4);
  pen.lineTo(x + 4, y);
  pen.lineTo(x, y + 4);
  pen.strokeStyle = colour;
  pen.lineWidth = 1.2;
  pen.stroke();
}

function cut(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  let kept = text;
  while (kept.length > 1 && pen.measureText(`${kept}…`).width > width) kept = kept.slice(0, -1);
  return `${kept}…`;
}
