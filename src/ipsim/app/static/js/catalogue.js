/** What the board says of itself, loaded once: cities, scenarios, levers, indicators, charts and all words. */

import { get } from "./api.js";

let loaded = null;
const starts = new Map();

/** @returns {Promise<Object>} the catalogue of `GET /api/board` */
export async function loadBoard() {
  loaded ??= await get("/api/board");
  return loaded;
}

/** @returns {Object} the catalogue; `loadBoard` must have been waited for */
export function board() {
  return loaded;
}

/**
 * Load a start with its resolved levers, once.
 *
 * @param {string} name a scenario or city that ships
 * @returns {Promise<Object>} what `GET /api/start/{name}` says
 */
export async function loadStart(name) {
  if (!starts.has(name)) starts.set(name, await get(`/api/start/${encodeURIComponent(name)}`));
  return starts.get(name);
}

/**
 * Return a start that has been loaded.
 *
 * @param {string} name
 * @returns {?Object}
 */
export function startNow(name) {
  return starts.get(name) ?? null;
}

/**
 * Return what the catalogue says of a lever or dial.
 *
 * @param {string} key
 * @returns {?Object}
 */
export function leverOf(key) {
  return byKey().get(key) ?? null;
}

/** @returns {Map<string, Object>} every dial and lever by key; a dial's entry wins over the lever of the same key */
export function byKey() {
  if (!byKey.made) {
    const all = loaded.projects.flatMap((project) => project.levers);
    byKey.made = new Map([...all, ...loaded.dials].map((one) => [one.key, one]));
  }
  return byKey.made;
}
