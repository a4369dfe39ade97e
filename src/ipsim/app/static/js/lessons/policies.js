/** What a lesson compares: its policies and what each sets. */

import { leverOf } from "../catalogue.js";
import { h } from "../element.js";
import { change, policyFrom } from "../store.js";
import { plain, t, words } from "../words.js";

const MOST_STEPS = 4;

/**
 * Return a table of the policies of a lesson.
 *
 * @param {Object} lesson
 * @returns {HTMLElement}
 */
export function policiesTable(lesson) {
  const rows = lesson.policies.map(({ name, policy }, i) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, h("small", {}, t(i ? "board_lessons.alternative" : "board_lessons.baseline")), words(name)),
      h("td", {}, changesOf(policy, i ? lesson.policies[0].policy : null)),
    ),
  );
  return h(
    "div.lesson-policies",
    {},
    h(
      "details",
      {},
      h("summary", {}, t("board_lessons.policies")),
      h("table", {}, h("tbody", {}, rows)),
      h("button.quiet", { type: "button", onclick: () => openInWhatIf(lesson), data: { testid: "lesson-whatif" } }, t("board_lessons.open_whatif")),
    ),
  );
}

function changesOf(policy, base) {
  const entries = Object.entries(policy.changes).filter(([key, path]) => !base || JSON.stringify(base.changes[key]) !== JSON.stringify(path));
  if (!entries.length) return t("board_lessons.nothing_changed");
  return h("ul", {}, entries.map(([key, path]) => h("li", {}, `${nameOf(key)}${t("board_lessons.colon")}${pathWords(path)} `, h("small", {}, unitOf(key)))));
}

function nameOf(key) {
  return words(leverOf(key)?.words) || key;
}

function unitOf(key) {
  return words(leverOf(key)?.unit);
}

/* Long paths, such as one that goes up and down each year, are shown by their first steps. */
function pathWords(path) {
  if (typeof path === "number") return plain(path);
  const steps = Object.entries(path.ramp ?? path).sort();
  const said = steps.slice(0, MOST_STEPS).map(([date, value]) => t("board_lessons.from_date", { date, value: Array.isArray(value) ? value.join(", ") : plain(value) }));
  return said.join(t("board_lessons.between")) + (steps.length > MOST_STEPS ? " …" : "");
}

/** Let the visitor go on with the lesson's policies where every lever can be moved. */
function openInWhatIf(lesson) {
  const [baseline, ...alternatives] = lesson.policies.map(({ name, policy }) => ({
    ...policyFrom(policy.start, words(name)),
    changes: policy.changes,
  }));
  change({ baseline, alternatives, edited: 0, view: "whatif" });
}
