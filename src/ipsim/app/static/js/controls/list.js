/** What is set, as a plain list: for paper, where there are no controls. */

import { leverOf } from "../catalogue.js";
import { fill, h } from "../element.js";
import { YEARS, same, yearly } from "../paths.js";
import { COVERED, covered, differences, effective, startOf } from "../policies.js";
import { baselineName } from "../asking.js";
import { get } from "../store.js";
import { alternativeName, plain, t, words } from "../words.js";

/** @returns {{root: HTMLElement, refresh: () => void}} the list, seen on paper only */
export function buildList() {
  const root = h("section.set-list");
  const refresh = () => {
    const { baseline, alternatives, replicates, scale, seed } = get();
    fill(
      root,
      h("h2", {}, t("board.list")),
      h("p", {}, t("board.list_baseline", { name: baselineName(), city: words(startOf(baseline)?.city.name) })),
      alternatives.map((one, i) => [
        h("h3", {}, alternativeName(i)),
        h("ul", {}, listed(one, baseline)),
      ]),
      h("p", {}, t("board.list_runs", { n: replicates, share: plain(100 * scale), seed })),
    );
  };
  return { root, refresh };
}

function listed(policy, baseline) {
  const keys = differences(policy, baseline);
  if (!keys.length) return h("li", {}, t("board.unchanged"));
  return keys.map((key) => h("li", {}, `${words(leverOf(key).words)}: ${saidOf(policy, key)}`));
}

function saidOf(policy, key) {
  if (key === COVERED) return covered(policy).map(([date, names]) => `${date}: ${namesOf(policy, names)}`).join("; ");
  const values = yearly(effective(policy, key));
  const runs = [];
  values.forEach((value, i) => {
    if (i === 0 || !same(value, values[i - 1])) runs.push(`${YEARS[i]}: ${plain(value)}`);
  });
  return `${runs.join(", ")} (${words(leverOf(key).unit)})`;
}

function namesOf(policy, names) {
  const known = startOf(policy).city.industries;
  return names.map((name) => words(known.find((one) => one.key === name)?.words) || name).join(", ") || "–";
}
