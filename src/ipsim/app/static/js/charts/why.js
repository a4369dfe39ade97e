// Why two policies differ: asked for with a button, told by outcome.

import { stream } from "../api.js";
import { fill, h } from "../element.js";
import { get, subscribe } from "../store.js";
import { t, words } from "../words.js";
import { accountOf } from "./account.js";
import { keepingFocus } from "./focus.js";

const FEWEST_PAIRS = 2;
const MOST_PAIRS = 20;

/**
 * @typedef {object} Question
 * @property {object} baseline policy
 * @property {object} alternative policy
 * @property {{replicates?: number, scale?: number, seed?: number}} [runs]
 * @property {{base: string, alternative: string}} [names] what to call them
 */

/**
 * Show the explanation of a difference, on demand.
 * @param {HTMLElement} root
 * @param {Question} question
 * @returns {{update(question: Question): void, destroy(): void}} `update` says what is on screen now
 */
export function mountWhy(root, question) {
  const nothing = { asked: null, found: null, progress: null, fault: null, stop: null };
  const state = { question, ...nothing, outcome: 0, isChosen: false, isTable: false };
  const show = () => keepingFocus(root, () => shown(root, state, actions));
  const actions = {
    ask: () => ask(state, show, root),
    cancel: () => {
      state.stop?.abort();
      state.stop = state.progress = null;
      show();
    },
    choose: (outcome, isFocused) => {
      state.outcome = outcome;
      state.isChosen = true;
      show();
      if (isFocused) root.querySelector("[role=tab][aria-selected=true]")?.focus();
    },
    table: () => {
      state.isTable = !state.isTable;
      show();
    },
  };
  root.classList.add("why-view");
  root.dataset.testid = "why";
  const quiet = subscribe((_, changed) => changed.has("lang") && show());
  show();
  return {
    update: (now) => {
      const isNew = keyOf(now) !== keyOf(state.question);
      state.question = now;
      if (isNew) show();
    },
    destroy: () => {
      quiet();
      state.stop?.abort();
      root.replaceChildren();
    },
  };
}

/* A name is no policy: to rename one leaves the explanation as it is. */
function keyOf({ baseline, alternative }) {
  return JSON.stringify([
    { ...baseline, name: "" },
    { ...alternative, name: "" },
  ]);
}

function bodyOf({ baseline, alternative, runs = {} }) {
  const { replicates, scale, seed } = { ...get(), ...runs };
  const pairs = Math.max(FEWEST_PAIRS, Math.min(replicates, MOST_PAIRS));
  return { baseline, alternative, lang: get().lang, replicates: pairs, scale, seed };
}

async function ask(state, show, root) {
  state.stop?.abort();
  const stop = new AbortController();
  const question = state.question;
  Object.assign(state, { stop, progress: { done: 0, of: 0 }, fault: null, isChosen: false });
  show();
  try {
    await stream("/api/why", bodyOf(question), (line) => heard(state, line, question, show, root), stop.signal);
  } catch (fault) {
    if (stop.signal.aborted) return;
    state.fault = fault;
  }
  if (stop.signal.aborted) return;
  state.stop = state.progress = null;
  show();
}

function heard(state, line, question, show, root) {
  if (line.kind === "progress" || line.kind === "waiting") {
    state.progress = { ...state.progress, ...line };
    // An explanation of the first pairs may be read meanwhile: only what tells of progress is put anew.
    const there = root.querySelector(".why-progress");
    if (there) there.replaceWith(progressOf(state.progress));
    else show();
  } else if (line.kind === "why") {
    Object.assign(state, { found: line, asked: question });
    // Until somebody chooses, the first outcome that is sure is shown.
    if (!state.isChosen) state.outcome = line.headline ?? 0;
    state.outcome = Math.max(0, Math.min(state.outcome, line.outcomes.length - 1));
    show();
  }
}

function shown(root, state, actions) {
  const { found, progress, fault } = state;
  const isFormer = found && keyOf(state.asked) !== keyOf(state.question);
  const isAsking = progress !== null;
  const cancel = { type: "button", data: { testid: "why-cancel" }, onclick: actions.cancel };
  fill(
    root,
    h("h3", {}, t("board_why.title")),
    found || isAsking ? null : h("p.why-intro", {}, t("board_why.intro")),
    isFormer ? h("p.former", { role: "status" }, t("board_why.former")) : null,
    fault ? h("p.why-fault", { role: "alert" }, t("board_why.fault"), " ", fault.message) : null,
    h(
      "div.why-actions",
      {},
      h(
        "button.primary",
        { type: "button", disabled: isAsking, data: { testid: "why-button" }, onclick: actions.ask },
        t(found ? "board_why.again" : "board_why.ask"),
      ),
      isAsking ? h("button", cancel, t("board_why.cancel")) : null,
      isAsking ? progressOf(progress) : null,
    ),
    found ? explained(state, actions, isFormer) : null,
  );
}

function progressOf({ done, of, ahead }) {
  const before = ahead ? t("board_why.waiting", { ahead }) : t("board_why.begins");
  const text = of ? t("board_why.progress", { done, of }) : before;
  return h(
    "span.why-progress",
    { role: "status" },
    h("progress", { max: of || 1, value: of ? done : null, "aria-label": text }),
    text,
  );
}

function explained(state, actions, isFormer) {
  const { found, outcome } = state;
  if (!found.outcomes.length) return h("p", { role: "status", data: { testid: "why-nothing" } }, words(found.message));
  const one = found.outcomes[outcome];
  const toggle = { type: "button", "aria-expanded": String(state.isTable), data: { testid: "why-table-toggle" } };
  const tabs = found.outcomes.map((each, i) => tabOf(each, i, outcome, found.outcomes.length, actions));
  return h(
    "div.why-found",
    { class: isFormer ? "why-found former" : null },
    pairsOf(state),
    h("div.why-tabs", { role: "tablist", "aria-label": t("board_why.outcomes") }, tabs),
    one
      ? h(
          "div",
          { role: "tabpanel", id: "why-panel", "aria-labelledby": `why-tab-${outcome}`, tabindex: "0" },
          accountOf(one, state.asked.names, state.isTable),
        )
      : null,
    h(
      "div.why-foot",
      {},
      h("p.chart-question", {}, t("board_why.runs", { runs: found.runs, pairs: found.pairs })),
      h("button.quiet", { ...toggle, onclick: actions.table }, t("board_charts.table")),
    ),
  );
}

/* The numbers above come from all pairs: why these differ is said before anybody asks. */
function pairsOf({ found, asked }) {
  const of = asked.runs?.replicates ?? get().replicates;
  return found.pairs < of ? h("p.why-pairs", {}, t("board_why.first_pairs", { pairs: found.pairs, of })) : null;
}

function tabOf(one, i, chosen, count, actions) {
  const turn = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) actions.choose((i + step + count) % count, true);
  };
  return h(
    "button",
    {
      type: "button",
      role: "tab",
      id: `why-tab-${i}`,
      "aria-controls": "why-panel",
      "aria-selected": String(i === chosen),
      tabindex: i === chosen ? "0" : "-1",
      onclick: () => actions.choose(i, true),
      onkeydown: turn,
    },
    words(one.words),
  );
}
