/** The runs of a lesson: asked for once, kept while the page is open. */

import { stream } from "../api.js";
import { mark } from "../status.js";
import { words } from "../words.js";

const finished = new Map();

/**
 * Return the last answer of a lesson.
 *
 * @param {Object} lesson
 * @returns {?Object}
 */
export function answerOf(lesson) {
  return finished.get(lesson.key) ?? null;
}

/**
 * Return the policies of a lesson as the board is asked for them, named in the language of the page.
 *
 * @param {Object} lesson
 * @returns {Object[]} the baseline first
 */
export function policiesOf(lesson) {
  return lesson.policies.map(({ name, policy }) => ({ ...policy, name: words(name) }));
}

/**
 * Run a lesson.
 *
 * @param {Object} lesson
 * @param {(line: {kind: string}) => void} hear lines `waiting` and `answer` of the stream
 * @param {AbortSignal} signal
 * @returns {Promise<?Object>} the last answer
 * @throws {import("../api.js").Refused} when the board refuses
 */
export async function run(lesson, hear, signal) {
  const [baseline, ...alternatives] = policiesOf(lesson);
  mark("waiting");
  const body = { baseline, alternatives, indicators: indicatorsOf(lesson), ...lesson.runs };
  await stream(
    "/api/answer",
    body,
    (line) => {
      if (line.kind === "answer") {
        // The titles come in both languages: the page may change its own without asking again.
        line.scenarios.forEach((one, i) => (one.title = lesson.policies[i].name));
        finished.set(lesson.key, line);
        mark("partial");
      }
      hear(line);
    },
    signal,
  );
  mark("settled");
  return answerOf(lesson);
}

/* What the texts and the prediction ask for beyond the board's charts. */
function indicatorsOf(lesson) {
  const { outcome, year } = lesson.prediction;
  const asked = new Set(year === null ? [] : [outcome]);
  for (const step of lesson.steps) {
    for (const [, name] of step.html.en.matchAll(/data-outcome="([a-z0-9_]+)" data-year/g)) asked.add(name);
    for (const [, name] of step.html.zh.matchAll(/data-outcome="([a-z0-9_]+)" data-year/g)) asked.add(name);
  }
  return [...asked];
}
