/** Where every enterprise stands: stages are columns, industries bands, and each has its place in its cell. */

const HEAD = 28;
const BAND = 18;
const FOOT = 6;
const EDGE = 8;
const GAP = 12;
const STAGES = 4;
/** Share of the width that moves from one column to another while the best widths are sought. */
const MOVES = [0.08, 0.04, 0.02, 0.01];

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
 * Lay out the enterprises of a run so that all fit, none covers another, and marks are as large as can be.
 *
 * @param {import("./run.js").Run} run
 * @param {number} width
 * @param {number} height
 * @returns {Layout}
 */
export function layoutOf({ frames, facts }, width, height) {
  const industries = facts.industries.length;
  const capacity = capacities(frames, industries);
  const room = { width: width - 2 * EDGE - (STAGES - 1) * GAP, height: height - HEAD - industries * (BAND + FOOT) };
  const { widths, pitch } = bestWidths(capacity, room);
  const lines = linesAt(capacity, widths, pitch);
  const spare = Math.max(0, room.height - lines.reduce((a, b) => a + b, 0) * pitch) / industries;
  const heights = lines.map((count) => count * pitch + spare);
  return placed(frames, { width, height, pitch, widths, heights });
}

function capacities(frames, industries) {
  const { industry, stage, place } = frames.life;
  const found = Array.from({ length: industries }, () => new Array(STAGES).fill(0));
  for (let n = 0; n < frames.count; n++) {
    const band = found[industry[n]];
    band[stage[n]] = Math.max(band[stage[n]], place[n] + 1);
  }
  return found;
}

/* From even columns, width moves to where it lets all marks grow, in ever smaller portions. */
function bestWidths(capacity, room) {
  let widths = new Array(STAGES).fill(room.width / STAGES);
  let pitch = largestPitch(capacity, widths, room.height);
  for (const move of MOVES) {
    for (let isBetter = true; isBetter; ) {
      isBetter = false;
      for (let from = 0; from < STAGES; from++) {
        for (let to = 0; to < STAGES; to++) {
          const tried = [...widths];
          tried[from] -= move * room.width;
          tried[to] += move * room.width;
          const reached = tried[from] > 0.08 * room.width ? largestPitch(capacity, tried, room.height) : 0;
          if (reached > 1.0005 * pitch) {
            [widths, pitch, isBetter] = [tried, reached, true];
          }
        }
      }
    }
  }
  return { widths, pitch };
}

function largestPitch(capacity, widths, height) {
  let low = 0.5;
  let high = 40;
  for (let round = 0; round < 24; round++) {
    const middle = (low + high) / 2;
    const needed = linesAt(capacity, widths, middle).reduce((a, b) => a + b, 0) * middle;
    if (needed <= height) low = middle;
    else high = middle;
  }
  return low;
}

/* Lines of marks that each band needs. */
function linesAt(capacity, widths, pitch) {
  return capacity.map((band) => Math.max(1, ...band.map((count, s) => Math.ceil(count / Math.max(1, Math.floor(widths[s] / pitch))))));
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
    y += one + BAND + FOOT;
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
