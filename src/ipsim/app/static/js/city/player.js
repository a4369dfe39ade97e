/** Playing through the quarters. */

import { h } from "../element.js";
import { t } from "../words.js";

/** Quarters a second. */
export const SPEEDS = { slow: 1.5, medium: 4, fast: 10 };

/**
 * Return a quarter of the run as people write it.
 *
 * @param {Object} facts of the run
 * @param {number} quarter
 * @returns {string}
 */
export function dateOf(facts, quarter) {
  const number = quarter % 4;
  const words = t("board_city.date", { year: facts.start_year + Math.floor(quarter / 4), quarter: "#" });
  return words.replace("#", words.includes("季") ? "一二三四"[number] : String(number + 1));
}

/**
 * Make the controls.
 *
 * @param {Object} facts of the run
 * @param {number} quarter to begin with
 * @param {(moment: number, isSettled: boolean) => void} moved told of every moment; settled when it stands still
 * @returns {{element: HTMLElement, toggle: () => void, step: (by: number) => void, destroy: () => void}}
 */
export function makePlayer(facts, quarter, moved) {
  const last = facts.quarters - 1;
  const face = h("span", { "aria-hidden": "true" }, "▶");
  const name = h("span", {}, t("board_city.play"));
  const play = h("button.primary.city-play", { type: "button", data: { testid: "city-play" }, onclick: () => toggle() }, face, " ", name);
  const slider = h("input", {
    type: "range",
    min: 0,
    max: last,
    step: 1,
    value: quarter,
    "aria-label": t("board_city.quarter"),
    data: { testid: "city-quarter" },
    oninput: () => go(Number(slider.value)),
  });
  const shown = h("output.city-date", {});
  const speed = h(
    "select",
    { "aria-label": t("board_city.speed"), data: { testid: "city-speed" } },
    Object.keys(SPEEDS).map((one) => h("option", { value: one, selected: one === "medium" }, t(`board_city.speed_${one}`))),
  );
  const small = (words, label, by) =>
    h("button", { type: "button", title: t(label), "aria-label": t(label), onclick: () => step(by) }, words);
  let moment = quarter;
  let running = 0;
  let before = 0;

  const tell = (isSettled) => {
    const now = Math.floor(moment);
    slider.value = String(now);
    shown.textContent = dateOf(facts, now);
    slider.setAttribute("aria-valuetext", shown.textContent);
    moved(moment, isSettled);
  };
  const stop = () => {
    if (!running) return;
    cancelAnimationFrame(running);
    running = 0;
    moment = Math.round(moment);
    face.textContent = "▶";
    name.textContent = t("board_city.play");
  };
  const go = (to) => {
    stop();
    moment = Math.min(last, Math.max(0, to));
    tell(true);
  };
  const step = (by) => go(Math.round(moment) + by);
  const frame = (now) => {
    moment = Math.min(last, moment + (SPEEDS[speed.value] * Math.min(250, now - before)) / 1000);
    before = now;
    if (moment >= last) {
      stop();
      tell(true);
      return;
    }
    running = requestAnimationFrame(frame);
    tell(false);
  };
  const toggle = () => {
    if (running) {
      stop();
      tell(true);
      return;
    }
    if (moment >= last) moment = 0;
    face.textContent = "❚❚";
    name.textContent = t("board_city.pause");
    before = performance.now();
    running = requestAnimationFrame(frame);
  };
  shown.textContent = dateOf(facts, quarter);
  slider.setAttribute("aria-valuetext", shown.textContent);
  const element = h(
    "div.city-player",
    {},
    play,
    small("‹", "board_city.step_back", -1),
    slider,
    small("›", "board_city.step_on", 1),
    shown,
    speed,
  );
  return { element, toggle, step, destroy: stop };
}
