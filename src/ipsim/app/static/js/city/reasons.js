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
    const told = found.decisions.map(decision);
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

function decision(one) {
  return h(
    "section.city-decision",
    { data: { about: one.about } },
    h("h5", {}, words(one.title)),
    one.sentences.map((said) => h("p", {}, words(said))),
    one.table ? options(one.table, words(one.title)) : null,
  );
}

function options(table, title) {
  return h(
    "div.city-options",
    { tabindex: 0, role: "region", "aria-label": title },
    h(
      "table",
      {},
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
