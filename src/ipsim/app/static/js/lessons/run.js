/** The step in which a lesson is run. */

import { fill, h } from "../element.js";
import { say } from "../status.js";
import { t } from "../words.js";
import { run } from "./running.js";

/**
 * Return the step: a button, how far it is, what was run.
 *
 * @param {HTMLElement} text
 * @param {HTMLElement} _section
 * @param {import("./parts.js").Context} context
 * @returns {import("./parts.js").Part}
 */
export function runPart(text, _section, context) {
  const { lesson } = context;
  const bar = h("progress", { max: lesson.runs.replicates, "aria-hidden": "true" });
  const said = h("p.run-said", { role: "status", data: { testid: "lesson-run-said" } });
  const faults = h("div.run-faults", { role: "alert" });
  const button = h("button.primary.run-button", { type: "button", data: { testid: "lesson-run" } });
  let stop = null;

  const show = () => {
    const answer = context.answer();
    button.textContent = t(`board_lessons.${stop ? "stop" : answer ? "run_again" : "run"}`);
    button.classList.toggle("primary", !stop && !answer);
    bar.hidden = !stop && !answer;
    bar.value = answer?.sketch ? 0 : (answer?.pairs ?? 0);
    if (!stop && answer) said.textContent = ranWords(answer);
  };
  const hear = (line) => {
    if (line.kind === "waiting" && line.ahead) said.textContent = t("board_lessons.waiting", { ahead: line.ahead });
    if (line.kind !== "answer") return;
    said.textContent = t("board_lessons.running", { pairs: line.pairs, of: line.of });
    say(said.textContent);
    show();
    context.tell();
  };
  const start = async () => {
    stop = new AbortController();
    const mine = stop;
    faults.replaceChildren();
    said.textContent = t("board_lessons.running", { pairs: 0, of: lesson.runs.replicates });
    show();
    try {
      await run(lesson, hear, mine.signal);
    } catch (fault) {
      fill(faults, h("p", { data: { testid: "faults" } }, t("board_lessons.failed"), " ", fault.message));
    }
    stop = null;
    if (mine.signal.aborted) {
      said.textContent = t("board_lessons.stopped");
      show();
      return;
    }
    show();
    if (!context.answer()) return;
    context.tell();
    say(ranWords(context.answer()));
  };
  button.addEventListener("click", () => (stop ? stop.abort() : start()));
  show();
  const box = h("div.run-box", {}, button, bar, said, faults);
  return { elements: [text, box], leave: () => stop?.abort() };
}

function ranWords(answer) {
  return t("board_lessons.ran", { pairs: answer.pairs, scale: Math.round(1000 * answer.scale) / 10 });
}
