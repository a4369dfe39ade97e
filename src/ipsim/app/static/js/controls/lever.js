/** One lever or dial: slider, number, small drawing of its path, what it costs, and its path opened for drawing. */

import { h, fill } from "../element.js";
import { isRamp, opening, same, snapped } from "../paths.js";
import { STRENGTH, SUBSIDIES, differs, effective, heldAt, heldSince, ownPath, startOf, subsidised, withPath } from "../policies.js";
import { FIRST_YEAR, LAST_YEAR, get } from "../store.js";
import { plain, t, words } from "../words.js";
import { buildDrawing, rangeOf } from "./drawing.js";
import { costOf } from "./cost.js";
import { edited, move } from "./moving.js";
import { buildPathEditor } from "./path_editor.js";

const TYPING = 400;
let made = 0;

/**
 * Build the control of a lever.
 *
 * @param {Object} one lever or dial of the catalogue
 * @param {{isDial?: boolean}} [looks] dials show their cost at once, other levers when asked
 * @returns {{root: HTMLElement, refresh: () => void}}
 */
export function buildLever(one, { isDial = false } = {}) {
  const id = `lever-${++made}`;
  const range = h("input", { type: "range", id: `${id}-range`, "aria-label": words(one.words), step: one.step });
  const number = h("input", {
    type: "number",
    inputmode: "decimal",
    "aria-label": `${words(one.words)}, ${words(one.unit)}`,
    "aria-describedby": `${id}-fault`,
    min: one.low,
    max: one.high,
    step: one.step,
  });
  const unit = h("span.unit", {}, words(one.unit));
  const fault = h("p.fault", { id: `${id}-fault`, role: "alert", hidden: true });
  const drawing = buildDrawing(34, "small");
  const note = h("span.lever-note");
  const reset = h("button.icon", {
    type: "button",
    title: t("board.reset"),
    "aria-label": t("board.reset_of", { name: words(one.words) }),
    onclick: () => move((policy) => resetTo(policy, one.key)),
  }, "↺");
  const editor = h("div.path-place", { id: `${id}-path` });
  const opener = h("button.lever-path", {
    type: "button",
    "aria-expanded": "false",
    "aria-controls": `${id}-path`,
    "aria-label": t("board.path_of", { name: words(one.words) }),
    title: t("board.path_open"),
    onclick: () => toggle(),
    data: { testid: "lever-path" },
  }, drawing.root, h("span.path-years", { "aria-hidden": "true" }, h("i", {}, FIRST_YEAR), h("b", {}, t("board.path_open")), h("i", {}, LAST_YEAR)));
  const found = h("span.cost-found");
  const cost = one.key === STRENGTH ? t("board.cost_strength") : words(one.cost);
  const about = h("p.lever-cost", {}, isDial ? null : [words(one.meaning), h("br")], h("b", {}, t("board.costs")), " ", cost, found);
  const root = h(
    "div.lever",
    { class: null, data: { testid: "lever", key: one.key } },
    h("div.lever-head", {}, h("label", { for: `${id}-range`, title: words(one.meaning) }, words(one.words)), note, reset),
    h("div.lever-set", {}, range, h("span.lever-number", {}, number, unit)),
    fault,
    opener,
    editor,
    about,
  );
  root.classList.add("lever");
  if (isDial) root.classList.add("dial");

  let pathEditor = null;
  const toggle = () => {
    pathEditor = pathEditor ? null : buildPathEditor(one, () => { toggle(); opener.focus(); });
    opener.setAttribute("aria-expanded", String(Boolean(pathEditor)));
    fill(editor, pathEditor?.root);
    if (pathEditor) {
      pathEditor.refresh();
      pathEditor.root.querySelector("input, button")?.focus({ preventScroll: false });
    }
  };

  let timer = 0;
  const set = (value) => move((policy) => heldAt(policy, one.key, get().from, value));
  const typed = () => {
    clearTimeout(timer);
    const value = number.valueAsNumber;
    const isWrong = !(value >= one.low && value <= one.high);
    complain(isWrong ? t("board.between", { low: plain(one.low), high: plain(one.high) }) : "");
    if (!isWrong && !same(value, shown(one.key))) set(value);
  };
  const complain = (text) => {
    fault.textContent = text;
    fault.hidden = !text;
    if (text) number.setAttribute("aria-invalid", "true");
    else number.removeAttribute("aria-invalid");
  };
  range.addEventListener("input", () => {
    complain("");
    set(snapped(range.valueAsNumber, one));
  });
  number.addEventListener("input", (event) => {
    clearTimeout(timer);
    // Arrow keys and the little arrows are moves; digits are waited for.
    if (event.inputType) timer = setTimeout(typed, TYPING);
    else typed();
  });
  number.addEventListener("change", typed);

  const refresh = () => {
    const policy = edited();
    const quarters = effective(policy, one.key);
    if (!quarters) return;
    const base = effective(get().baseline, one.key);
    const value = shown(one.key);
    const reach = rangeOf(one, [value]);
    range.min = reach.low;
    range.max = reach.high;
    range.value = value;
    range.setAttribute("aria-valuetext", t("board.value_from", { value: plain(value), unit: words(one.unit), year: get().from }));
    if (document.activeElement !== number || !number.hasAttribute("aria-invalid")) {
      if (number.valueAsNumber !== value && !timerIsOn(number)) number.value = String(Number(value.toPrecision(6)));
    }
    unit.textContent = words(one.unit) + reading(one, value);
    drawing.show(quarters, base, rangeOf(one, quarters, base), isRamp(ownPath(policy, one.key)));
    const isChanged = differs(policy, get().baseline, one.key);
    root.classList.toggle("changed", isChanged);
    reset.hidden = !isChanged && ownPath(policy, one.key) === null;
    fill(note, noteOf(policy, one, quarters, isChanged));
    if (!isChanged) found.textContent = "";
    pathEditor?.refresh();
  };
  const timerIsOn = (field) => document.activeElement === field && field.value === "";
  const tell = (answer) => {
    found.textContent = root.classList.contains("changed") ? costOf(one, answer, get().edited) : "";
  };
  return { root, refresh, complain, tell };
}

