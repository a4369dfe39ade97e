/** The step in which the result is shown beside the prediction. */

import { mountCharts, mountSummary } from "../charts/index.js";
import { fill, h } from "../element.js";
import { t } from "../words.js";
import { quartersPart } from "./quarters.js";
import { verdictOf } from "./verdict.js";

/**
 * Return the step: verdict, numbers, charts.
 *
 * @param {HTMLElement} text
 * @param {HTMLElement} section
 * @param {import("./parts.js").Context} context
 * @returns {import("./parts.js").Part}
 */
export function happenedPart(text, section, context) {
  const { lesson } = context;
  const edited = lesson.prediction.alternative - 1;
  const verdict = h("div", {});
  const missing = missingRun(context);
  const chartsRoot = h("div.lesson-charts", {});
  const summaryRoot = h("div.lesson-summary", {});
  const filled = h("div", {}, verdict, text, chartsRoot, h("details", {}, h("summary", {}, t("board_lessons.four_numbers")), summaryRoot));
  const quarters = lesson.quarters ? quartersPart(context) : null;
  if (quarters) filled.append(quarters.element);
  let mounted = null;

  // Charts measure the room they have, so they are made when the step is seen.
  const show = () => {
    const answer = context.answer();
    missing.hidden = Boolean(answer);
    filled.hidden = !answer;
    if (!answer || section.hidden) return;
    mounted ??= [mountCharts(chartsRoot, { charts: lesson.charts, show: "level", edited }), mountSummary(summaryRoot, { edited })];
    mounted.forEach((one) => one.update(answer));
    fill(verdict, verdictOf(lesson, answer, () => context.go("predict")));
  };
  section.addEventListener("lesson-shown", show);
  context.onAnswer(show);
  const leave = () => {
    mounted?.forEach((one) => one.destroy());
    quarters?.leave();
  };
  return { elements: [missing, filled], leave };
}

/**
 * Return what a step shows that needs the runs before there are any.
 *
 * @param {import("./parts.js").Context} context
 * @returns {HTMLElement}
 */
export function missingRun(context) {
  return h(
    "p.hint.no-print",
    {},
    t("board_lessons.not_run"),
    " ",
    h("button", { type: "button", onclick: () => context.go("run") }, t("board_lessons.run")),
  );
}
