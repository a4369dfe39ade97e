/** One run on the page: the picture with its controls, the table, the search, and the life of whom one chooses. */

import { fill, h } from "../element.js";
import { say } from "../status.js";
import { t } from "../words.js";
import { GONE, placeOf } from "./binary.js";
import { makeChoosers } from "./choosers.js";
import { makeLife } from "./life.js";
import { MEASURES, unitOf, written } from "./measures.js";
import { nameOf } from "./naming.js";
import { makePicture } from "./picture.js";
import { dateOf, makePlayer } from "./player.js";
import { enterpriseByKey, keyOfEnterprise } from "./run.js";
import { makeSearch } from "./search.js";
import { tableOf } from "./table.js";

/**
 * Show a run.
 *
 * @param {HTMLElement} place
 * @param {import("./run.js").Run} run
 * @param {{kept: () => Object, keep: (patch: Object) => void}} state
 * @returns {{refresh: () => void, destroy: () => void}}
 */
export function makeRunView(place, run, { kept, keep }) {
  const last = run.facts.quarters - 1;
  const start = kept();
  const parts = {
    canvas: h("div.city-canvas-place", {}),
    table: h("div", {}),
    life: h("aside.city-life", { "aria-label": t("board_city.life_of"), data: { testid: "city-life" } }),
  };
  const look = { size: "revenue", colour: "patents", links: "selected", selected: -1, hovered: -1 };
  let quarter = Math.min(last, start.quarter);
  let life = null;
  let shownLife = null;
  let drawn = "";

  const choose = (kind, number, when) => {
    const key = kind === "enterprise" ? keyOfEnterprise(run, number) : String(number);
    if (when !== null && when !== undefined) player.step(when - quarter);
    keep({ picked: { kind, key } });
    say(nameOf(run, kind, number), true);
    // On a phone the life stands below the picture.
    if (matchMedia("(max-width: 62rem)").matches) parts.life.scrollIntoView({ block: "start" });
  };
  const label = (number) => `${nameOf(run, "enterprise", number)}: ${valuesOf(run, number, quarter, look)}`;
  const picture = makePicture(parts.canvas, run, look, {
    select: (number) => choose("enterprise", number),
    label,
    play: () => player.toggle(),
    step: (by) => player.step(by),
  });
  const player = makePlayer(run.facts, quarter, (moment, isSettled) => {
    const now = Math.min(last, Math.floor(moment));
    const isNew = now !== quarter;
    quarter = now;
    picture.show(moment);
    if (isNew || isSettled) life?.show(now);
    if (isSettled) settled();
  });
  const settled = () => {
    describe();
    if (kept().quarter !== quarter) keep({ quarter });
    if (kept().table) fill(parts.table, tableOf(run, quarter));
  };
  const describe = () => {
    picture.describe(t("board_city.canvas", { date: dateOf(run.facts, quarter), alive: aliveIn(run, quarter) }));
  };
  const search = makeSearch(run, choose);
  const chooser = makeChoosers(run, keep);
  const toggle = h("button", { type: "button", data: { testid: "city-table-toggle" }, onclick: () => keep({ table: !kept().table }) });
  const zoom = zoomers(picture);

  const pick = (picked) => {
    const key = picked ? `${picked.kind}/${picked.key}` : "";
    if (key === shownLife) return;
    shownLife = key;
    life?.destroy();
    life = null;
    const agent = agentOf(run, picked);
    look.selected = agent?.kind === "enterprise" ? agent.number : -1;
    if (agent) {
      const close = () => keep({ picked: null });
      life = makeLife(parts.life, run, agent, quarter, { go: choose, close });
      picture.reveal(look.selected);
    } else {
      delete parts.life.dataset.life;
      fill(parts.life, h("p.hint", {}, t(picked ? "board_city.life_not_here" : "board_city.life_empty")));
    }
  };
  const refresh = () => {
    const city = kept();
    if (!MEASURES[city.colour]) city.colour = "patents";
    if (!MEASURES[city.size] && city.size !== "equal") city.size = "revenue";
    Object.assign(look, { size: city.size, colour: city.colour, links: city.links });
    chooser.show(city);
    pick(city.picked);
    parts.canvas.hidden = zoom.hidden = city.table;
    parts.table.hidden = !city.table;
    toggle.textContent = t(city.table ? "board_city.as_picture" : "board_city.as_table");
    toggle.setAttribute("aria-pressed", String(city.table));
    if (city.table) fill(parts.table, tableOf(run, quarter));
    const now = `${city.size}/${city.colour}`;
    if (now !== drawn) {
      drawn = now;
      picture.refresh();
    }
    picture.show(quarter);
  };

  place.classList.remove("waiting");
  fill(
    place,
    h(
      "div.city-columns",
      {},
      h(
        "section.city-main",
        {},
        h("div.city-bar", {}, player.element, toggle),
        chooser.element,
        h("div.city-stage", {}, parts.canvas, zoom),
        parts.table,
      ),
      h("div.city-side", {}, search.element, parts.life),
    ),
  );
  refresh();
  describe();
  return {
    refresh,
    destroy() {
      player.destroy();
      search.destroy();
      life?.destroy();
      picture.destroy();
    },
  };
}

function zoomers(picture) {
  const one = (face, words, act) => h("button", { type: "button", title: t(words), "aria-label": t(words), onclick: act }, face);
  return h(
    "div.city-zoom",
    {},
    one("+", "board_city.zoom_in", () => picture.zoom(1.6)),
    one("−", "board_city.zoom_out", () => picture.zoom(1 / 1.6)),
    one("⤢", "board_city.zoom_all", () => picture.whole()),
  );
}

/** What is chosen, as an agent of this run; null when it does not exist here. */
function agentOf(run, picked) {
  if (!picked) return null;
  const number = picked.kind === "enterprise" ? enterpriseByKey(run, picked.key) : Number(picked.key);
  const count = run.facts.counts[picked.kind] ?? 0;
  return Number.isInteger(number) && number >= 0 && number < count ? { kind: picked.kind, number } : null;
}

function valuesOf(run, life, quarter, look) {
  const at = placeOf(run.frames, life, quarter);
  if (at < 0 || run.frames.state.flags[at] & GONE) {
    return t(run.frames.life.status[life] === 3 ? "board_city.shape_failed" : "board_city.shape_closed");
  }
  const names = [...new Set([look.colour, look.size])].filter((one) => MEASURES[one]);
  const said = names.map((one) => `${t(`board_city.measure_${one}`)} ${written(one, MEASURES[one].value(run.frames, at))} ${unitOf(one)}`);
  if (run.frames.state.copied_by[at] && !names.includes("copied_by")) said.push(t("board_city.shape_infringed"));
  return said.join("; ");
}

function aliveIn({ frames }, quarter) {
  let alive = 0;
  for (let n = 0; n < frames.count; n++) {
    const at = placeOf(frames, n, quarter);
    if (at >= 0 && !(frames.state.flags[at] & GONE)) alive++;
  }
  return alive;
}