/** The value that a slider shows: the one at the end of the year from which it holds. */
function shown(key) {
  return effective(edited(), key)[opening(get().from) + 3];
}

/** Millions as Chinese offices read them: 200 is 2亿元. */
function reading(one, value) {
  if (get().lang !== "zh" || one.unit.en !== "RMB million") return "";
  const amount = value >= 100 ? plain(value / 100) + t("board.hundred_million") : plain(value * 100) + t("board.ten_thousand");
  return value ? t("board.reading", { amount }) : "";
}

/** As in the baseline: its own path when both begin alike, else the path of the start. */
function resetTo(policy, key) {
  const { baseline } = get();
  const isAlike = policy.start !== undefined && policy.start === baseline.start;
  return withPath(policy, key, isAlike ? ownPath(baseline, key) : null);
}

function noteOf(policy, one, quarters, isChanged) {
  const { from } = get();
  const later = quarters.slice(opening(from) + 3);
  const notes = [];
  if (one.dial && ownPath(policy, one.key) === null && startOf(policy).levers[one.key].follows_dial) notes.push(t("board.follows_dial"));
  if (subsidised(one.key) && policy.subsidies !== undefined && ownPath(policy, one.key) === null) notes.push(t("board.follows_subsidies"));
  const alone = (one.members ?? []).filter((key) => ownPath(policy, key) !== null).length;
  if (alone) notes.push(t("board.members_set", { n: alone }));
  if (isChanged) {
    const since = heldSince(policy, one.key);
    notes.push(since ? t("board.changed_from", { year: since }) : t("board.changed_path"));
  } else if (one.key !== SUBSIDIES && one.key !== STRENGTH && later.some((value) => !same(value, later[0]))) {
    notes.push(t("board.varies"));
  }
  return notes.map((text) => h("span.chip", {}, text));
}
