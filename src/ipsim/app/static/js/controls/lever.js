/** One lever or dial: slider, number, small drawing of its path, what it costs, and its path opened for drawing. */

import { fill } from "../element.js";
import { isRamp, opening, same, snapped } from "../paths.js";
import { differs, effective, heldAt, ownPath, withPath } from "../policies.js";
import { get } from "../store.js";
import { plain, t, words } from "../words.js";
import { costOf } from "./cost.js";
import { rangeOf } from "./drawing.js";
import { noteOf, reading } from "./lever_notes.js";
import { partsOf } from "./lever_parts.js";
import { edited, move } from "./moving.js";
import { buildPathEditor } from "./path_editor.js";

const TYPING = 400;

/**
 * Build the control of a lever.
 *
 * @param {Object} one lever or dial of the catalogue
 * @param {{isDial?: boolean}} [looks] a dial stands for itself; other levers say what they mean as well
 * @returns {{root: HTMLElement, refresh: () => void, complain: (text: string) => void, tell: (answer: Object) => void}}
 */
export function buildLever(one, { isDial = false } = {}) {
  const parts = partsOf(one, isDial);
  const path = openable(one, parts);
  const complain = (text) => {
    parts.fault.textContent = text;
    parts.fault.hidden = !text;
    if (text) parts.number.setAttribute("aria-invalid", "true");
    else parts.number.removeAttribute("aria-invalid");
  };
  hearMoves(one, parts, complain);
  parts.reset.addEventListener("click", () => move((policy) => resetTo(policy, one.key)));
  const refresh = () => {
    if (!effective(edited(), one.key)) return; // its start is not loaded yet
    showValue(one, parts);
    showPath(one, parts);
    path.refresh();
  };
  const tell = (answer) => {
    parts.found.textContent = parts.root.classList.contains("changed") ? costOf(one, answer, get().edited) : "";
  };
  return { root: parts.root, refresh, complain, tell };
}

/** Open and close the editor of the path; the keyboard goes along. */
function openable(one, { opener, editor }) {
  let inside = null;
  const toggle = () => {
    inside = inside ? null : buildPathEditor(one, close);
    opener.setAttribute("aria-expanded", String(Boolean(inside)));
    fill(editor, inside?.root);
    inside?.refresh();
    inside?.root.querySelector("input, button")?.focus();
  };
  const close = () => {
    toggle();
    opener.focus();
  };
  opener.addEventListener("click", toggle);
  return { refresh: () => inside?.refresh() };
}

function hearMoves(one, { range, number }, complain) {
  let timer = 0;
  const set = (value) => move((policy) => heldAt(policy, one.key, get().from, value));
  const typed = () => {
    clearTimeout(timer);
    const value = number.valueAsNumber;
    const isWrong = !(value >= one.low && value <= one.high);
    complain(isWrong ? t("board.between", { low: plain(one.low), high: plain(one.high) }) : "");
    if (!isWrong && !isHeld(one.key, value)) set(value);
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
}

function showValue(one, { range, number, unit }) {
  const value = shown(one.key);
  const reach = rangeOf(one, [value]);
  range.min = reach.low;
  range.max = reach.high;
  range.value = value;
  range.setAttribute("aria-valuetext", t("board.value_from", { value: plain(value), unit: words(one.unit), year: get().from }));
  unit.textContent = words(one.unit) + reading(one, value);
  // What somebody is typing is left alone.
  const isTyped = document.activeElement === number && (number.value === "" || number.hasAttribute("aria-invalid"));
  if (!isTyped && number.valueAsNumber !== value) number.value = String(Number(value.toPrecision(6)));
}

function showPath(one, { drawing, root, reset, note, found }) {
  const policy = edited();
  const [quarters, base] = [effective(policy, one.key), effective(get().baseline, one.key)];
  const isChanged = differs(policy, get().baseline, one.key);
  drawing.show(quarters, base, rangeOf(one, quarters, base), isRamp(ownPath(policy, one.key)));
  root.classList.toggle("changed", isChanged);
  reset.hidden = !isChanged && ownPath(policy, one.key) === null;
  fill(note, noteOf(policy, one, quarters, isChanged));
  if (!isChanged) found.textContent = "";
}

/** The value that a slider shows: the one at the beginning of the year from which it sets. */
function shown(key) {
  return effective(edited(), key)[opening(get().from)];
}

/* What ends within the year is not held from its beginning: setting it anew is a change. */
function isHeld(key, value) {
  return effective(edited(), key).slice(opening(get().from)).every((one) => same(one, value));
}

/** As in the baseline: its own path when both begin alike, else the path of the start. */
function resetTo(policy, key) {
  const { baseline } = get();
  const isAlike = policy.start !== undefined && policy.start === baseline.start;
  return withPath(policy, key, isAlike ? ownPath(baseline, key) : null);
}
