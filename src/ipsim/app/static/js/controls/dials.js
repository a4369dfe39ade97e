/** The three headline policies, and the year from which a moved control holds. */

import { board } from "../catalogue.js";
import { h } from "../element.js";
import { YEARS } from "../paths.js";
import { moved } from "../policies.js";
import { get } from "../store.js";
import { t } from "../words.js";
import { buildLever } from "./lever.js";
import { edited, moveAll } from "./moving.js";

/** @returns {{root: HTMLElement, levers: Object[], refresh: () => void}} the dials, ready to be put on the page */
export function buildDials() {
  const year = h(
    "select",
    { id: "from-year", "aria-describedby": "from-hint", onchange: () => setFrom(Number(year.value)), data: { testid: "from-year" } },
    YEARS.map((one) => h("option", { value: one }, one)),
  );
  const levers = board().dials.map((one) => buildLever(one, { isDial: true }));
  const root = h(
    "section.dials",
    { "aria-labelledby": "dials-title" },
    h(
      "div.section-head",
      {},
      h("h2", { id: "dials-title" }, t("board.dials")),
      h("label.from", { for: "from-year" }, t("board.from"), " ", year),
    ),
    h("p.hint", { id: "from-hint" }, t("board.from_hint")),
    levers.map((one) => one.root),
  );
  const refresh = () => {
    year.value = String(get().from);
    levers.forEach((one) => one.refresh());
  };
  return { root, levers, refresh };
}

/* What a control set from the old year on, it sets from the new one on; drawn paths stay. */
function setFrom(from) {
  const { alternatives, edited: index, from: old } = get();
  const policy = moved(edited(), old, from);
  moveAll({ from, alternatives: alternatives.map((one, i) => (i === index ? policy : one)) });
}
