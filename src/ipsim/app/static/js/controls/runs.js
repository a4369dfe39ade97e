/** How runs are made: how many, how large a part of the city, which seed; and the command that gives the same numbers. */

import { board } from "../catalogue.js";
import { fill, h } from "../element.js";
import { baselineName } from "../asking.js";
import { isSet, startOf } from "../policies.js";
import { get } from "../store.js";
import { alternativeName, figure, t } from "../words.js";
import { moveAll } from "./moving.js";

const REPLICATES = [4, 10, 30, 60];
const SCALES = [0.05, 0.1, 0.25];
/** Seconds of a core for a run, by scale: a fixed part and one that grows with the city, measured for Jinhua. */
const FIXED_COST = 0.02;
const COST_OF_ALL = 2.3;

/** @returns {{root: HTMLElement, refresh: () => void}} */
export function buildRuns() {
  const replicates = h("select", { id: "replicates", onchange: () => setRuns({ replicates: Number(replicates.value) }) });
  const scale = h("select", { id: "scale", onchange: () => setRuns({ scale: Number(scale.value) }) });
  const seed = h("input", { type: "number", id: "seed", min: 0, max: 2 ** 31 - 1, step: 1, onchange: () => setSeed(seed) });
  const cost = h("p.hint");
  const command = h("pre.command", { tabindex: 0, "aria-label": t("board.command") });
  const root = h(
    "details.runs",
    {},
    h("summary", {}, t("board.runs")),
    h("div.runs-row", {}, h("label", { for: "replicates" }, t("board.replicates")), replicates),
    h("div.runs-row", {}, h("label", { for: "scale" }, t("board.scale")), scale),
    h("div.runs-row", {}, h("label", { for: "seed" }, t("board.seed")), seed),
    cost,
    h("p.hint", {}, t("board.command_hint")),
    command,
  );
  const refresh = () => {
    const state = get();
    const enterprises = startOf(state.baseline)?.city.enterprises ?? 0;
    fill(replicates, withOwn(REPLICATES, state.replicates).map((n) => h("option", { value: n, disabled: !isAffordable(n, state.scale) }, n)));
    fill(
      scale,
      withOwn(SCALES, state.scale).map((one) =>
        h("option", { value: one, disabled: !isAffordable(state.replicates, one) }, t("board.scale_of", { share: figure(100 * one), n: figure(one * enterprises) })),
      ),
    );
    replicates.value = state.replicates;
    scale.value = state.scale;
    seed.value = state.seed;
    cost.textContent = t("board.runs_cost", { seconds: figure(secondsOf(state)) });
    command.textContent = commandOf(state);
  };
  return { root, refresh };
}

function withOwn(offered, value) {
  return offered.includes(value) ? offered : [...offered, value].sort((a, b) => a - b);
}

function isAffordable(replicates, scale) {
  return replicates * scale <= board().limits.work + 1e-9;
}

/* Runs that are new: those of the edited alternative, on two cores. */
function secondsOf({ replicates, scale }) {
  return Math.max(1, (replicates * (FIXED_COST + COST_OF_ALL * scale)) / 2);
}

function setRuns(patch) {
  moveAll(patch);
}

function setSeed(field) {
  const value = field.valueAsNumber;
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 31) setRuns({ seed: value });
  else field.value = get().seed;
}

/* The files are those of the download, named as the board names them; without a change the name of the start will do. */
function commandOf(state) {
  const { baseline, alternatives, replicates, scale, seed, lang } = state;
  const names = [
    fileOf(baseline, baselineName()),
    ...alternatives.map((one, i) => fileOf(one, alternativeName(i))),
  ];
  const size = scale === board().limits.scale.default ? "" : ` --scale ${scale}`;
  return `ipsim compare ${names.join(" ")} --replicates ${replicates}${size} --seed ${seed} --lang ${lang}`;
}

function fileOf(policy, name) {
  if (!isSet(policy)) return policy.start;
  const stem = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 60);
  return `${stem || (policy.start ?? "scenario")}.yaml`;
}
