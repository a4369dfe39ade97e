/** What agents are called, in the language of the page. */

import { t, words } from "../words.js";

export const KINDS = ["enterprise", "bank", "university", "body", "agency"];

/**
 * Return the name of an agent.
 *
 * @param {import("./run.js").Run} run
 * @param {string} kind
 * @param {number} number
 * @returns {string}
 */
export function nameOf(run, kind, number) {
  if (kind !== "enterprise") return words(run.facts.institutions[kind][number]);
  const { industry, stage, row, generation } = run.frames.life;
  const digits = String(row[number] + 1).padStart(4, "0");
  return t("board_city.enterprise_name", {
    industry: words(run.facts.industries[industry[number]].words),
    stage: words(run.facts.stages[stage[number]].words),
    number: generation[number] ? `${digits}-${generation[number] + 1}` : digits,
  });
}
