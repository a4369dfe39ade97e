/** The lessons to choose from. */

import { h } from "../element.js";
import { t, words } from "../words.js";

/**
 * Return the list of lessons.
 *
 * @param {Object[]} lessons what `GET /api/lessons` says
 * @param {(key: string) => void} open
 * @returns {HTMLElement}
 */
export function listOf(lessons, open) {
  const cards = lessons.map((lesson) => h("li", {}, cardOf(lesson, open)));
  return h(
    "div.lesson-list",
    {},
    h("header", {}, h("h2", {}, t("board_lessons.heading")), h("p", {}, t("board_lessons.lead"))),
    cards.length ? h("ol.lesson-cards", {}, cards) : h("p.message", {}, t("board_lessons.none")),
  );
}

function cardOf(lesson, open) {
  return h(
    "button.lesson-card",
    { type: "button", onclick: () => open(lesson.key), data: { testid: "lesson-card", key: lesson.key } },
    h("strong", {}, words(lesson.title)),
    h("span.lesson-ask", {}, words(lesson.question)),
    h(
      "span.lesson-facts",
      {},
      t("board_lessons.minutes", { n: lesson.minutes }),
      lesson.own && h("em", {}, t("board_lessons.own")),
    ),
  );
}
