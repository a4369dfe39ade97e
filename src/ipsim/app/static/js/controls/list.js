/** What is set, as a plain list: for paper, where there are no controls. */

import { leverOf } from "../catalogue.js";
import { fill, h } from "../element.js";
import { YEARS, dateOf, opening, same } from "../paths.js";
import { COVERED, covered, differences, effective, startOf } from "../policies.js";
import { baselineName } from "../asking.js";
import { get } from "../store.js";
import { alternativeName, plain, t, words } from "../words.js";

const MOST_STEPS = 12;

/** @returns {{root: HTMLElement, refresh: () => void}} the list, seen on paper only */
export function buildList() {
  const root = h("section.set-list");
  const refresh = () => {
    const { baseline, alternatives, replicates, scale, seed } = get();
    fill(
      root,
      h("h2", {}, t("board.list")),
      h("p", {}, baselineSaid(baseline)),
      alternatives.map((one, i) => [
        h("h3", {}, alternativeName(i)),
        h("ul", {}, listed(one, baseline)),
      ]),
      h("p", {}, t("board.list_runs", { n: replicates, share: plain(100 * scale), seed })),
    );
  };
  return { root, refresh };
}

/* A city that is its own baseline is called by what is in force. */
function baselineSaid(baseline) {
  const city = words(startOf(baseline)?.city.name);
  const name = baselineName();
  return t("board.list_baseline", { name: name === city ? t("board.as_it_was") : name, city });
}

function listed(policy, baseline) {
  const keys = differences(policy, baseline);
  if (!keys.length) return h("li", {}, t("board.unchanged"));
  return keys.map((key) => h("li", {}, key === COVERED ? coverSaid(policy) : leverSaid(policy, key)));
}

function coverSaid(policy) {
  const steps = covered(policy).map(([date, names]) => stepSaid(date, namesOf(policy, names)));
  return t("board.list_cover", { name: words(leverOf(COVERED).words), path: steps.join(t("board.list_join")) });
}

function leverSaid(policy, key) {
  const { words: name, unit } = leverOf(key);
  const quarters = effective(policy, key);
  const changes = quarters.map((_, i) => i).filter((i) => i === 0 || !same(quarters[i], quarters[i - 1]));
  // A line through points changes each quarter: its years tell enough.
  const places = changes.length > MOST_STEPS ? YEARS.map(opening) : changes;
  const steps = places.map((i) => stepSaid(dateOf(i), plain(quarters[i])));
  return t("board.list_lever", { name: words(name), unit: words(unit), path: steps.join(t("board.list_join")) });
}

function stepSaid(date, value) {
  const [year, month = 1] = date.split("-");
  const quarter = Math.ceil(Number(month) / 3);
  const said = quarter > 1 ? t("board.list_quarter", { year, quarter }) : t("board.list_year", { year });
  return t("board.list_step", { date: said, value });
}

function namesOf(policy, names) {
  const known = startOf(policy).city.industries;
  return names.map((name) => words(known.find((one) => one.key === name)?.words) || name).join(t("board.list_and")) || "–";
}
