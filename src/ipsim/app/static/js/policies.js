/** What a policy sets, lever by lever: its paths over those of the start, and how it differs from another. */

import { board, leverOf, loadStart, startNow } from "./catalogue.js";
import { QUARTERS, heldFrom, quartersOf, same, sinceYear, stepsOf } from "./paths.js";
import { FIRST_YEAR } from "./store.js";

export const SUBSIDIES = "subsidies";
export const STRENGTH = "policy.protection.strength";
export const COVERED = "policy.protection.rapid_centre.industries";
const ONCE = new Array(QUARTERS).fill(1);

/**
 * Return the start of a policy, resolved.
 *
 * @param {import("./store.js").Policy} policy
 * @returns {?Object} null while it is not loaded
 */
export function startOf(policy) {
  return startNow(policy.start ?? policy.city ?? board().cities[0].key);
}

/** @param {import("./store.js").State} state @returns {string[]} the starts that its policies need */
function neededStarts({ baseline, alternatives }) {
  return [...new Set([baseline, ...alternatives].map((one) => one.start ?? one.city ?? board().cities[0].key))];
}

/** @param {import("./store.js").State} state @returns {boolean} whether all its policies can be resolved */
export function areLoaded(state) {
  return neededStarts(state).every((name) => startNow(name));
}

/**
 * Load the starts that the policies of a state need, and their cities.
 *
 * @param {import("./store.js").State} state
 * @throws {Refused} for a name that does not ship
 */
export async function loadStarts(state) {
  const found = await Promise.all(neededStarts(state).map((name) => startNow(name) ?? loadStart(name)));
  await Promise.all(found.map((one) => startNow(one.city.key) ?? loadStart(one.city.key)));
}

/**
 * Return the path that a policy itself gives a lever.
 *
 * @param {import("./store.js").Policy} policy
 * @param {string} key of a lever, or `subsidies`
 * @returns {?import("./paths.js").Path}
 */
export function ownPath(policy, key) {
  return (key === SUBSIDIES ? policy.subsidies : policy.changes[key]) ?? null;
}

/**
 * Return what a lever is without the policy's own path: that of the start, moved by the dials that it follows.
 *
 * @param {import("./store.js").Policy} policy
 * @param {string} key
 * @returns {?number[]} by quarter
 */
export function below(policy, key) {
  if (key === SUBSIDIES) return ONCE;
  const start = startOf(policy);
  const lever = start?.levers[key];
  if (!lever) return null;
  if (subsidised(key) && policy.subsidies !== null && policy.subsidies !== undefined) {
    const times = quartersOf(policy.subsidies, ONCE);
    return lever.quarters.map((value, i) => value * times[i]);
  }
  if (lever.follows_dial && ownPath(policy, STRENGTH) !== null) return followed(policy, key, lever.quarters);
  return lever.quarters;
}

/** @param {string} key @returns {boolean} whether the dial of subsidies moves a lever */
export function subsidised(key) {
  return (leverOf(SUBSIDIES)?.members ?? []).includes(key);
}

/* Levers that follow the dial are straight lines of it: two quarters of the city with different strengths give the line. */
function followed(policy, key, quarters) {
  const city = startNow(startOf(policy).city.key) ?? startOf(policy);
  const strengths = city.levers[STRENGTH].quarters;
  const values = city.levers[key].quarters;
  const other = strengths.findIndex((one) => !same(one, strengths[0]));
  if (other < 0) return quarters;
  const slope = (values[other] - values[0]) / (strengths[other] - strengths[0]);
  const { low, high } = leverOf(key);
  return effective(policy, STRENGTH).map((one) =>
    Math.min(high, Math.max(low, values[0] + slope * (one - strengths[0]))),
  );
}

/**
 * Return the value of a lever in every quarter.
 *
 * @param {import("./store.js").Policy} policy
 * @param {string} key
 * @returns {?number[]} null while the start is not loaded
 */
export function effective(policy, key) {
  const under = below(policy, key);
  return under && quartersOf(ownPath(policy, key), under);
}

/**
 * Give a lever a path.
 *
 * @param {import("./store.js").Policy} policy
 * @param {string} key
 * @param {?import("./paths.js").Path|string[]|Object} path null for that of the start
 * @returns {import("./store.js").Policy} a new policy
 */
export function withPath(policy, key, path) {
  if (key === SUBSIDIES) {
    const { subsidies: _, ...rest } = policy;
    return path === null ? rest : { ...rest, subsidies: fromTheFirst(path) };
  }
  const { [key]: _, ...changes } = policy.changes;
  return { ...policy, changes: path === null ? changes : { ...changes, [key]: path } };
}

/* A multiple has nothing below it: it is 1 until its first step. */
function fromTheFirst(path) {
  if (typeof path === "number" || "ramp" in path || String(FIRST_YEAR) in path) return path;
  return { [FIRST_YEAR]: 1, ...path };
}

/**
 * Let a lever have one value from a year on, and leave what was before.
 *
 * @param {import("./store.js").Policy} policy
 * @param {string} key
 * @param {number} year
 * @param {number} value
 * @returns {import("./store.js").Policy}
 */
export function heldAt(policy, key, year, value) {
  return withPath(policy, key, stepsOf(heldFrom(effective(policy, key), year, value), below(policy, key)));
}

