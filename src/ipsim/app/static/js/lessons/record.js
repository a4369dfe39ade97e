/** What a class and a visitor foretold, kept on their device. */

const KEPT = "ipsim.board.lesson.";
const MOST_HANDS = 9999;
const unkept = new Map();

/**
 * @typedef {Object} Record
 * @property {number[]} hands by choice
 * @property {?number} mine choice of the visitor
 */

/**
 * Return what was foretold in a lesson.
 *
 * @param {string} key of the lesson
 * @param {number} choices how many there are
 * @returns {Record}
 */
export function recordOf(key, choices) {
  const found = unkept.get(key) ?? stored(key);
  const hands = Array.from({ length: choices }, (_, i) => whole(found?.hands?.[i]));
  const mine = Number.isInteger(found?.mine) && found.mine >= 0 && found.mine < choices ? found.mine : null;
  return { hands, mine };
}

/**
 * Keep what was foretold in a lesson.
 *
 * @param {string} key of the lesson
 * @param {?Record} record null to forget it
 */
export function keep(key, record) {
  unkept.delete(key);
  try {
    if (record) localStorage.setItem(KEPT + key, JSON.stringify(record));
    else localStorage.removeItem(KEPT + key);
  } catch {
    if (record) unkept.set(key, record); // private windows may have no storage
  }
}

/** @param {Record} record @returns {boolean} whether nobody has foretold anything */
export function isEmpty(record) {
  return record.mine === null && record.hands.every((count) => count === 0);
}

/** @param {*} value @returns {number} a count of hands within bounds */
export function whole(value) {
  const count = Math.trunc(Number(value));
  return Number.isFinite(count) ? Math.min(MOST_HANDS, Math.max(0, count)) : 0;
}

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(KEPT + key));
  } catch {
    return null;
  }
}
