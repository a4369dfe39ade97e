/** Up to four alternatives: named, copied, taken away and brought back, made the baseline. */

import { board, loadStart } from "../catalogue.js";
import { fill, h } from "../element.js";
import { differences, over, startOf } from "../policies.js";
import { MOST_ALTERNATIVES, change, get, policyFrom } from "../store.js";
import { say } from "../status.js";
import { alternativeName, t, words } from "../words.js";
import { edited, moveAll } from "./moving.js";

const UNDO_FOR = 12_000;

/** @returns {{root: HTMLElement, refresh: () => void}} tabs of the alternatives, and what can be done with the chosen one */
export function buildAlternatives() {
  const tabs = h("div.alternative-tabs", { role: "group", "aria-label": t("board.alternatives") });
  const add = h(
    "button.add",
    { type: "button", "aria-label": t("board.add"), title: t("board.add"), onclick: addCopy, data: { testid: "alternative-add" } },
    "+",
  );
  const name = h("input", {
    type: "text",
    maxlength: 80,
    "aria-label": t("board.alternative_rename"),
    onchange: () => rename(name.value.trim()),
    onkeydown: (event) => event.key === "Enter" && name.blur(),
    data: { testid: "alternative-name" },
  });
  const ready = h("select", { "aria-label": t("board.ready_add"), onchange: () => addReady(ready.value) });
  const asBase = h("button", { type: "button", onclick: makeBaseline, data: { testid: "make-baseline" } }, t("board.make_baseline"));
  const remove = h("button", { type: "button", onclick: () => takeAway(undo), data: { testid: "alternative-remove" } }, t("board.remove"));
  const file = h("p.hint", {}, t("board.from_file"));
  const undo = h("div.undo", { role: "status", hidden: true });
  const root = h(
    "section.alternatives",
    { "aria-label": t("board.alternatives") },
    h("div.alternative-head", {}, tabs, add, ready),
    h("div.alternative-row", {}, name, asBase, remove),
    file,
    undo,
  );
  const refresh = () => {
    const { alternatives, edited: index, baseline } = get();
    const focused = document.activeElement?.dataset?.testid === "alternative" && tabs.contains(document.activeElement);
    fill(tabs, alternatives.map((_, i) => tabOf(i)));
    add.disabled = alternatives.length === MOST_ALTERNATIVES;
    if (focused) tabs.children[index].focus();
    if (document.activeElement !== name) name.value = alternativeName(index);
    asBase.disabled = differences(edited(), baseline).length === 0;
    remove.disabled = alternatives.length === 1;
    fill(ready, readyOptions());
    file.hidden = edited().text === undefined;
    ready.value = "";
    ready.hidden = alternatives.length === MOST_ALTERNATIVES && !isFree(edited());
  };
  return { root, refresh };
}

function tabOf(i) {
  const { edited: index, alternatives, baseline } = get();
  const count = differences(alternatives[i], baseline).length;
  return h(
    "button.alternative",
    {
      type: "button",
      "aria-pressed": String(i === index),
      title: count ? t("board.changed_count", { n: count }) : t("board.unchanged"),
      onclick: () => change({ edited: i }),
      data: { testid: "alternative", index: i, series: i + 1 },
    },
    h("i.series-mark", { "aria-hidden": "true" }),
    h("span", {}, alternativeName(i)),
  );
}


function addCopy() {
  const { alternatives } = get();
  if (alternatives.length < MOST_ALTERNATIVES) moveAll({ alternatives: [...alternatives, { ...edited(), name: "" }], edited: alternatives.length });
}

function isFree(policy) {
  return differences(policy, get().baseline).length === 0;
}

function readyOptions() {
  const city = startOf(get().baseline)?.city.key;
  const offered = board().starts.filter((one) => one.name !== one.city);
  const known = offered.filter((one) => one.city === city);
  const elsewhere = offered.filter((one) => one.city !== city);
  return [h("option", { value: "" }, t("board.ready_add")), ...[...known, ...elsewhere].map((one) => h("option", { value: one.name }, words(one.title)))];
}

/**
 * Take a scenario that ships as an alternative, in place of one that changes nothing yet.
 *
 * @param {string} name
 * @param {Partial<import("../store.js").State>} [more] further changes of the state
 */
export async function addReady(name, more = {}) {
  if (!name) return;
  const start = await loadStart(name);
  await loadStart(start.city.key);
  const { alternatives, baseline, edited: index } = get();
  const base = baseline.start ?? startOf(baseline).city.key;
  const made = { ...over(policyFrom(name), base), name: words(start.title) };
  const place = isFree(edited()) ? index : alternatives.length;
  if (place >= MOST_ALTERNATIVES) return;
  const all = [...alternatives];
  all[place] = made;
  moveAll({ alternatives: all, edited: place, ...more });
}

function rename(given) {
  const { alternatives, edited: index } = get();
  change({ alternatives: alternatives.map((one, i) => (i === index ? { ...one, name: given } : one)) });
}

function takeAway(place) {
  const { alternatives, edited: index } = get();
  const gone = alternatives[index];
  const name = alternativeName(index);
  const left = alternatives.filter((_, i) => i !== index);
  moveAll({ alternatives: left, edited: Math.min(index, left.length - 1) });
  const back = () => {
    const now = [...get().alternatives];
    now.splice(index, 0, gone);
    if (now.length <= MOST_ALTERNATIVES) moveAll({ alternatives: now, edited: index });
    place.hidden = true;
  };
  fill(place, t("board.removed", { name }), " ", h("button", { type: "button", onclick: back, data: { testid: "undo" } }, t("board.undo")));
  place.hidden = false;
  setTimeout(() => {
    place.hidden = true;
  }, UNDO_FOR);
}

/* The old baseline takes the place of the alternative: nothing is lost, and the comparison is turned round. */
function makeBaseline() {
  const { alternatives, edited: index, baseline } = get();
  const made = { ...alternatives[index], name: alternativeName(index) };
  const old = { ...baseline, name: baseline.name || t("board.old_baseline") };
  moveAll({ baseline: made, alternatives: alternatives.map((one, i) => (i === index ? old : one)) });
  say(t("board.baseline_made", { name: made.name }), true);
}
