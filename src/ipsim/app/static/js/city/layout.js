/** Where every enterprise stands: stages are columns, industries bands, and each has its place in its cell. */

const HEAD = 30;
const BAND = 19;
const EDGE = 8;
const GAP = 10;
const STAGES = 4;

/**
 * @typedef {Object} Layout
 * @property {number} width
 * @property {number} height
 * @property {number} pitch distance of neighbours
 * @property {Float32Array} x centre of each enterprise
 * @property {Float32Array} y
 * @property {{x: number, width: number}[]} columns
 * @property {{y: number, height: number}[]} bands with their name above the places
 */

/**
 * Lay out the enterprises of a run so that all fit and none cover another.
 *
 * @param {import("./run.js").Run} run
 * @param {number} width
 * @param {number} height
 * @returns {Layout}
 */
export function layoutOf({ frames, facts }, width, height) {
  const industries = facts.industries.length;
  const capacity = capacities(frames, industries);
  const room = { width: width - 2 * EDGE - (STAGES - 1) * GAP, height: height - HEAD - industries * (BAND + 6) };
  const { columns, rows } = shares(capacity, industries);
  const widths = columns.map((share) => share * room.width);
  const heights = rows.map((share) => share * room.height);
  const pitch = largestPitch(capacity, widths, heights);
  return placed(frames, { width, height, pitch, widths, heights });
}

function capacities(frames, industries) {
  const { industry, stage, place } = frames.life;
  const found = new Float64Array(industries * STAGES);
  for (let n = 0; n < frames.count; n++) {
    const cell = industry[n] * STAGES + stage[n];
    found[cell] = Math.max(found[cell], place[n] + 1);
  }
  return found;
}

/* Widths and heights in turn, each so that the tightest cell has as much room as the others. */
function shares(capacity, industries) {
  let columns = new Array(STAGES).fill(1 / STAGES);
  let rows = new Array(industries).fill(1 / industries);
  for (let round = 0; round < 30; round++) {
    rows = normal(rows.map((_, k) => Math.max(...columns.map((share, s) => capacity[k * STAGES + s] / share), 1)));
    columns = normal(columns.map((_, s) => Math.max(...rows.map((share, k) => capacity[k * STAGES + s] / share), 1)));
  }
  return { columns, rows };
}

function normal(values) {
  const sum = values.reduce((a, b) => a + b, 0);
  return values.map((value) => value / sum);
}

function largestPitch(capacity, widths, heights) {
  const fits = (pitch) =>
    heights.every((height, k) =>
      widths.every((width, s) => Math.floor(width / pitch) * Math.floor(height / pitch) >= capacity[k * STAGES + s]),
    );
  let low = 0.5;
  let high = 40;
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function placed(frames, { width, height, pitch, widths, heights }) {
  const columns = [];
  let x = EDGE;
  for (const one of widths) {
    columns.push({ x, width: one });
    x += one + GAP;
  }
  const bands = [];
  let y = HEAD;
  for (const one of heights) {
    bands.push({ y, height: one + BAND });
    y += one + BAND + 6;
  }
  const layout = { width, height, pitch, columns, bands, x: new Float32Array(frames.count), y: new Float32Array(frames.count) };
  const { industry, stage, place } = frames.life;
  for (let n = 0; n < frames.count; n++) {
    const column = columns[stage[n]];
    const across = Math.max(1, Math.floor(column.width / pitch));
    layout.x[n] = column.x + ((place[n] % across) + 0.5) * pitch;
    layout.y[n] = bands[industry[n]].y + BAND + (Math.floor(place[n] / across) + 0.5) * pitch;
  }
  return layout;
}
