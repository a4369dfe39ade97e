/** Finding an agent by name or by what is worth looking at: a combobox. */

import { h } from "../element.js";
import { t } from "../words.js";
import { KINDS, nameOf } from "./naming.js";

const MOST_SHOWN = 12;

/**
 * Make the search field.
 *
 * @param {import("./run.js").Run} run
 * @param {(kind: string, number: number, quarter: ?number) => void} chosen
 * @returns {{element: HTMLElement, destroy: () => void}}
 */
export function makeSearch(run, chosen) {
  const list = h("ul.city-found", { id: "city-found", role: "listbox", "aria-label": t("board_city.search"), hidden: true });
  const field = h("input", {
    type: "search",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: t("board_city.search_hint"),
    "aria-label": t("board_city.search"),
    "aria-expanded": "false",
    "aria-controls": "city-found",
    "aria-autocomplete": "list",
    data: { testid: "city-search" },
  });
  let options = [];
  let active = -1;
  let names = null;

  const close = () => {
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const take = (option) => {
    close();
    field.value = "";
    chosen(option.kind, option.number, option.quarter ?? null);
  };
  const mark = (to) => {
    const rows = [...list.querySelectorAll("[role=option]")];
    if (!rows.length) return;
    active = (to + rows.length) % rows.length;
    rows.forEach((row, n) => row.setAttribute("aria-selected", String(n === active)));
    rows[active].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", rows[active].id);
  };
  const show = () => {
    names ??= allNames(run);
    const wanted = field.value.trim().toLowerCase();
    const groups = wanted ? matching(names, wanted) : worthLooking(run);
    options = groups.flatMap((group) => group.options);
    let number = 0;
    const rows = groups.map((group) => [
      h("li.city-found-head", { role: "presentation" }, group.title),
      group.options.map((option) => row(option, number++, take)),
      group.more ? h("li.hint", { role: "presentation" }, t("board_city.search_more", { n: group.more })) : null,
    ]);
    list.replaceChildren(...(options.length ? rows.flat(2).filter(Boolean) : [h("li.hint", {}, t("board_city.search_none"))]));
    list.hidden = false;
    active = -1;
    field.setAttribute("aria-expanded", "true");
  };
  const key = (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) show();
      mark(event.key === "ArrowDown" ? active + 1 : Math.max(active, 0) - 1);
    } else if (event.key === "Enter" && options.length && !list.hidden) take(options[Math.max(0, active)]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  };
  field.addEventListener("input", show);
  field.addEventListener("focus", show);
  field.addEventListener("click", show);
  field.addEventListener("keydown", key);
  field.addEventListener("blur", () => setTimeout(close, 150));
  return { element: h("div.city-search", {}, field, list), destroy: close };
}

function row(option, number, take) {
  const note = option.note ? h("span.hint", {}, option.note) : null;
  const made = h("li", { id: `city-found-${number}`, role: "option", "aria-selected": "false" }, h("span", {}, option.name), note);
  // Before the field loses its focus.
  made.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    take(option);
  });
  return made;
}

function allNames(run) {
  return KINDS.map((kind) => {
    const count = run.facts.counts[kind];
    const named = Array.from({ length: count }, (_, number) => ({ kind, number, name: nameOf(run, kind, number) }));
    return { kind, named: named.map((one) => ({ ...one, letters: one.name.toLowerCase() })) };
  });
}

function matching(names, wanted) {
  const parts = wanted.split(/\s+/);
  const groups = names.map(({ kind, named }) => {
    const found = named.filter((one) => parts.every((part) => one.letters.includes(part)));
    const options = found.slice(0, MOST_SHOWN);
    return { title: t(`board_city.kind_${kind}`), options, more: found.length - options.length };
  });
  // Few of a kind first: whoever types the name of a bank looks for the bank.
  return groups.filter((group) => group.options.length).sort((a, b) => a.more - b.more);
}

function worthLooking(run) {
  const options = Object.entries(run.facts.found).map(([find, one]) => ({
    ...one,
    name: t(`board_city.find_${find.replaceAll("-", "_")}`),
    note: nameOf(run, one.kind, one.number),
  }));
  const institutions = KINDS.slice(1).map((kind) => ({
    title: t(`board_city.kind_${kind}`),
    options: run.facts.institutions[kind].slice(0, 4).map((_, number) => ({ kind, number, name: nameOf(run, kind, number) })),
    more: Math.max(0, run.facts.counts[kind] - 4),
  }));
  return [{ title: t("board_city.worth_looking"), options }, ...institutions];
}
