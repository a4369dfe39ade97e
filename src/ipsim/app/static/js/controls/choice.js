/** What everything is compared with: a city, and the scenario that it starts from. */

import { board, loadStart } from "../catalogue.js";
import { fill, h } from "../element.js";
import { alike, isSet, over, startOf } from "../policies.js";
import { get, policyFrom } from "../store.js";
import { t, words } from "../words.js";
import { moveAll } from "./moving.js";

/** @returns {{root: HTMLElement, refresh: () => void}} the card of the baseline */
export function buildChoice() {
  const city = h(
    "select",
    { id: "city-select", onchange: () => chooseCity(city.value), data: { testid: "city-select" } },
    board().cities.map((one) => h("option", { value: one.key }, words(one.name))),
  );
  const start = h("select", { id: "start-select", onchange: () => chooseStart(start.value), data: { testid: "start-select" } });
  const about = h("p.hint");
  const root = h(
    "section.start-card",
    { "aria-label": t("board.baseline") },
    h(
      "div.start-row",
      {},
      h("label", { for: "city-select" }, t("board.city")),
      city,
      h("label", { for: "start-select" }, t("board.start")),
      start,
    ),
    about,
  );
  const refresh = () => {
    const { baseline } = get();
    const here = startOf(baseline)?.city.key ?? board().cities[0].key;
    city.value = here;
    fill(start, optionsOf(here, baseline));
    start.value = isSet(baseline) ? "" : baseline.start;
    const shipped = board().starts.find((one) => one.name === baseline.start);
    about.textContent = isSet(baseline) ? t("board.baseline_own") : words(shipped?.description);
    about.hidden = !isSet(baseline) && baseline.start === here; // the city as it was needs no more words
  };
  return { root, refresh };
}


/* A baseline that was an alternative or a file is no start that ships: it has an entry of its own. */
function optionsOf(city, baseline) {
  const own = isSet(baseline) ? [h("option", { value: "" }, baseline.name || t("board.baseline_set"))] : [];
  return own.concat(
    board()
      .starts.filter((one) => one.city === city)
      .map((one) => h("option", { value: one.name }, one.name === city ? t("board.as_it_was") : words(one.title))),
  );
}

/** The same policies in another city: its own past, with what the alternatives changed. */
async function chooseCity(city) {
  await loadStart(city);
  moveAll({
    baseline: policyFrom(city),
    alternatives: get().alternatives.map((one) => (one.text ? policyFrom(city, one.name) : over(one, city))),
    city: null,
  });
}

async function chooseStart(name) {
  if (!name) return;
  await loadStart(name);
  const { baseline, alternatives } = get();
  const made = policyFrom(name);
  // Alternatives that were still the baseline stay so.
  moveAll({ baseline: made, alternatives: alternatives.map((one) => (alike(one, baseline) ? policyFrom(name, one.name) : one)) });
}
