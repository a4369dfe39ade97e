/** What stands beside the text of each step: the prediction, the run, the result, the reasons, the notes. */

import { h } from "../element.js";
import { t } from "../words.js";
import { firmPart } from "./firm.js";
import { happenedPart } from "./happened.js";
import { policiesTable } from "./policies.js";
import { predictionForm } from "./prediction.js";
import { runPart } from "./run.js";
import { cityPart } from "./why.js";

/**
 * @typedef {Object} Part
 * @property {Element[]} elements of the step, the text among them
 * @property {() => void} [leave] called when the lesson is taken away
 */

/**
 * @typedef {Object} Context what the steps of a lesson share
 * @property {Object} lesson
 * @property {(to: number|string) => void} go
 * @property {() => ?Object} answer the last one
 * @property {() => void} tell says that there is a new answer
 * @property {(hear: () => void) => void} onAnswer
 */

const PARTS = {
  question: (text, _, { lesson }) => ({ elements: [text, policiesTable(lesson)] }),
  predict: (text, _, { lesson }) => ({ elements: [text, predictionForm(lesson)] }),
  run: runPart,
  happened: happenedPart,
  "why-firm": firmPart,
  "why-city": cityPart,
  think: (text) => ({ elements: [text, h("div.only-print", {}, h("p", {}, t("board_lessons.handout_answer")), lines(4))] }),
  teacher: notesPart,
};

/**
 * Return what a step shows.
 *
 * @param {string} key of the step
 * @param {HTMLElement} text
 * @param {HTMLElement} section hears `lesson-shown` and `lesson-left`
 * @param {Context} context
 * @returns {Part}
 */
export function partOf(key, text, section, context) {
  return PARTS[key](text, section, context);
}

function lines(count) {
  return Array.from({ length: count }, () => h("p.write", {}));
}

/* Hidden each time anew: a teacher who goes back to the step before a class must not show them by accident. */
function notesPart(text, section) {
  const button = h("button", { type: "button", "aria-expanded": "false", data: { testid: "lesson-notes" } });
  const set = (isOpen) => {
    text.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    button.textContent = t(isOpen ? "board_lessons.hide_notes" : "board_lessons.show_notes");
  };
  button.addEventListener("click", () => set(text.hidden));
  section.addEventListener("lesson-left", () => set(false));
  set(false);
  return { elements: [h("p.hint", {}, t("board_lessons.notes_hidden")), button, text] };
}
