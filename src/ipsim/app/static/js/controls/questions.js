/** Where to begin: ready questions, for as long as no alternative differs from the baseline. */

import { read, remembered } from "../address.js";
import { h } from "../element.js";
import { change } from "../store.js";
import { t } from "../words.js";
import { addReady } from "./alternatives.js";

const READY = ["end-filing-2021-risk-fund-200", "strict-2020", "quality-awards-only"];

/** @returns {HTMLElement} what to do when there is nothing to compare yet */
export function buildQuestions() {
  const asked = READY.map((name, i) =>
    h("button.question", { type: "button", onclick: () => addReady(name), data: { testid: "question", key: name } }, t(`board.question_${i + 1}`)),
  );
  return h(
    "section.questions",
    { "aria-labelledby": "questions-title" },
    h("h2", { id: "questions-title" }, t("board.questions")),
    h("p", {}, t("board.questions_hint")),
    h("div.question-list", {}, asked, goOn()),
  );
}

/* The last state is offered, not forced: a fresh page is what a class or a meeting expects. */
function goOn() {
  const last = remembered("last");
  if (!last || last === location.hash) return null;
  const back = async () => {
    const found = await read(last).catch(() => null);
    if (found) change({ ...found, view: "whatif" });
  };
  return h("button.question.again", { type: "button", onclick: back }, t("board.continue"));
}
