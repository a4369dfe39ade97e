/** The state in the address: JSON, deflated, in the letters that a link may have (`#s=...`). */

import { FIRST_YEAR, LAST_YEAR, MOST_ALTERNATIVES, change, defaults, get, subscribe } from "./store.js";

const MARK = "#s=";
const LONGEST = 200_000;
const VERSION = 1;

/**
 * Return the part of a state's address after the page's own.
 *
 * @param {import("./store.js").State} state
 * @returns {Promise<string>} begins with `#s=`
 */
export async function written(state) {
  const text = JSON.stringify({ v: VERSION, ...state });
  return MARK + toLetters(await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(text)));
}

/**
 * Read a state from an address.
 *
 * @param {string} hash `location.hash`
 * @returns {Promise<?import("./store.js").State>} null when the address holds no state
 * @throws {Error} when it holds one that can't be read
 */
export async function read(hash) {
  if (!hash.startsWith(MARK)) return null;
  if (hash.length > LONGEST) throw new Error("the address is too long");
  const bytes = await through(new DecompressionStream("deflate-raw"), fromLetters(hash.slice(MARK.length)));
  return sound(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
}

/**
 * Keep the address in step with the state, a moment after the last change.
 *
 * @param {number} [pause] milliseconds
 */
export function follow(pause = 250) {
  let timer = 0;
  subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const hash = await written(get());
      // In place: a drag of a slider must not fill the history.
      history.replaceState(null, "", hash);
      remember(hash);
    }, pause);
  });
}

/**
 * Hear of an address that the visitor pasted or went back to.
 *
 * @param {(state: import("./store.js").State) => Promise<void>} prepared gets what the state needs, before it is taken
 * @param {(fault: Error) => void} unreadable called for an address that can't be read
 */
export function listen(prepared, unreadable) {
  addEventListener("hashchange", async () => {
    if (!location.hash.startsWith(MARK)) return;
    try {
      const found = await read(location.hash);
      await prepared(found);
      change(found);
    } catch (fault) {
      unreadable(fault);
    }
  });
}

const KEPT = "ipsim.board.";

/**
 * What this browser remembers: `lang`, `theme`, and `last`, the address of the last state.
 *
 * @param {"lang"|"theme"|"last"} name
 * @returns {?string}
 */
export function remembered(name) {
  try {
    return localStorage.getItem(KEPT + name);
  } catch {
    return null; // private windows may have no storage
  }
}

function remember(hash) {
  try {
    const { lang, theme } = get();
    localStorage.setItem(KEPT + "lang", lang);
    localStorage.setItem(KEPT + "theme", theme);
    localStorage.setItem(KEPT + "last", hash);
  } catch {
    // without storage the address alone keeps the state
  }
}

/* Checks: an address is a stranger's text. Whatever passes here has the shape that the page expects;
   values are checked by the board, which answers with faults. */

function sound(found) {
  const state = defaults();
  need(found && typeof found === "object" && found.v === VERSION, "version");
  state.baseline = policy(found.baseline);
  need(Array.isArray(found.alternatives) && found.alternatives.length <= MOST_ALTERNATIVES, "alternatives");
  state.alternatives = found.alternatives.map(policy);
  state.edited = whole(found.edited, 0, Math.max(0, state.alternatives.length - 1), "edited");
  state.lang = oneOf(found.lang, ["en", "zh"], "lang");
  state.theme = oneOf(found.theme, ["auto", "light", "dark"], "theme");
  state.view = oneOf(found.view, ["whatif", "city", "lessons"], "view");
  state.show = oneOf(found.show, ["difference", "level"], "show");
  state.from = whole(found.from, FIRST_YEAR, LAST_YEAR, "from");
  state.replicates = whole(found.replicates, 1, 60, "replicates");
  state.seed = whole(found.seed, 0, 2 ** 31 - 1, "seed");
  need(Number.isFinite(found.scale) && found.scale >= 0.02 && found.scale <= 0.25, "scale");
  state.scale = found.scale;
  for (const name of ["lesson", "city"]) {
    need(found[name] === null || typeof found[name] === "object", name);
    state[name] = found[name];
  }
  return state;
}

function policy(found) {
  need(found && typeof found === "object", "policy");
  const hasStart = typeof found.start === "string" && /^[a-z0-9-]{1,60}$/.test(found.start);
  need(hasStart !== (typeof found.text === "string"), "start");
  need(typeof found.name === "string" && found.name.length <= 80, "name");
  need(found.changes && typeof found.changes === "object" && !Array.isArray(found.changes), "changes");
  for (const [key, value] of Object.entries(found.changes)) {
    need(/^[A-Za-z0-9_.]{1,80}$/.test(key), "key");
    need(isPath(value) || isIndustries(value), key);
  }
  const made = { name: found.name, changes: found.changes };
  if (hasStart) made.start = found.start;
  else made.text = found.text;
  if (typeof found.city === "string" && /^[a-z0-9-]{1,60}$/.test(found.city)) made.city = found.city;
  if (found.subsidies !== undefined && found.subsidies !== null) {
    need(isPath(found.subsidies), "subsidies");
    made.subsidies = found.subsidies;
  }
  return made;
}

function isPath(value) {
  if (Number.isFinite(value)) return true;
  if (!value || typeof value !== "object" || Array.isArray(value)) return false;
  const steps = "ramp" in value ? value.ramp : value;
  return isDated(steps, Number.isFinite);
}

function isIndustries(value) {
  const isList = (one) => Array.isArray(one) && one.every((name) => typeof name === "string");
  return isList(value) || isDated(value, isList);
}

function isDated(value, check) {
  if (!value || typeof value !== "object" || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return entries.length > 0 && entries.every(([date, one]) => /^20[0-3]\d(-(0[1-9]|1[0-2]))?$/.test(date) && check(one));
}

function whole(value, low, high, name) {
  need(Number.isInteger(value) && value >= low && value <= high, name);
  return value;
}

function oneOf(value, allowed, name) {
  need(allowed.includes(value), name);
  return value;
}

function need(isSo, name) {
  if (!isSo) throw new Error(`the address can't be read: ${name}`);
}

async function through(stream, bytes) {
  const reading = new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer();
  return new Uint8Array(await reading);
}

function toLetters(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromLetters(letters) {
  const text = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (one) => one.charCodeAt(0));
}
