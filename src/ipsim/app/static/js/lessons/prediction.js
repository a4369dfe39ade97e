/** The prediction of the class: hands for each choice, and one's own. */

import { fill, h } from "../element.js";
import { t, words } from "../words.js";
import { isEmpty, keep, recordOf, whole } from "./record.js";

/**
 * Return what is foretold, in one line.
 *
 * @param {Object} lesson
 * @returns {string}
 */
export function askedWords(lesson) {
  const { year, alternative, ...asked } = lesson.prediction;
  const gaps = {
    outcome: words(asked.words),
    year,
    alternative: words(lesson.policies[alternative].name),
    baseline: words(lesson.policies[0].name),
  };
  return t(year === null ? "board_lessons.predicted_sum" : "board_lessons.predicted_year", gaps);
}

/**
 * Return a form that records the prediction of the class and one's own.
 *
 * @param {Object} lesson
 * @returns {HTMLElement}
 */
export function predictionForm(lesson) {
  const { choices } = lesson.prediction;
  const form = h("form.prediction", { data: { testid: "predict" }, onsubmit: (event) => event.preventDefault() });
  let record = recordOf(lesson.key, choices.length);
  const bars = [];
  const counts = [];
  const note = (changed) => {
    record = { ...record, ...changed };
    keep(lesson.key, isEmpty(record) ? null : record);
    showShares();
  };
  const showShares = () => {
    const total = record.hands.reduce((sum, count) => sum + count, 0);
    record.hands.forEach((count, i) => {
      bars[i].value = total ? count / total : 0;
      counts[i].textContent = total ? t("board_lessons.hands_of", { n: count, of: total }) : "";
    });
  };
  const rowOf = (choice, i) => {
    const hands = handsInput(words(choice), record.hands[i], (count) =>
      note({ hands: record.hands.map((old, at) => (at === i ? count : old)) }),
    );
    bars[i] = h("meter", { min: 0, max: 1, "aria-hidden": "true" });
    counts[i] = h("span.hands-share", {});
    const mine = h("input", {
      type: "radio",
      name: `mine-${lesson.key}`,
      value: String(i),
      checked: record.mine === i,
      onchange: () => note({ mine: i }),
      data: { testid: "predict-mine" },
    });
    return h(
      "div.choice",
      { role: "group", "aria-label": words(choice) },
      h("label.choice-words", {}, mine, h("span", {}, words(choice))),
      hands,
      h("div.hands-bar", {}, bars[i], counts[i]),
    );
  };
  const build = () => {
    record = recordOf(lesson.key, choices.length);
    fill(
      form,
      h("p.asked", {}, askedWords(lesson)),
      h("div.choice-head", { "aria-hidden": "true" }, h("span", {}, t("board_lessons.mine")), h("span", {}, t("board_lessons.hands"))),
      choices.map(rowOf),
      h("p.hint", {}, t("board_lessons.kept"), " ", clearButton(() => { keep(lesson.key, null); build(); })),
      // On paper there are neither buttons nor hands.
      h("div.only-print", {}, h("p", {}, t("board_lessons.handout_prediction")), h("p.write", {}), h("p.write", {})),
    );
    showShares();
  };
  build();
  return form;
}

function handsInput(choice, start, note) {
  const input = h("input", {
    type: "number",
    min: 0,
    max: 9999,
    step: 1,
    value: String(start),
    inputmode: "numeric",
    "aria-label": t("board_lessons.hands_for", { choice }),
    data: { testid: "predict-hands" },
    oninput: () => note(whole(input.value)),
  });
  const by = (step) => () => {
    input.value = String(whole(Number(input.value) + step));
    note(Number(input.value));
  };
  return h(
    "div.hands",
    { data: { words: t("board_lessons.hands") } },
    h("button.quiet", { type: "button", onclick: by(-1), "aria-label": t("board_lessons.fewer_hands", { choice }) }, "−"),
    input,
    h("button", { type: "button", onclick: by(1), "aria-label": t("board_lessons.more_hands", { choice }), data: { testid: "predict-more" } }, "+"),
  );
}

function clearButton(clear) {
  return h("button.quiet", { type: "button", onclick: clear, data: { testid: "predict-clear" } }, t("board_lessons.clear"));
}
