/** What happened to an agent, line by line, with a question to each choice. */

import { fill, h } from "../element.js";
import { t, words } from "../words.js";

const FIRST_SHOWN = 40;
const GROUPS = {
  patents: ["filed", "granted", "refused", "lapsed"],
  money: ["loan"],
  disputes: ["copy", "case"],
  life: ["life", "research", "recognised"],
};
/** Marks beside the text, so that kinds of events are told apart at a glance and without colour. */
const MARKS = { filed: "✎", granted: "★", refused: "✗", lapsed: "◌", loan: "¥", copy: "◫", case: "⚖", life: "●", research: "⚗", recognised: "◆" };

/**
 * Make the list of events.
 *
 * @param {Object} life what the board tells of an agent
 * @param {{go: (kind: string, number: number) => void, ask: (quarter: number, place: HTMLElement) => void}} told
 * @returns {{element: HTMLElement, show: (quarter: number) => void}}
 */
export function makeTimeline(life, told) {
  if (!life.events.length) return { element: h("p.hint", {}, t("board_city.life_none")), show: () => {} };
  const list = h("ol.city-events", {});
  let group = "all";
  let whole = false;
  let now = 0;
  const draw = () => {
    const found = life.events.filter((event) => group === "all" || GROUPS[group].includes(event.kind));
    const shown = whole ? found : windowOn(found, now);
    const more = h("button.quiet", { type: "button", onclick: showAll }, t("board_city.life_more", { n: found.length }));
    fill(list, shown.map((event) => line(event, told)), shown.length < found.length ? h("li", {}, more) : null);
    dim();
  };
  const showAll = () => {
    whole = true;
    draw();
  };
  const dim = () => {
    for (const row of list.children) {
      const quarter = Number(row.dataset.quarter);
      row.classList.toggle("later", quarter > now);
      row.classList.toggle("now", quarter === now);
    }
  };
  const select = h(
    "select",
    {
      "aria-label": t("board_city.filter"),
      onchange: () => {
        group = select.value;
        draw();
      },
    },
    ["all", ...Object.keys(GROUPS)].map((one) => h("option", { value: one }, t(`board_city.filter_${one}`))),
  );
  const left = life.left_out ? h("p.hint", {}, t("board_city.life_left_out", { n: life.left_out })) : null;
  draw();
  const element = h("div", {}, life.events.length > 12 ? select : null, left, list);
  return {
    element,
    show(quarter) {
      const before = now;
      now = quarter;
      if (!whole && life.events.length > FIRST_SHOWN && Math.abs(before - now) > 2) draw();
      else dim();
    },
  };
}

/* Of a busy life the events about the quarter shown. */
function windowOn(events, quarter) {
  if (events.length <= FIRST_SHOWN) return events;
  const next = events.findIndex((event) => event.quarter >= quarter);
  const middle = next < 0 ? events.length : next;
  const first = Math.max(0, Math.min(events.length - FIRST_SHOWN, middle - FIRST_SHOWN / 2));
  return events.slice(first, first + FIRST_SHOWN);
}

function line(event, told) {
  const place = h("div.city-why-place", {});
  const why = event.why
    ? h("button.quiet.city-why", { type: "button", data: { testid: "city-why" }, onclick: () => told.ask(event.quarter, place) }, t("board_city.why"))
    : null;
  return h(
    "li",
    { data: { quarter: event.quarter, kind: event.kind } },
    h("span.city-when", {}, words(event.date)),
    h("span.city-mark", { "aria-hidden": "true" }, MARKS[event.kind] ?? "·"),
    h("span.city-what", {}, about(event, told), why ? " " : null, why),
    place,
  );
}

/* The name of the other party is a link to its life. */
function about(event, told) {
  const text = words(event.text);
  if (!event.about) return text;
  const name = words(event.about.name);
  const at = text.indexOf(name);
  const link = h("button.city-link", { type: "button", onclick: () => told.go(event.about.kind, event.about.number) }, name);
  return at < 0 ? [text, " ", link] : [text.slice(0, at), link, text.slice(at + name.length)];
}
