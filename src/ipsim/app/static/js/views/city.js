/** The city, firm by firm: one run of a policy to be watched, searched and asked why. */

import { board } from "../catalogue.js";
import { baselineName } from "../asking.js";
import { makeHead } from "../city/head.js";
import { makeRunView } from "../city/view.js";
import { loadRun, runNow } from "../city/run.js";
import { fill, h } from "../element.js";
import { say } from "../status.js";
import { change, get, subscribe } from "../store.js";
import { alternativeName, figure, t } from "../words.js";

const DEFAULTS = {
  of: -1,
  seed: 1,
  scale: 0.1,
  quarter: 0,
  size: "revenue",
  colour: "patents",
  links: "selected",
  picked: null,
  table: false,
};

/**
 * What the view keeps in the address.
 *
 * @returns {Object} with the sound values of the state, and ready ones in place of others
 */
export function kept() {
  const found = get().city ?? {};
  const city = { ...DEFAULTS };
  for (const [name, ready] of Object.entries(DEFAULTS)) {
    if (ready === null || typeof found[name] === typeof ready) city[name] = found[name] ?? ready;
  }
  if (!(city.of < get().alternatives.length)) city.of = -1;
  city.scale = Math.min(0.25, Math.max(0.02, city.scale || DEFAULTS.scale));
  city.quarter = Math.max(0, Math.round(city.quarter) || 0);
  const { picked } = city;
  if (picked && !(typeof picked.kind === "string" && typeof picked.key === "string")) city.picked = null;
  return city;
}

/**
 * Change what the view keeps.
 *
 * @param {Object} patch
 */
export function keep(patch) {
  change({ city: { ...kept(), ...patch } });
}

function asked({ of, seed, scale }) {
  const { baseline, alternatives } = get();
  return { policy: of < 0 ? baseline : alternatives[of], seed, scale };
}

/** @returns {string[]} what the policies are called, the baseline first */
export function policyNames() {
  return [baselineName(), ...get().alternatives.map((_, n) => alternativeName(n))];
}

/**
 * Show the city.
 *
 * @param {HTMLElement} root
 * @returns {() => void} takes it away
 */
export function mount(root) {
  const place = h("div.city-place", {});
  const head = makeHead(board(), { kept, keep, policyNames });
  fill(root, h("div.city-page", { data: { testid: "city" } }, head.element, place));
  let view = null;
  let stop = new AbortController();
  let shown = "";

  const load = async () => {
    const city = kept();
    const wanted = asked(city);
    const key = JSON.stringify(wanted);
    if (key === shown) return;
    shown = key;
    stop.abort();
    stop = new AbortController();
    const { signal } = stop;
    if (!runNow(wanted)) waiting(place, view);
    try {
      const run = await loadRun(wanted, (done, of) => !signal.aborted && progress(place, done, of), signal);
      if (!run || signal.aborted) return;
      view?.destroy();
      view = makeRunView(place, run, { kept, keep });
      head.show(run);
      root.dataset.city = "ready";
      say(t("board_city.ready", { n: figure(run.frames.count) }));
    } catch (fault) {
      if (signal.aborted) return;
      console.warn(fault);
      view?.destroy();
      view = null;
      root.dataset.city = "failed";
      shown = "";
      failed(place, fault, load);
    }
  };
  const stopHearing = subscribe((state, changed) => {
    if (state.view !== "city") return;
    head.refresh();
    if (changed.has("city") || changed.has("baseline") || changed.has("alternatives")) load();
    if (changed.has("city")) view?.refresh();
  });
  load();
  return () => {
    stop.abort();
    stopHearing();
    view?.destroy();
    delete root.dataset.city;
  };
}

export const mountCity = mount;

/* The picture before stays in sight, dimmed, while the next run is made. */
function waiting(place, view) {
  if (view) place.classList.add("waiting");
  const bar = h("progress.city-progress", { max: 60, "aria-label": t("board_city.fetching") });
  const box = h("div.city-waiting", { role: "status" }, h("p", {}, t("board_city.fetching")), bar);
  place.querySelector(".city-waiting")?.remove();
  place.prepend(box);
}

function progress(place, done, of) {
  const box = place.querySelector(".city-waiting");
  if (!box) return;
  const text = done === null ? t("board_city.fetching") : t("board_city.loading", { done: figure(done), of: figure(of) });
  box.querySelector("p").textContent = text;
  const bar = box.querySelector("progress");
  if (done === null) bar.removeAttribute("value");
  else Object.assign(bar, { max: of, value: done });
}

function failed(place, fault, again) {
  place.classList.remove("waiting");
  const said = (fault.faults ?? []).map((one) => h("p.fault", {}, one.words?.[get().lang] ?? one.text));
  fill(
    place,
    h(
      "div.message",
      { role: "alert", data: { testid: "faults" } },
      h("h2", {}, t("board_city.failed_load")),
      said,
      h("button", { type: "button", onclick: again }, t("board_city.again")),
    ),
  );
}
