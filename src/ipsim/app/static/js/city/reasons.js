/** Why an agent chose as it did in a quarter: sentences, and the options that it weighed. */

import { fill, h } from "../element.js";
import { t, words } from "../words.js";
import { reasonsOf } from "./run.js";

/**
 * Load and show the reasons of a quarter.
 *
 * @param {HTMLElement} root
 * @param {import("./run.js").Run} run
 * @param {{kind: string, number: number}} agent
 * @param {number} quarter
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export async function showReasons(root, run, { kind, number }, quarter, signal) {
  fill(root, h("p.hint", { role: "status" }, t("board_city.why_loading")));
  try {
    const found = await reasonsOf(run, kind, number, quarter, signal);
    if (!found || signal?.aborted) return;
    const told = grouped(found.decisions);
    fill(
      root,
      h("h4", {}, t("board_city.why_of", { date: words(found.date) })),
      told.length ? told : h("p", {}, t("board_city.why_nothing")),
      told.length ? h("p.hint", {}, t("board_city.why_how")) : null,
    );
  } catch (fault) {
    if (signal?.aborted) return;
    console.warn(fault);
    fill(root, h("p.fault", { role: "alert" }, t("board_city.why_failed_load")));
  }
}

/* One heading for what is about the same; each choice is told by its outcome, and how it was reckoned on demand. */
function grouped(decisions) {
  const groups = [];
  for (const one of decisions) {
    if (groups.at(-1)?.[0].about === one.about) groups.at(-1).push(one);
    else groups.push([one]);
  }
  return groups.map((group) =>
    h("section.city-decision", { data: { about: group[0].about } }, h("h5", {}, words(group[0].title)), group.map(decision)),
  );
}

function decision(one, n) {
  const outcome = words(one.sentences.at(-1));
  const before = one.sentences.slice(0, -1).map((said) => h("p", {}, words(said)));
  if (!before.length && !one.table) return h("p", {}, outcome);
  return h(
    "details",
    { open: n === 0 },
    h("summary", {}, outcome),
    before,
    one.table ? options(one.table, words(one.title)) : null,
  );
}

function options(table, title) {
  return h(
    "div.city-options",
    { tabindex: 0, role: "region", "aria-label": title },
    h(
      "table",
      { "aria-label": title },
      h("thead", {}, h("tr", {}, table.head.map((cell) => h("th", { scope: "col" }, words(cell))))),
      h(
        "tbody",
        {},
        table.rows.map((row) =>
          h(
            row.chosen ? "tr.chosen" : "tr",
            {},
            row.cells.map((cell, n) =>
              h(n ? "td" : "th", n ? {} : { scope: "row" }, row.chosen && !n ? h("span", { title: t("board_city.why_chosen") }, "✓ ") : null, words(cell)),
            ),
          ),
        ),
      ),
    ),
  );
}
