/** A chart by quarter, for what happens within a year and yearly figures hide. */

import { loadRun } from "../city/run.js";
import { fill, h, svg } from "../element.js";
import { figure, t, words } from "../words.js";
import { cityOf } from "./firm.js";
import { policiesOf } from "./running.js";

const MONEY = ["research", "revenue", "debt", "subsidy"];
const WIDTH = 720;
const HEIGHT = 230;
const FOOT = 34;
const HEAD = 14;

/**
 * Return the chart, which is made on demand: it runs each of two cities once.
 *
 * @param {import("./parts.js").Context} context
 * @returns {{element: HTMLElement, leave: () => void}}
 */
export function quartersPart({ lesson }) {
  const { of, first, last, alternative } = lesson.quarters;
  const stop = new AbortController();
  const line = h("p.hint", { role: "status" });
  const place = h("div", {});
  const button = h("button", { type: "button", data: { testid: "lesson-quarters" } }, t("board_lessons.show_quarters"));
  const tell = (done, all) => {
    line.textContent = done === null ? "" : t("board_lessons.recording", { done, of: all });
  };
  button.addEventListener("click", async () => {
    button.hidden = true;
    try {
      const sums = [];
      for (const i of [0, alternative]) {
        const run = await loadRun({ policy: policiesOf(lesson)[i], ...cityOf(lesson) }, tell, stop.signal);
        if (!run) return;
        sums.push({ index: i, name: words(lesson.policies[i].name), values: between(sumsOf(run, of), run.facts.start_year, first, last) });
      }
      fill(place, drawingOf(sums, first, t(`board_lessons.sum_${of}`)), sharesOf(sums, first));
    } catch (fault) {
      if (stop.signal.aborted) return;
      line.textContent = `${t("board_lessons.failed")} ${fault.message}`;
      button.hidden = false;
    }
  });
  const title = h("h4", {}, t("board_lessons.quarters", { what: t(`board_lessons.sum_${of}`) }));
  const element = h("section.lesson-quarters.no-print", {}, title, h("p.hint", {}, t("board_lessons.quarters_note")), button, line, place);
  return { element, leave: () => stop.abort() };
}

/**
 * Return the sum over all enterprises by quarter, for the whole city.
 *
 * @param {import("../city/run.js").Run} run
 * @param {string} of what is summed, see `ipsim.app.city.frames`
 * @returns {number[]} amounts of money in million RMB
 */
export function sumsOf(run, of) {
  const { life, state, money, count } = run.frames;
  const sums = new Array(run.facts.quarters).fill(0);
  const values = state[of];
  for (let n = 0; n < count; n++) {
    for (let at = life.start[n]; at < life.start[n + 1]; at++) {
      sums[life.first[n] + at - life.start[n]] += MONEY.includes(of) ? money[values[at]] : values[at];
    }
  }
  return sums.map((sum) => sum / run.facts.scale);
}

function between(sums, start, first, last) {
  return sums.slice(4 * (first - start), 4 * (last + 1 - start));
}

function drawingOf(sums, first, what) {
  const count = sums[0].values.length;
  const high = Math.max(1, ...sums.flatMap((one) => one.values));
  const slot = WIDTH / count;
  const thick = (0.76 * slot) / sums.length;
  const tall = (value) => ((HEIGHT - FOOT - HEAD) * value) / high;
  const bars = sums.flatMap(({ index, name, values }, at) =>
    values.map((value, i) =>
      svg(
        "rect",
        { class: `quarter-bar series-${index}`, x: (i + 0.12) * slot + at * thick, y: HEIGHT - FOOT - tall(value), width: thick, height: tall(value) },
        svg("title", {}, `${name}: ${labelOf(first, i)} ${figure(value)}`),
      ),
    ),
  );
  const labels = Array.from({ length: count }, (_, i) => {
    const isLast = i % 4 === 3;
    const at = { x: (i + 0.5) * slot, y: HEIGHT - FOOT + 14, "text-anchor": "middle", class: isLast ? "quarter-label is-last" : "quarter-label" };
    return svg("text", at, String(1 + (i % 4)));
  });
  const years = Array.from({ length: count / 4 }, (_, i) => svg("text", { x: (4 * i + 2) * slot, y: HEIGHT - 3, "text-anchor": "middle", class: "quarter-year" }, String(first + i)));
  const key = h("ul.quarter-key", {}, sums.map(({ index, name }) => h("li", {}, h("span", { class: `quarter-swatch series-${index}`, "aria-hidden": "true" }), name)));
  const most = svg("text", { x: 2, y: 10, class: "quarter-year" }, figure(high));
  const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": what }, most, ...bars, ...labels, ...years);
  return h("figure.quarter-chart", { data: { testid: "quarters-chart" } }, key, drawing);
}

function labelOf(first, i) {
  return t("board_lessons.quarter_of", { year: first + Math.floor(i / 4), quarter: 1 + (i % 4) });
}

/* How much of each year falls into its last quarter: the rush in one figure. */
function sharesOf(sums, first) {
  const years = Array.from({ length: sums[0].values.length / 4 }, (_, i) => first + i);
  const share = (values, i) => {
    const year = values.slice(4 * i, 4 * i + 4);
    return t("board_lessons.percent", { n: figure((100 * year[3]) / year.reduce((sum, one) => sum + one, 0), 1) });
  };
  return h(
    "table.hands-table",
    { data: { testid: "quarters-table" } },
    h("caption", {}, t("board_lessons.fourth")),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("board_lessons.policy")), years.map((year) => h("th", { scope: "col" }, String(year))))),
    h("tbody", {}, sums.map(({ name, values }) => h("tr", {}, h("th", { scope: "row" }, name), years.map((_, i) => h("td", {}, share(values, i)))))),
  );
}
