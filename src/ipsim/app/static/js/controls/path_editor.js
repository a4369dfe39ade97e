/** A path opened for drawing: with mouse, touch or pen across the years, or year by year in fields. */

import { h } from "../element.js";
import { YEARS, heldFrom, isRamp, opening, quartersOf, rampOf, same, stepsOf, withYear, yearly } from "../paths.js";
import { below, effective, ownPath, withPath } from "../policies.js";
import { get } from "../store.js";
import { plain, t, words } from "../words.js";
import { edited, move } from "./moving.js";
import { buildPathDrawing } from "./path_drawing.js";

/**
 * Build the editor of a lever's path.
 *
 * @param {Object} one lever or dial of the catalogue
 * @param {() => void} close
 * @returns {{root: HTMLElement, refresh: () => void}}
 */
export function buildPathEditor(one, close) {
  const drawing = buildPathDrawing(one, (values) => setYears(one, values));
  const fields = YEARS.map((year) => yearField(one, year));
  const forms = ["steps", "ramp"].map((form) => formChoice(one, form));
  const at = h("select", { "aria-label": t("board.path_year") }, YEARS.map((year) => h("option", { value: year }, year)));
  at.value = String(get().from);
  const quick = ["constant", "end", "begin"].map((what) =>
    h("button", { type: "button", onclick: () => QUICK[what](one, Number(at.value)) }, t(`board.path_${what}`)),
  );
  const root = h(
    "div.path-editor",
    {
      role: "group",
      "aria-label": t("board.path_of", { name: words(one.words) }),
      data: { testid: "path-editor" },
      onkeydown: (event) => event.key === "Escape" && close(),
    },
    h("p.hint", {}, t("board.path_hint")),
    drawing.root,
    h("div.years", {}, fields.map((field) => field.root)),
    h("fieldset.forms", {}, h("legend.unseen", {}, t("board.path_form")), forms.map((form) => form.root)),
    h("div.quick", {}, h("label", {}, t("board.path_at"), " ", at), quick),
    h("div.quick", {}, h("button.primary", { type: "button", onclick: close }, t("board.path_close"))),
  );
  const refresh = () => {
    const policy = edited();
    const quarters = effective(policy, one.key);
    const path = ownPath(policy, one.key);
    drawing.refresh(quarters, effective(get().baseline, one.key), isRamp(path));
    fields.forEach((field) => field.refresh(quarters, path));
    forms.forEach((form) => form.refresh(path));
  };
  return { root, refresh };
}

function yearField(one, year) {
  const input = h("input", {
    type: "number",
    inputmode: "decimal",
    min: one.low,
    max: one.high,
    step: one.step,
    "aria-label": t("board.path_value_in", { name: words(one.words), year, unit: words(one.unit) }),
    data: { testid: "path-year", year },
  });
  const taken = () => {
    const value = input.valueAsNumber;
    if (input.value === "" && clearPoint(one, year)) return;
    const isWrong = !(value >= one.low && value <= one.high);
    if (isWrong) {
      input.setAttribute("aria-invalid", "true");
      input.title = t("board.between", { low: plain(one.low), high: plain(one.high) });
      return;
    }
    input.removeAttribute("aria-invalid");
    input.title = "";
    setYears(one, new Map([[year, value]]));
  };
  input.addEventListener("change", taken);
  input.addEventListener("input", (event) => !event.inputType && taken());
  const refresh = (quarters, path) => {
    const value = quarters[opening(year)];
    if (document.activeElement !== input || !input.hasAttribute("aria-invalid")) input.value = String(Number(value.toPrecision(6)));
    const isPoint = !isRamp(path) || String(year) in path.ramp;
    input.classList.toggle("between", !isPoint);
  };
  return { root: h("label.year", {}, h("span", {}, year), input), refresh };
}

function formChoice(one, form) {
  const input = h("input", {
    type: "radio",
    name: `form-${one.key}`,
    onchange: () => move((policy) => withPath(policy, one.key, inForm(policy, one.key, form))),
  });
  const refresh = (path) => {
    input.checked = isRamp(path) === (form === "ramp");
  };
  return { root: h("label", {}, input, " ", t(`board.path_${form}`)), refresh };
}

function inForm(policy, key, form) {
  const quarters = effective(policy, key);
  if (form === "ramp") return rampOf(quarters);
  // A line becomes a step a year, at the value with which the year begins.
  const steps = YEARS.reduce((found, year) => withYear(found, year, rounded(quarters[opening(year)])), quarters);
  return stepsOf(steps, below(policy, key));
}

function setYears(one, values) {
  move((policy) => {
    const path = ownPath(policy, one.key);
    if (isRamp(path)) return withPath(policy, one.key, { ramp: { ...path.ramp, ...Object.fromEntries(values) } });
    const quarters = [...values].reduce((found, [year, value]) => withYear(found, year, value), effective(policy, one.key));
    return withPath(policy, one.key, stepsOf(quarters, below(policy, one.key)));
  });
}

/* A line needs points only where it bends: an emptied field takes its point away. */
function clearPoint(one, year) {
  const path = ownPath(edited(), one.key);
  if (!isRamp(path) || Object.keys(path.ramp).length < 2) return false;
  const { [year]: _, ...ramp } = path.ramp;
  move((policy) => withPath(policy, one.key, { ramp }));
  return true;
}

const QUICK = {
  constant: (one, year) => requarter(one, (quarters) => heldFrom(quarters, year, quarters[opening(year)])),
  end: (one, year) => requarter(one, (quarters) => heldFrom(quarters, year, one.low)),
  begin: (one, year) =>
    requarter(one, (quarters, base) => quarters.map((value, i) => (i < opening(year) ? base[i] : value))),
};

function requarter(one, made) {
  move((policy) => {
    const base = effective(get().baseline, one.key);
    const quarters = made(effective(policy, one.key), base);
    const isLine = isRamp(ownPath(policy, one.key));
    const path = stepsOf(quarters, below(policy, one.key));
    if (!isLine || path === null) return withPath(policy, one.key, path);
    const line = rampOf(quarters);
    const isSame = yearly(quartersOf(line, quarters)).every((value, i) => same(value, yearly(quarters)[i]));
    return withPath(policy, one.key, isSame ? line : path);
  });
}

function rounded(value) {
  return Number(value.toPrecision(6));
}
