/** The step that looks at one firm: its life and its reasons, under one policy and under another. */

import { makeLife } from "../city/life.js";
import { dateOf } from "../city/player.js";
import { enterpriseByKey, keyOfEnterprise, loadRun } from "../city/run.js";
import { fill, h } from "../element.js";
import { t, words } from "../words.js";
import { policiesOf } from "./running.js";

/**
 * Return the step: a button that finds the firm, its life, and the same firm under the other policies.
 *
 * @param {HTMLElement} text
 * @param {HTMLElement} _section
 * @param {import("./parts.js").Context} context
 * @returns {import("./parts.js").Part}
 */
export function firmPart(text, _section, { lesson }) {
  const what = t(`board_lessons.find_${lesson.firm.find}`);
  const begin = h("button.primary", { type: "button", onclick: () => look(lesson.firm.policy), data: { testid: "lesson-firm" } }, t("board_lessons.show_firm", { what }));
  const line = h("p.hint", { role: "status" });
  const bar = h("div.firm-bar", {});
  const place = h("div.city-life", { data: { testid: "city-life" }, hidden: true });
  const now = { policy: null, agent: null, key: null, quarter: null, run: null, life: null, stop: null };

  const look = async (policy) => {
    now.stop?.abort();
    const stop = (now.stop = new AbortController());
    begin.hidden = true;
    try {
      const run = await loadRun({ policy: policiesOf(lesson)[policy], ...cityOf(lesson) }, tell, stop.signal);
      if (!run || stop.signal.aborted) return;
      line.textContent = "";
      if (now.agent === null) find(run);
      Object.assign(now, { policy, run });
      show();
    } catch (fault) {
      if (stop.signal.aborted) return;
      line.textContent = `${t("board_lessons.failed")} ${fault.message}`;
      begin.hidden = now.agent !== null;
    }
  };
  const tell = (done, of) => {
    line.textContent = done === null ? "" : t("board_lessons.recording", { done, of });
  };
  const find = (run) => {
    const found = run.facts.found[lesson.firm.find];
    if (!found) throw new Error(t("board_lessons.no_such_firm"));
    now.agent = { kind: found.kind, number: found.number };
    now.key = found.kind === "enterprise" ? keyOfEnterprise(run, found.number) : null;
    now.quarter = quarterOf(lesson.firm.quarter, run) ?? found.quarter;
  };
  const show = () => {
    now.life?.destroy();
    const number = now.key === null ? now.agent.number : enterpriseByKey(now.run, now.key);
    place.hidden = false;
    fill(bar, policyButtons(lesson, now.policy, look), quarterButtons(now, step));
    if (number < 0) fill(place, h("p", {}, t("board_lessons.firm_elsewhere")));
    else showAgent({ kind: now.agent.kind, number });
  };
  const showAgent = (agent) => {
    now.life?.destroy();
    now.life = makeLife(place, now.run, agent, now.quarter, { go: (kind, number) => showAgent({ kind, number }), close: null, why: true });
  };
  const step = (by) => {
    now.quarter = Math.min(now.run.facts.quarters - 1, Math.max(0, now.quarter + by));
    show();
  };
  const leave = () => {
    now.stop?.abort();
    now.life?.destroy();
  };
  const element = h("div.lesson-firm.no-print", {}, begin, line, bar, place);
  return { elements: [text, element], leave };
}

/**
 * Return how a lesson runs a city in order to look at it: with the seed of its runs, so that firms are those of the first pair.
 *
 * @param {Object} lesson
 * @returns {{seed: number, scale: number}}
 */
export function cityOf(lesson) {
  return { seed: lesson.runs.seed, scale: lesson.runs.scale };
}

function quarterOf(text, run) {
  if (!text) return null;
  const [year, quarter] = text.split("-").map(Number);
  return Math.min(run.facts.quarters - 1, 4 * (year - run.facts.start_year) + quarter - 1);
}

function policyButtons(lesson, chosen, look) {
  const buttons = lesson.policies.map(({ name }, i) =>
    h("button", { type: "button", "aria-pressed": String(i === chosen), onclick: () => look(i), data: { testid: "firm-policy", index: i } }, words(name)),
  );
  return h("div.firm-policies", { role: "group", "aria-label": t("board_lessons.look_at") }, buttons, h("span.hint", {}, t("board_lessons.same_firm")));
}

function quarterButtons(now, step) {
  return h(
    "div.firm-quarter",
    { role: "group", "aria-label": t("board_lessons.quarter") },
    h("button", { type: "button", "aria-label": t("board_lessons.quarter_before"), onclick: () => step(-1), data: { testid: "firm-before" } }, "‹"),
    h("output", { data: { testid: "firm-quarter", quarter: now.quarter } }, dateOf(now.run.facts, now.quarter)),
    h("button", { type: "button", "aria-label": t("board_lessons.quarter_after"), onclick: () => step(1), data: { testid: "firm-after" } }, "›"),
  );
}
