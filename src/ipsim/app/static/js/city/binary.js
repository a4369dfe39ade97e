/** Reading the binary of a recorded run; its layout is told in `ipsim/app/city/frames.py`. */

const KINDS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, i16: Int16Array };

/**
 * @typedef {Object} Frames
 * @property {Object<string, Uint8Array|Uint16Array|Uint32Array|Int16Array>} life a number an enterprise
 * @property {Object<string, Uint8Array|Uint16Array>} state a number a quarter of each life, life by life
 * @property {Object<string, Uint8Array|Uint32Array>} supply links from supplier to customer, with first and last quarter
 * @property {Object<string, Uint8Array|Uint32Array>} copy links from copier to holder
 * @property {Float32Array} money what a 16-bit logarithm stands for, million RMB
 * @property {number} count enterprises
 */

/**
 * Read the binary.
 *
 * @param {ArrayBuffer} buffer
 * @returns {Frames}
 * @throws {Error} when it is something else
 */
export function framesOf(buffer) {
  const view = new DataView(buffer);
  if (view.getUint32(0) !== 0x49505343 || view.getUint32(4, true) !== 1) throw new Error("these are no frames of a city");
  const length = view.getUint32(8, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 16, length)));
  const frames = { life: {}, state: {}, supply: {}, copy: {} };
  for (const one of header.arrays) {
    const [group, name] = one.name.split(".");
    frames[group][name] = new KINDS[one.type](buffer, 16 + length + one.start, one.length);
  }
  frames.money = moneyTable(header.log);
  frames.count = frames.life.row.length;
  return frames;
}

function moneyTable({ least, step }) {
  const table = new Float32Array(65536);
  for (let code = 1; code < table.length; code++) table[code] = least * Math.exp((code - 1) * step);
  return table;
}

/**
 * Return where the state of an enterprise in a quarter is.
 *
 * @param {Frames} frames
 * @param {number} life
 * @param {number} quarter
 * @returns {number} -1 when it does not exist then
 */
export function placeOf(frames, life, quarter) {
  const { first, last, start } = frames.life;
  return quarter < first[life] || quarter > last[life] ? -1 : start[life] + quarter - first[life];
}

/* Bits of `state.flags`, as in `ipsim/app/city/tables.py`. */
export const RESEARCHES = 1;
export const HIGH_TECH = 2;
export const COPIES = 4;
export const GONE = 32;
export const CLOSED = 2;
export const FAILED = 3;