/**
 * Let what holds one value from one year on hold it from another.
 *
 * @param {import("./store.js").Policy} policy
 * @param {number} old
 * @param {number} year
 * @returns {import("./store.js").Policy}
 */
export function moved(policy, old, year) {
  return touched(policy).reduce((made, key) => {
    if (key === COVERED || heldSince(made, key) !== old) return made;
    const value = effective(made, key).at(-1);
    return withPath(made, key, stepsOf(heldFrom(below(made, key), year, value), below(made, key)));
  }, policy);
}

/**
 * Return the year from which a lever holds one value and does nothing else.
 *
 * @param {import("./store.js").Policy} policy
 * @param {string} key
 * @returns {?number}
 */
export function heldSince(policy, key) {
  const path = ownPath(policy, key);
  if (key === SUBSIDIES && path && typeof path === "object" && path[FIRST_YEAR] === 1) {
    const { [FIRST_YEAR]: _, ...rest } = path;
    return sinceYear(rest);
  }
  return sinceYear(path);
}

/** @param {import("./store.js").Policy} policy @returns {boolean} whether it is more than a start that ships */
export function isSet(policy) {
  return policy.text !== undefined || touched(policy).length > 0 || Object.keys(policy.changes).length > 0;
}

/** @param {import("./store.js").Policy} policy @returns {string[]} keys that the policy itself sets */
export function touched(policy) {
  const own = Object.keys(policy.changes).filter((key) => leverOf(key));
  return policy.subsidies === null || policy.subsidies === undefined ? own : [SUBSIDIES, ...own];
}

/**
 * Return whether a lever differs between two policies in any quarter.
 *
 * @param {import("./store.js").Policy} a
 * @param {import("./store.js").Policy} b
 * @param {string} key
 * @returns {boolean}
 */
export function differs(a, b, key) {
  if (key === COVERED) return JSON.stringify(covered(a)) !== JSON.stringify(covered(b));
  const [one, other] = [effective(a, key), effective(b, key)];
  return Boolean(one && other) && one.some((value, i) => !same(value, other[i]));
}

/**
 * Return the keys that differ between two policies, dials first.
 *
 * @param {import("./store.js").Policy} a
 * @param {import("./store.js").Policy} b
 * @returns {string[]}
 */
export function differences(a, b) {
  const keys = [SUBSIDIES, ...board().projects.flatMap((project) => project.levers.map((one) => one.key))];
  return keys.filter((key) => differs(a, b, key));
}

/**
 * Return whether two policies are the same to the model.
 *
 * @param {import("./store.js").Policy} a
 * @param {import("./store.js").Policy} b
 * @returns {boolean}
 */
export function alike(a, b) {
  if (a.text || b.text) return JSON.stringify({ ...a, name: "" }) === JSON.stringify({ ...b, name: "" });
  const others = (one) => JSON.stringify(Object.entries(one.changes).filter(([key]) => !leverOf(key)).sort());
  return differences(a, b).length === 0 && others(a) === others(b);
}

/**
 * Return the industries of the rapid centre by date.
 *
 * @param {import("./store.js").Policy} policy
 * @returns {[string, string[]][]} in the order of time
 */
export function covered(policy) {
  const own = policy.changes[COVERED];
  if (own === undefined) return (startOf(policy)?.industries_covered ?? []).map(([date, names]) => [String(date), names]);
  return Array.isArray(own) ? [[String(FIRST_YEAR), own]] : Object.entries(own).sort();
}

/**
 * Say a policy as changes of another start: in the same city the same values, in another city the same differences
 * from what that city did.
 *
 * @param {import("./store.js").Policy} policy
 * @param {string} start name of a start that is loaded
 * @returns {import("./store.js").Policy}
 */
export function over(policy, start) {
  const [old, city] = [startOf(policy), startNow(start).city.key];
  const isAtHome = old.city.key === city;
  const known = isAtHome ? null : { start: old.city.key, name: "", changes: {} };
  let made = { start, name: policy.name, changes: unlevered(policy) };
  if (policy.subsidies !== undefined && policy.subsidies !== null) made.subsidies = policy.subsidies;
  if (isAtHome && JSON.stringify(covered(policy)) !== JSON.stringify(covered(made))) {
    made.changes[COVERED] = Object.fromEntries(covered(policy));
  }
  // The dial first: what follows it is right already and need not be set.
  for (const key of [STRENGTH, ...Object.keys(old.levers).filter((one) => one !== STRENGTH)]) {
    const under = below(made, key);
    const isByDial = old.levers[key].follows_dial || (subsidised(key) && made.subsidies !== undefined);
    if (!isAtHome && isByDial && ownPath(policy, key) === null) continue;
    made = withPath(made, key, stepsOf(carried(effective(policy, key), known && effective(known, key), under), under));
  }
  return made;
}

/* Before the first difference from its own city, a policy carried elsewhere leaves what that city has. */
function carried(mine, known, under) {
  if (!known) return mine;
  const first = mine.findIndex((value, i) => !same(value, known[i]));
  return under.map((value, i) => (first < 0 || i < first ? value : mine[i]));
}

function unlevered(policy) {
  return Object.fromEntries(Object.entries(policy.changes).filter(([key]) => !leverOf(key)));
}
