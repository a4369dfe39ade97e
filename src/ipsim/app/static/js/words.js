/** Words and numbers as people read them. All words come from the board's catalogue, in both languages. */

import { board } from "./catalogue.js";
import { get } from "./store.js";

const MINUS = "−";

/**
 * Return a phrase in the language of the page.
 *
 * @param {string} key such as `board.title`
 * @param {Object<string, string|number>} [gaps] what goes into the gaps, already formatted
 * @returns {string}
 */
export function t(key, gaps = {}) {
  const text = board()?.words[get().lang][key];
  if (text === undefined) {
    console.warn(`no words for ${key}`);
    return "";
  }
  return text.replaceAll(/\{(\w+)\}/g, (gap, name) => String(gaps[name] ?? gap));
}

/**
 * Return a pair of words in the language of the page.
 *
 * @param {{en: string, zh: string}|string|null} pair
 * @returns {string}
 */
export function words(pair) {
  if (pair === null || pair === undefined) return "";
  return typeof pair === "string" ? pair : pair[get().lang];
}

/**
 * Return a number with separators for thousands and a true minus sign.
 *
 * @param {?number} value
 * @param {number} [decimals]
 * @returns {string} a dash for a missing number
 */
export function figure(value, decimals = 0) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const places = Math.abs(value) >= 1000 ? 0 : decimals;
  const text = Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/**
 * Return a number as a person sets it: no zeros added.
 *
 * @param {?number} value
 * @returns {string}
 */
export function plain(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return value.toLocaleString("en-US", { maximumFractionDigits: 4 }).replace("-", MINUS);
}

/**
 * Return the value of an indicator as shown, without its unit.
 *
 * @param {?number} value in the unit of the files
 * @param {string} name of the indicator
 * @returns {string}
 */
export function number(value, name) {
  const { lang } = get();
  const one = board().indicators[name];
  return figure(value === null ? null : value * one.factor[lang], one.decimals[lang]);
}

/**
 * Return a difference of an indicator with its sign.
 *
 * @param {?number} value
 * @param {string} name of the indicator
 * @returns {string}
 */
export function signed(value, name) {
  return withSign(number(value, name));
}

/**
 * Put a plus before a number that has no minus; nothing before nought and a missing number.
 *
 * @param {string} text
 * @returns {string}
 */
export function withSign(text) {
  return !/[1-9]/.test(text) || text.startsWith(MINUS) ? text : `+${text}`;
}

/**
 * Return the unit of an indicator in the language of the page.
 *
 * @param {string} name of the indicator
 * @returns {string}
 */
export function unit(name) {
  return words(board().indicators[name].unit);
}

/**
 * Return the ready name of an alternative, or the one that the visitor gave.
 *
 * @param {number} index
 * @param {"en"|"zh"} [lang]
 * @returns {string}
 */
export function alternativeName(index, lang = get().lang) {
  const given = get().alternatives[index]?.name;
  return given || board().words[lang]["board.alternative_name"].replace("{letter}", "ABCD"[index]);
}
