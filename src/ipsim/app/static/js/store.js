/** The state of the page, in one place. What is here is in the address, so that a link reopens everything. */

/**
 * @typedef {Object} Policy a scenario as the page holds it, see `ipsim.app.asked.Policy`
 * @property {?string} [start] name of a scenario or city that ships
 * @property {?string} [text] a scenario file instead
 * @property {string} [city] name of the city of a scenario file
 * @property {string} name what the visitor calls it; empty for the ready name
 * @property {?(number|Object)} [subsidies] the dial of subsidies, a multiple
 * @property {Object<string, *>} changes other values by lever key
 */

/**
 * @typedef {Object} State
 * @property {"en"|"zh"} lang
 * @property {"auto"|"light"|"dark"} theme
 * @property {"whatif"|"city"|"lessons"} view
 * @property {Policy} baseline
 * @property {Policy[]} alternatives at most four
 * @property {number} edited index of the alternative that the controls change
 * @property {"difference"|"level"} show
 * @property {number} from the year from which a moved control holds
 * @property {number} replicates
 * @property {number} scale
 * @property {number} seed
 * @property {?Object} lesson what the view of lessons keeps
 * @property {?Object} city what the view of the city keeps
 */

export const FIRST_YEAR = 2016;
export const LAST_YEAR = 2030;
export const MOST_ALTERNATIVES = 4;

/**
 * A policy without changes.
 *
 * @param {string} start name of a scenario or city that ships
 * @param {string} [name]
 * @returns {Policy}
 */
export function policyFrom(start, name = "") {
  return { start, name, changes: {} };
}

/** @returns {State} the state of a first visit */
export function defaults() {
  return {
    lang: "en",
    theme: "auto",
    view: "whatif",
    baseline: policyFrom("jinhua"),
    alternatives: [policyFrom("jinhua")],
    edited: 0,
    show: "difference",
    from: 2021,
    replicates: 30,
    scale: 0.25,
    seed: 1,
    lesson: null,
    city: null,
  };
}

let state = defaults();
const listeners = new Set();

/** @returns {State} the state now; never change it in place */
export function get() {
  return state;
}

/**
 * Change parts of the state and tell everyone.
 *
 * @param {Partial<State>} patch
 */
export function change(patch) {
  const changed = Object.keys(patch).filter((key) => patch[key] !== state[key]);
  if (!changed.length) return;
  state = { ...state, ...patch };
  for (const listener of [...listeners]) listener(state, new Set(changed));
}

/**
 * Hear of changes.
 *
 * @param {(state: State, changed: Set<string>) => void} listener
 * @returns {() => void} stops hearing
 */
export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Change the policy that the controls edit.
 *
 * @param {(policy: Policy) => Policy} made gives the new policy; must not change the old one
 */
export function changeEdited(made) {
  const alternatives = state.alternatives.map((one, i) => (i === state.edited ? made(one) : one));
  change({ alternatives });
}
