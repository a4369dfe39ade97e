/** A lesson on the page: its steps one at a time, all of them on paper. */

import { fill, h } from "../element.js";
import { change, get } from "../store.js";
import { t, words } from "../words.js";
import { fillGaps } from "./gaps.js";
import { answerOf } from "./running.js";
import { partOf } from "./parts.js";

/**
 * Show a lesson.
 *
 * @param {HTMLElement} root
 * @param {Object} lesson what `GET /api/lessons/{key}` says
 * @returns {() => void} takes it away
 */
export function mountLesson(root, lesson) {
  let step = Math.min(Math.max(0, get().lesson?.step ?? 0), lesson.steps.length - 1);
  const go = (to, isMoved = true) => {
    step = typeof to === "string" ? lesson.steps.findIndex((one) => one.key === to) : to;
    change({ lesson: { key: lesson.key, step } });
    show();
    if (!isMoved) return;
    sections[step].querySelector("h3").focus({ preventScroll: true });
    scrollTo({ top: 0 });
  };
  // What the steps tell each other: there is an answer, or a newer one.
  const told = new Set();
  const context = {
    lesson,
    go,
    answer: () => answerOf(lesson),
    tell: () => {
      sections.forEach((section) => fillGaps(section, answerOf(lesson)));
      told.forEach((hear) => hear());
    },
    onAnswer: (hear) => told.add(hear),
  };
  const leaves = [];
  const sections = lesson.steps.map((one, i) => sectionOf(one, i, context, leaves));
  const marks = lesson.steps.map((one, i) =>
    h("button", { type: "button", onclick: () => go(i), data: { testid: "lesson-step", step: one.key } }, h("span", {}, titleOf(one))),
  );
  const foot = h("nav.lesson-foot", {});
  const show = () => {
    sections.forEach((section, i) => {
      section.hidden = i !== step;
      section.dispatchEvent(new CustomEvent(i === step ? "lesson-shown" : "lesson-left"));
    });
    marks.forEach((mark, i) => (i === step ? mark.setAttribute("aria-current", "step") : mark.removeAttribute("aria-current")));
    footed(foot, lesson, step, go);
    const bar = marks[step].closest("ol");
    bar?.scrollTo({ left: marks[step].offsetLeft - bar.offsetLeft - 40 });
  };
  fill(
    root,
    h(
      "article.lesson",
      { data: { lesson: lesson.key } },
      headOf(lesson),
      h("nav.lesson-steps", { "aria-label": t("board_lessons.steps") }, h("ol", {}, marks.map((mark) => h("li", {}, mark)))),
      h("div.lesson-body", {}, sections, foot),
    ),
  );
  context.tell();
  show();
  return () => leaves.forEach((leave) => leave());
}

/**
 * Return the title of a step: the lesson's own, or the usual one.
 *
 * @param {{key: string, title: {en: string, zh: string}}} step
 * @returns {string}
 */
export function titleOf(step) {
  return words(step.title) || t(`board_lessons.step_${step.key.replace("-", "_")}`);
}

function headOf(lesson) {
  return h(
    "header.lesson-head",
    {},
    h(
      "div.lesson-tools",
      {},
      h("button.quiet", { type: "button", onclick: () => change({ lesson: null }), data: { testid: "lesson-back" } }, `‹ ${t("board_lessons.back_to_list")}`),
      h("button.quiet", { type: "button", onclick: () => print(), data: { testid: "lesson-print" } }, t("board_lessons.print")),
    ),
    h("h2", {}, words(lesson.title)),
    h("p.lesson-ask", {}, words(lesson.question)),
  );
}

function sectionOf(step, i, context, leaves) {
  const text = h("div.lesson-text", {});
  // The board made this from Markdown with HTML switched off.
  text.innerHTML = words(step.html);
  const title = h("h3", { tabindex: "-1", id: `lesson-${step.key}` }, titleOf(step));
  const section = h(
    "section.lesson-section",
    { "aria-labelledby": `lesson-${step.key}`, hidden: true, data: { step: step.key, testid: "lesson-section" } },
    h("p.step-of", {}, t("board_lessons.step_of", { n: i + 1, of: context.lesson.steps.length })),
    title,
  );
  const part = partOf(step.key, text, section, context);
  if (part.leave) leaves.push(part.leave);
  section.append(...part.elements);
  return section;
}

function footed(foot, lesson, step, go) {
  const next = lesson.steps[step + 1];
  fill(
    foot,
    step > 0 ? h("button", { type: "button", onclick: () => go(step - 1), data: { testid: "lesson-previous" } }, t("board_lessons.previous")) : h("span"),
    next
      ? h("button.primary", { type: "button", onclick: () => go(step + 1), data: { testid: "lesson-next" } }, t("board_lessons.next", { step: titleOf(next) }))
      : h("button", { type: "button", onclick: () => change({ lesson: null }) }, t("board_lessons.back_to_list")),
  );
}
