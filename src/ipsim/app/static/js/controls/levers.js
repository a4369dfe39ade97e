/** All levers by project, closed until wanted, with a field to search them. */

import { board } from "../catalogue.js";
import { h } from "../element.js";
import { differs } from "../policies.js";
import { get } from "../store.js";
import { t, words } from "../words.js";
import { buildIndustries } from "./industries.js";
import { buildLever } from "./lever.js";
import { edited } from "./moving.js";

/** @returns {{root: HTMLElement, levers: Object[], refresh: () => void}} every lever that is no dial, by project */
export function buildLevers() {
  const dials = new Set(board().dials.map((one) => one.key));
  const projects = board().projects.map((project) => buildProject(project, dials));
  const none = h("p.hint", { role: "status", hidden: true }, t("board.search_none"));
  const search = h("input", {
    type: "search",
    placeholder: t("board.search"),
    "aria-label": t("board.search"),
    oninput: () => {
      const found = projects.map((one) => one.search(search.value.trim().toLowerCase()));
      none.hidden = found.some((count) => count > 0);
    },
  });
  const root = h(
    "section.more",
    { "aria-labelledby": "more-title" },
    h("div.section-head", {}, h("h2", { id: "more-title" }, t("board.more")), search),
    none,
    projects.map((one) => one.root),
  );
  return {
    root,
    levers: projects.flatMap((one) => one.levers),
    refresh: () => projects.forEach((one) => one.refresh()),
  };
}

function buildProject(project, dials) {
  const shown = project.levers.filter((one) => !dials.has(one.key));
  const levers = shown.map((one) => ({ one, ...(one.kind === "industries" ? buildIndustries(one) : buildLever(one)) }));
  const count = h("span.count");
  const root = h(
    "details.project",
    { data: { project: project.key } },
    h("summary", {}, h("span", {}, words(project.words)), count),
    levers.map((lever) => lever.root),
  );
  const refresh = () => {
    const changed = shown.filter((one) => differs(edited(), get().baseline, one.key)).length;
    count.textContent = changed ? t("board.changed_count", { n: changed }) : t("board.lever_count", { n: shown.length });
    count.classList.toggle("changed", changed > 0);
    if (root.open) levers.forEach((lever) => lever.refresh());
  };
  root.addEventListener("toggle", () => root.open && levers.forEach((lever) => lever.refresh()));
  let wasOpen = null;
  const search = (text) => {
    wasOpen ??= root.open;
    let found = 0;
    for (const lever of levers) {
      const isFound = !text || textOf(lever.one).includes(text);
      lever.root.hidden = !isFound;
      found += isFound ? 1 : 0;
    }
    root.hidden = found === 0;
    root.open = text ? found > 0 : wasOpen;
    if (!text) wasOpen = null;
    return found;
  };
  return { root, levers, refresh, search };
}

/* Searched in both languages and by key: people know a policy by one of the three. */
function textOf(one) {
  return [one.key, ...Object.values(one.words), ...Object.values(one.meaning)].join(" ").toLowerCase();
}

