/**
 * The life of an agent: who it is, its curves, what happened to it, and why it chose as it did.
 *
 * For lessons: `mountLife(root, {policy, seed, scale, find})` shows one life of a run. `find` is one of the names of
 * `ipsim.app.city.finds`: `most-trifles`, `most-patents`, `most-debt`, `most-revenue`, `most-copied`, `most-cases`,
 * `most-rushed` (files most in the busiest quarter), `first-borrower`, `first-defaulter`, `first-copier`,
 * `university-most-idle`, `bank-most-losses`; or an agent itself, `{kind, number, quarter}`.
 */

import { fill, h } from "../element.js";
import { figure, t, words } from "../words.js";
import { makeCurves } from "./curves.js";
import { dateOf } from "./player.js";
import { showReasons } from "./reasons.js";
import { lifeOf, loadRun } from "./run.js";
import { makeTimeline } from "./timeline.js";

const REASONED = ["enterprise", "university", "bank"];

/**
 * Make the panel of one life.
 *
 * @param {HTMLElement} root
 * @param {import("./run.js").Run} run
 * @param {{kind: string, number: number}} agent
 * @param {number} quarter that is shown
 * @param {{go: (kind: string, number: number) => void, close: ?(() => void), why: ?boolean}} told `why` asks at once
 * @returns {{show: (quarter: number) => void, destroy: () => void}}
 */
export function makeLife(root, run, agent, quarter, told) {
  const stop = new AbortController();
  let now = quarter;
  let shows = [];
  fill(root, h("p.hint", { role: "status" }, t("board_city.life_loading")));
  const draw = (life) => {
    const curves = makeCurves(life, run.facts);
    const ask = (when, place) => showReasons(place, run, agent, when, stop.signal);
    const timeline = makeTimeline(life, { go: told.go, ask });
    const here = h("div.city-why-place", {});
    const why = REASONED.includes(agent.kind) ? h("button", { type: "button", data: { testid: "city-why-now" }, onclick: () => ask(now, here) }) : null;
    shows = [curves.show, timeline.show, (when) => label(why, life, run.facts, when)];
    fill(root, head(life, told), why, here, h("h4", {}, t("board_city.life_curves")), curves.element, h("h4", {}, t("board_city.life_events")), timeline.element);
    shows.forEach((one) => one(now));
    if (told.why && why) ask(now, here);
    root.dataset.life = `${agent.kind}/${agent.number}`;
  };
  lifeOf(run, agent.kind, agent.number, stop.signal)
    .then((life) => !stop.signal.aborted && draw(life))
    .catch((fault) => {
      if (stop.signal.aborted) return;
      console.warn(fault);
      fill(root, h("p.fault", { role: "alert" }, t("board_city.failed_load")));
    });
  return {
    show(when) {
      now = when;
      shows.forEach((one) => one(when));
    },
    destroy: () => stop.abort(),
  };
}

function head(life, told) {
  const close = told.close
    ? h("button.quiet", { type: "button", "aria-label": t("board_city.life_close"), title: t("board_city.life_close"), onclick: told.close }, "✕")
    : null;
  return h(
    "div.city-life-head",
    {},
    h("h3", { tabindex: -1 }, words(life.name)),
    close,
    h("p.hint", {}, life.traits.map((one, n) => (n ? ` · ${words(one)}` : words(one)))),
  );
}

function label(why, life, facts, quarter) {
  if (!why) return;
  const isThere = quarter >= life.first && quarter <= life.last;
  why.disabled = !isThere;
  why.textContent = isThere ? t("board_city.why_now", { date: dateOf(facts, quarter) }) : t("board_city.life_absent");
}

/**
 * Show one life of a run, for lessons.
 *
 * @param {HTMLElement} root
 * @param {{policy: Object, seed: number, scale: number, find: (string|{kind: string, number: number, quarter: number})}} wanted
 * @returns {() => void} takes it away
 */
export function mountLife(root, { policy, seed = 1, scale = 0.1, find }) {
  const stop = new AbortController();
  const line = h("p.hint", { role: "status" });
  const place = h("div.city-life", { data: { testid: "city-life" } });
  let life = null;
  const show = (run, agent) => {
    life?.destroy();
    const quarter = agent.quarter ?? run.facts.quarters - 1;
    life = makeLife(place, run, agent, quarter, { go: (kind, number) => show(run, { kind, number, quarter }), why: true });
  };
  const tell = (done, of) => {
    line.textContent = done === null ? t("board_city.fetching") : t("board_city.loading", { done: figure(done), of: figure(of) });
  };
  fill(root, line, place);
  loadRun({ policy, seed, scale }, tell, stop.signal)
    .then((run) => {
      if (!run || stop.signal.aborted) return;
      line.textContent = "";
      const agent = typeof find === "string" ? run.facts.found[find] : find;
      if (agent) show(run, agent);
      else fill(place, h("p", {}, t("board_city.search_none")));
    })
    .catch((fault) => {
      if (stop.signal.aborted) return;
      console.warn(fault);
      fill(place, h("p.fault", { role: "alert" }, t("board_city.failed_load")));
    });
  return () => {
    stop.abort();
    life?.destroy();
  };
}
