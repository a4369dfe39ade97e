/** The industries that the rapid centre covers: boxes to tick, from one year on. */

import { fill, h } from "../element.js";
import { COVERED, covered, differs, startOf, withPath } from "../policies.js";
import { FIRST_YEAR, get } from "../store.js";
import { t, words } from "../words.js";
import { edited, move } from "./moving.js";

/**
 * Build the control.
 *
 * @param {Object} one lever of the catalogue, of the kind `industries`
 * @returns {{root: HTMLElement, refresh: () => void, complain: (text: string) => void}}
 */
export function buildIndustries(one) {
  const boxes = h("div.boxes");
  const note = h("span.lever-note");
  const fault = h("p.fault", { role: "alert", hidden: true });
  const reset = h("button.icon", {
    type: "button",
    title: t("board.reset"),
    "aria-label": t("board.reset_of", { name: words(one.words) }),
    onclick: () => move((policy) => withPath(policy, COVERED, null)),
  }, "↺");
  const root = h(
    "fieldset.lever.industries",
    { data: { testid: "lever", key: one.key } },
    h("legend.unseen", {}, words(one.words)),
    h("div.lever-head", {}, h("span", { "aria-hidden": "true" }, words(one.words)), h("span.lever-marks", {}, note, reset)),
    h("p.hint", {}, t("board.industries_hint")),
    boxes,
    fault,
    h("p.lever-cost", {}, words(one.meaning), h("br"), h("b", {}, t("board.costs")), " ", words(one.cost)),
  );
  const refresh = () => {
    const policy = edited();
    const start = startOf(policy);
    if (!start) return;
    const now = new Set(coveredIn(policy, get().from));
    const focused = boxes.contains(document.activeElement) ? document.activeElement.value : null;
    fill(boxes, start.city.industries.map((industry) => boxOf(industry, now)));
    boxes.querySelector(`[value="${focused}"]`)?.focus();
    const isChanged = differs(policy, get().baseline, COVERED);
    root.classList.toggle("changed", isChanged);
    reset.hidden = policy.changes[COVERED] === undefined;
    fill(note, isChanged && h("span.chip", {}, t("board.changed_from", { year: get().from })));
  };
  const complain = (text) => {
    fault.textContent = text;
    fault.hidden = !text;
  };
  return { root, refresh, complain };
}

function boxOf(industry, now) {
  const box = h("input", { type: "checkbox", value: industry.key, checked: now.has(industry.key), onchange: () => toggle(industry.key, box.checked) });
  return h("label", {}, box, " ", words(industry.words));
}

function coveredIn(policy, year) {
  const before = covered(policy).filter(([date]) => Number(date.slice(0, 4)) <= year);
  return before.at(-1)?.[1] ?? [];
}

function toggle(key, isIn) {
  const { from } = get();
  move((policy) => {
    const now = coveredIn(policy, from).filter((one) => one !== key);
    const names = isIn ? [...now, key] : now;
    const before = covered(policy).filter(([date]) => Number(date.slice(0, 4)) < from);
    const first = before.length || from === FIRST_YEAR ? [] : [[String(FIRST_YEAR), []]];
    return withPath(policy, COVERED, Object.fromEntries([...first, ...before, [String(from), names]]));
  });
}
