/** The same figures as a table, for those who don't see the picture: by industry and stage in a quarter. */

import { h } from "../element.js";
import { figure, t, words } from "../words.js";
import { GONE, placeOf } from "./binary.js";
import { unitOf, written } from "./measures.js";
import { dateOf } from "./player.js";

const STAGES = 4;

/**
 * Return the table of a quarter.
 *
 * @param {import("./run.js").Run} run
 * @param {number} quarter
 * @returns {HTMLElement}
 */
export function tableOf(run, quarter) {
  const { facts } = run;
  const cells = summed(run, quarter);
  const all = cells.reduce(added, empty());
  const rows = facts.industries.flatMap((industry, k) => {
    const stages = facts.stages.map((stage, s) => row(s === 0 ? words(industry.words) : null, words(stage.words), cells[k * STAGES + s]));
    return stages;
  });
  const heads = ["table_industry", "table_stage", "table_enterprises", "measure_patents", "measure_quality", "table_infringed"];
  return h(
    "div.city-table",
    { tabindex: 0, role: "region", "aria-label": t("board_city.as_table") },
    h(
      "table",
      { data: { testid: "city-table" } },
      h("caption", {}, t("board_city.table_caption", { date: dateOf(facts, quarter) })),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          heads.map((one) => h("th", { scope: "col" }, t(`board_city.${one}`))),
          ["debt", "revenue"].map((one) => h("th", { scope: "col" }, t(`board_city.measure_${one}`), h("span.hint", {}, ` ${unitOf(one)}`))),
        ),
      ),
      h("tbody", {}, rows, row(t("board_city.table_all"), "", all)),
    ),
  );
}

function empty() {
  return { enterprises: 0, patents: 0, scored: 0, score: 0, infringed: 0, debt: 0, revenue: 0 };
}

function added(a, b) {
  return Object.fromEntries(Object.keys(a).map((name) => [name, a[name] + b[name]]));
}

function summed({ frames, facts }, quarter) {
  const cells = Array.from({ length: facts.industries.length * STAGES }, empty);
  const { industry, stage } = frames.life;
  const { state, money } = frames;
  for (let n = 0; n < frames.count; n++) {
    const at = placeOf(frames, n, quarter);
    if (at < 0 || state.flags[at] & GONE) continue;
    const cell = cells[industry[n] * STAGES + stage[n]];
    const examined = state.inventions[at] + state.utility_models[at];
    cell.enterprises += 1;
    cell.patents += examined + state.designs[at];
    cell.infringed += state.copied_by[at] > 0 ? 1 : 0;
    cell.debt += money[state.debt[at]];
    cell.revenue += money[state.revenue[at]];
    if (state.quality[at] !== 255) {
      cell.scored += examined;
      cell.score += examined * state.quality[at];
    }
  }
  return cells;
}

function row(industry, stage, cell) {
  return h(
    "tr",
    {},
    industry === null ? h("td", {}) : h("th", { scope: "row" }, industry),
    h("td", {}, stage),
    h("td", {}, figure(cell.enterprises)),
    h("td", {}, figure(cell.patents)),
    h("td", {}, cell.scored ? figure(cell.score / cell.scored) : "–"),
    h("td", {}, figure(cell.infringed)),
    h("td", {}, written("debt", cell.debt)),
    h("td", {}, written("revenue", cell.revenue)),
  );
}
