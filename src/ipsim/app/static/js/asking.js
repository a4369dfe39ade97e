/** Asking the board what the policies do: the first question goes out at once, and the latest one wins. */

import { stream } from "./api.js";
import { board } from "./catalogue.js";
import { alike } from "./policies.js";
import { get, subscribe } from "./store.js";
import { mark } from "./status.js";
import { alternativeName, words } from "./words.js";

const PATIENCE = 250;
const ASKED = ["baseline", "alternatives", "replicates", "scale", "seed"];

/**
 * Return the body of a question to `/api/answer`.
 *
 * @param {import("./store.js").State} state
 * @returns {Object}
 */
export function bodyOf(state) {
  return {
    baseline: policyBody(state.baseline, baselineName()),
    alternatives: state.alternatives.map((one, i) => policyBody(one, alternativeName(i))),
    replicates: state.replicates,
    scale: state.scale,
    seed: state.seed,
  };
}

/** @returns {string} what the baseline is called */
export function baselineName() {
  const { baseline } = get();
  if (baseline.name) return baseline.name;
  return words(board().starts.find((one) => one.name === baseline.start)?.title);
}

/**
 * Return a policy as the board reads it, without what only the page keeps.
 *
 * @param {import("./store.js").Policy} policy
 * @param {string} name what to call it
 * @returns {Object}
 */
export function policyBody({ start, text, subsidies, changes }, name) {
  const body = { name: name.slice(0, 80), changes };
  if (text === undefined) body.start = start;
  else body.text = text;
  if (subsidies !== undefined && subsidies !== null) body.subsidies = subsidies;
  return body;
}

/** @returns {boolean} whether no alternative differs from the baseline */
export function nothingDiffers() {
  const { baseline, alternatives } = get();
  return alternatives.every((one) => alike(one, baseline));
}

/**
 * Ask whenever the policies change, until told to stop.
 *
 * @param {{answer: (answer: Object) => void, said: (line: Object) => void, waiting: (line: Object) => void,
 *   settled: (line: Object) => void, refused: (fault: Error) => void, moved: () => void}} hears
 * @returns {() => void} stops asking, and what runs for it
 */
export function askOnChange(hears) {
  let going = null; // the question that is out
  let isDue = false;
  let timer = 0;

  const ask = async () => {
    clearTimeout(timer);
    isDue = false;
    going?.stop.abort();
    const body = bodyOf(get());
    const text = questionOf(body);
    if (nothingDiffers()) body.alternatives = [];
    const mine = { text, stop: new AbortController(), isAnswered: false, since: performance.now() };
    going = mine;
    mark("waiting");
    hears.moved();
    try {
      await stream("/api/answer", body, (line) => mine === going && heard(mine, line), mine.stop.signal);
    } catch (fault) {
      if (mine === going && !mine.stop.signal.aborted) hears.refused(fault);
    }
  };
  const heard = (mine, line) => {
    if (line.kind === "waiting") hears.waiting(line);
    if (line.kind === "said") hears.said(line);
    if (line.kind === "done") hears.settled(line);
    if (line.kind !== "answer") return;
    mine.isAnswered = true;
    hears.answer(line);
    if (isDue) ask();
  };
  // While a slider is dragged, a question may live until its first answer, or the charts would stand still.
  const wanted = () => {
    if (going && questionOf(bodyOf(get())) === going.text) return;
    isDue = true;
    if (!going || going.isAnswered || performance.now() - going.since > PATIENCE) ask();
    else {
      clearTimeout(timer);
      timer = setTimeout(() => isDue && ask(), PATIENCE);
    }
  };
  const unsubscribe = subscribe((_, changed) => ASKED.some((name) => changed.has(name)) && wanted());
  wanted();
  return () => {
    unsubscribe();
    clearTimeout(timer);
    going?.stop.abort();
    going = null;
  };
}

/* Two questions are the same when they differ in names alone. */
function questionOf(body) {
  return JSON.stringify(body, (key, value) => (key === "name" ? undefined : value));
}
