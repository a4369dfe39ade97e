/** Recorded runs: asked for once, kept for the visit, asked again when the board has dropped them. */

import { Refused, get, stream } from "../api.js";
import { policyBody } from "../asking.js";
import { framesOf } from "./binary.js";

const MOST_KEPT = 3;
const kept = new Map();

/**
 * @typedef {Object} Run
 * @property {Object} facts what the board says of the run, see `ipsim.app.city.keeping`
 * @property {import("./binary.js").Frames} frames
 * @property {Object} asked what was asked for
 */

/**
 * Return a run that is here already.
 *
 * @param {{policy: Object, seed: number, scale: number}} asked
 * @returns {?Run}
 */
export function runNow(asked) {
  return kept.get(keyOf(asked)) ?? null;
}

/**
 * Load a run.
 *
 * @param {{policy: Object, seed: number, scale: number}} asked
 * @param {(done: ?number, of: ?number) => void} tell how far the run is; without numbers, that it is fetched
 * @param {AbortSignal} [signal]
 * @returns {Promise<?Run>} null when the signal stopped it
 */
export async function loadRun(asked, tell, signal) {
  const key = keyOf(asked);
  if (!kept.has(key)) {
    const facts = await askFor(asked, tell, signal);
    if (!facts || signal?.aborted) return null;
    tell(null, null);
    const frames = framesOf(await framesFrom(facts.id, () => askFor(asked, tell, signal), signal));
    if (signal?.aborted) return null;
    kept.set(key, { facts, frames, asked });
    while (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
  }
  return kept.get(key);
}

function keyOf({ policy, seed, scale }) {
  return JSON.stringify([policyBody(policy, ""), seed, scale]);
}

async function askFor({ policy, seed, scale }, tell, signal) {
  let facts = null;
  const hear = (line) => {
    if (line.kind === "progress") tell(line.done, line.of);
    else if (line.kind === "city") facts = line;
  };
  await stream("/api/city", { policy: policyBody(policy, ""), seed, scale }, hear, signal);
  return facts;
}

async function framesFrom(id, askAgain, signal) {
  for (let attempt = 0; ; attempt++) {
    const answer = await fetch(`/api/city/${id}/frames`, { cache: "no-store", signal });
    if (answer.ok) return answer.arrayBuffer();
    if (attempt > 0) throw new Refused(answer.status, []);
    await askAgain();
  }
}

/**
 * Read the life of an agent.
 *
 * @param {Run} run
 * @param {string} kind
 * @param {number} number
 * @param {AbortSignal} [signal]
 * @returns {Promise<Object>}
 */
export function lifeOf(run, kind, number, signal) {
  return persistent(run, `life/${kind}/${number}`, signal);
}

/**
 * Read what an agent reckoned in a quarter.
 *
 * @param {Run} run
 * @param {string} kind
 * @param {number} number
 * @param {number} quarter
 * @param {AbortSignal} [signal]
 * @returns {Promise<Object>}
 */
export function reasonsOf(run, kind, number, quarter, signal) {
  return persistent(run, `reasons/${kind}/${number}/${quarter}`, signal);
}

/* The board keeps few runs: one that it dropped is made again, equal to the last bit. */
async function persistent(run, path, signal) {
  try {
    return await get(`/api/city/${run.facts.id}/${path}`, signal);
  } catch (fault) {
    if (!(fault instanceof Refused) || fault.status !== 404) throw fault;
    await askFor(run.asked, () => {}, signal);
    return get(`/api/city/${run.facts.id}/${path}`, signal);
  }
}

/**
 * Return the enterprise of a run by what stays the same under every policy: its row and which one of that row.
 *
 * @param {Run} run
 * @param {string} key such as `412` or `412-2`
 * @returns {number} -1 when it does not exist in this run
 */
export function enterpriseByKey(run, key) {
  run.byKey ??= new Map(Array.from({ length: run.frames.count }, (_, life) => [keyOfEnterprise(run, life), life]));
  return run.byKey.get(key) ?? -1;
}

/**
 * Return what an enterprise is called in the address: the same under every policy with one seed and scale.
 *
 * @param {Run} run
 * @param {number} life
 * @returns {string}
 */
export function keyOfEnterprise(run, life) {
  const { row, generation } = run.frames.life;
  return generation[life] ? `${row[life] + 1}-${generation[life] + 1}` : String(row[life] + 1);
}
