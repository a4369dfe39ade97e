/** The view in which a planner moves policies and sees what changes. */

import { askOnChange, baselineName, nothingDiffers, policyBody } from "../asking.js";
import { connectionNow } from "../api.js";
import { buildAlternatives } from "../controls/alternatives.js";
import { buildChoice } from "../controls/choice.js";
import { buildDials } from "../controls/dials.js";
import { buildFaults, showFaults } from "../controls/faults.js";
import { acceptDrops, buildKeep } from "../controls/keep.js";
import { buildLevers } from "../controls/levers.js";
import { buildList } from "../controls/list.js";
import { buildQuestions } from "../controls/questions.js";
import { buildRuns } from "../controls/runs.js";
import { buildShow } from "../controls/show.js";
import { buildStrip } from "../controls/strip.js";
import { fill, h } from "../element.js";
import { areLoaded, loadStarts } from "../policies.js";
import { mark, say } from "../status.js";
import { get, subscribe } from "../store.js";
import { alternativeName, figure, t } from "../words.js";

let last = null; // the answer on the page; a change of language must not lose it

/**
 * Put the view onto the page.
 *
 * @param {HTMLElement} root
 * @returns {Promise<() => void>} takes it away
 */
export async function mount(root) {
  await loadStarts(get());
  const [choice, alternatives, dials, levers, runs] = [buildChoice(), buildAlternatives(), buildDials(), buildLevers(), buildRuns()];
  const faults = buildFaults([...dials.levers, ...levers.levers]);
  const show = buildShow();
  const list = buildList();
  const controls = [choice, alternatives, dials, levers, runs];
  const parts = [...controls, show, list];
  const places = placesOf();
  fill(
    root,
    h("aside.controls", { "aria-label": t("board.controls") }, faults, controls.map((one) => one.root)),
    h("div.results", {}, list.root, h("div.bar", {}, show.root, buildKeep().root), places.all),
  );
  const stopDrops = acceptDrops(root);
  const refresh = () => {
    parts.forEach((one) => one.refresh());
    places.questions.hidden = !nothingDiffers();
  };
  refresh();
  const shown = await mountAnswers(places, [...dials.levers, ...levers.levers]);
  if (last) shown.update(last);
  const stopAsking = askOnChange(hearing(shown));
  const stopHearing = subscribe((_, changed) => {
    if (["lang", "view"].some((one) => changed.has(one))) return; // the view is about to be made anew
    const drawn = () => {
      refresh();
      shown.asked();
      if (changed.has("alternatives") && last) shown.renamed();
    };
    if (areLoaded(get())) drawn();
    else loadStarts(get()).then(drawn);
  });
  return () => {
    stopAsking();
    stopHearing();
    stopDrops();
    say("", true); // what it said is of this view, and in its language
    shown.destroy();
    root.replaceChildren();
  };
}

function placesOf() {
  const summary = h("div.summary-place");
  const questions = buildQuestions();
  const compiling = h("p.message.while-compiling", {}, t("board.compiling"));
  const [charts, pattern, why] = [h("div"), h("div"), h("div")];
  return { summary, questions, charts, pattern, why, all: [compiling, questions, summary, pattern, charts, why] };
}

/** Mount what shows an answer; without it the controls still work. */
async function mountAnswers(places, levers) {
  let parts = [];
  let why = null;
  const strip = buildStrip(places.summary);
  try {
    const { mountCharts, mountPattern, mountSummary, mountWhy } = await import("../charts/index.js");
    parts = [mountSummary(places.summary), mountPattern(places.pattern), mountCharts(places.charts)];
    why = mountWhy(places.why, questionOf());
  } catch (fault) {
    console.warn(fault);
    fill(places.charts, h("p.message", {}, t("board.view_failed")));
  }
  const update = (answer) => {
    last = named(answer);
    parts.forEach((one) => one.update(last));
    strip.update(last);
    levers.forEach((one) => one.tell?.(last));
  };
  const asked = () => {
    places.why.hidden = nothingDiffers();
    why?.update(questionOf());
  };
  // A new name alone asks for no new runs.
  const renamed = () => {
    const now = named(last);
    if (now.scenarios.some((one, i) => one.title.en !== last.scenarios[i].title.en)) update(now);
  };
  asked();
  return { update, asked, renamed, destroy: () => [...parts, why, strip].forEach((one) => one?.destroy()) };
}

function questionOf() {
  const { baseline, alternatives, edited, scale, seed } = get();
  const names = { base: baselineName(), alternative: alternativeName(edited) };
  return {
    baseline: policyBody(baseline, names.base),
    alternative: policyBody(alternatives[edited], names.alternative),
    runs: { scale, seed },
    names,
  };
}

/** An answer with the names that are on the page now. */
function named(answer) {
  const { alternatives } = get();
  const scenarios = answer.scenarios.map((one, i) => {
    const name = i === 0 ? baselineName() : alternatives[i - 1] && alternativeName(i - 1);
    return name ? { ...one, title: { en: name, zh: name } } : one;
  });
  return { ...answer, scenarios };
}

/** What the view does with the lines of an answer. */
function hearing(shown) {
  let [isReal, hasAnswer] = [false, false];
  const painted = (name) => requestAnimationFrame(() => performance.mark(name));
  const moved = () => {
    [isReal, hasAnswer] = [false, false];
    for (const name of ["board:first", "board:real", "board:settled"]) performance.clearMarks(name);
    document.documentElement.classList.add("asking");
    say(t("board.asked"));
  };
  const answer = (line) => {
    shown.update(line);
    if (!hasAnswer) painted("board:first");
    if (!line.sketch && !isReal) painted("board:real");
    [hasAnswer, isReal] = [true, isReal || !line.sketch];
    document.documentElement.classList.remove("asking");
    mark(line.sketch ? "sketch" : "partial");
    showFaults([]);
    say(progressOf(line));
  };
  const settled = () => {
    mark("settled");
    painted("board:settled");
    if (last) say(t("board.settled", { of: last.of, share: figure(100 * last.scale) }), true);
  };
  const refused = (fault) => {
    document.documentElement.classList.remove("asking");
    mark("settled");
    say(t("board.refused"), true);
    showFaults(fault.faults ?? [{ key: null, message: String(fault.message), text: null }]);
  };
  const waiting = (line) => connectionNow() === "online" && say(hasAnswer ? sharedOf(line) : aheadOf(line));
  return { moved, answer, settled, refused, said: (line) => last && shown.update({ ...last, said: line }), waiting };
}

function aheadOf(line) {
  return line.ahead ? t("board.waiting", { ahead: line.ahead, visitors: line.visitors }) : t("board.asked");
}

/** How far it is, and for how many others the board works as well. */
function sharedOf(line) {
  const others = line.visitors - 1;
  return progressOf(last) + (others > 0 ? ` ${t("board.served_too", { others })}` : "");
}

function progressOf(line) {
  const share = figure(100 * line.scale);
  if (line.sketch) return t("board.sketch", { pairs: line.pairs, share });
  return t(line.pairs < line.of ? "board.sharpening" : "board.complete", { pairs: line.pairs, of: line.of, share });
}
