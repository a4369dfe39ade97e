/** The step that explains the difference for the whole city. */

import { mountWhy } from "../charts/index.js";
import { h } from "../element.js";
import { words } from "../words.js";
import { policiesOf } from "./running.js";

/**
 * Return the step: the explanation of the predicted difference, on demand.
 *
 * @param {HTMLElement} text
 * @param {HTMLElement} section
 * @param {import("./parts.js").Context} context
 * @returns {import("./parts.js").Part}
 */
export function cityPart(text, section, { lesson }) {
  const { alternative } = lesson.prediction;
  const root = h("div.lesson-why", {});
  let mounted = null;
  section.addEventListener("lesson-shown", () => {
    const policies = policiesOf(lesson);
    mounted ??= mountWhy(root, {
      baseline: policies[0],
      alternative: policies[alternative],
      runs: { scale: lesson.runs.scale, seed: lesson.runs.seed },
      names: { base: words(lesson.policies[0].name), alternative: words(lesson.policies[alternative].name) },
    });
  });
  return { elements: [text, root], leave: () => mounted?.destroy() };
}
