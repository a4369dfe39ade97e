/** Prediction beside result. */

import { h } from "../element.js";
import { get } from "../store.js";
import { signed, t, words } from "../words.js";
import { differenceWords } from "./gaps.js";
import { judge } from "./judge.js";
import { askedWords } from "./prediction.js";
import { isEmpty, recordOf } from "./record.js";
import { resultOf } from "./results.js";

/**
 * Return what the runs say of the prediction.
 *
 * @param {Object} lesson
 * @param {Object} answer
 * @param {() => void} toPredict goes to the prediction
 * @returns {HTMLElement}
 */
export function verdictOf(lesson, answer, toPredict) {
  const { prediction } = lesson;
  const result = resultOf(answer, prediction);
  const verdict = result && judge(prediction.cuts, result);
  const record = recordOf(lesson.key, prediction.choices.length);
  const right = verdict && words(prediction.choices[verdict.right]);
  return h(
    "section.verdict-box",
    { "aria-live": "polite", data: { testid: "lesson-verdict", right: verdict ? String(verdict.right) : "" } },
    h("h4", {}, t("board_lessons.verdict")),
    h("p.asked", {}, askedWords(lesson)),
    h("p.verdict-words", {}, verdict ? t("board_lessons.verdict_right", { choice: right }) : t("board_lessons.verdict_none")),
    result && h("p", {}, resultWords(prediction.indicator, result, answer.pairs)),
    isEmpty(record) ? unpredicted(toPredict) : tableOf(prediction, record, verdict),
    verdict && !isEmpty(record) && h("p", {}, ...foreseen(record, verdict)),
    h("button.quiet", { type: "button", onclick: () => save(lesson, answer), data: { testid: "lesson-save" } }, t("board_lessons.save")),
  );
}

function resultWords(indicator, { difference, low, high }, pairs) {
  return t("board_lessons.difference_is", {
    difference: differenceWords(difference, indicator),
    low: signed(low, indicator),
    high: signed(high, indicator),
    pairs,
  });
}

function unpredicted(toPredict) {
  return h("p.hint", {}, t("board_lessons.no_prediction"), " ", h("button.quiet", { type: "button", onclick: toPredict }, t("board_lessons.to_predict")));
}

function tableOf(prediction, record, verdict) {
  const total = sum(record.hands);
  const head = ["choice", "hands", "mine"].map((key) => h("th", { scope: "col" }, t(`board_lessons.${key}`)));
  const rows = prediction.choices.map((choice, i) =>
    h(
      `tr${verdict?.right === i ? ".is-right" : ""}`,
      {},
      h("th", { scope: "row" }, words(choice), mark(verdict, i)),
      h("td", {}, h("meter", { min: 0, max: 1, value: total ? record.hands[i] / total : 0, "aria-hidden": "true" }), String(record.hands[i])),
      h("td", {}, record.mine === i ? "●" : ""),
    ),
  );
  return h("table.hands-table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows));
}

function mark(verdict, i) {
  if (verdict?.right === i) return h("em.mark", {}, `✓ ${t("board_lessons.right")}`);
  return verdict?.open.includes(i) ? h("em.mark", {}, t("board_lessons.not_excluded")) : null;
}

function foreseen(record, verdict) {
  const total = sum(record.hands);
  const said = [];
  if (total) said.push(t("board_lessons.class_right", { n: record.hands[verdict.right], of: total }), " ");
  if (record.mine !== null) said.push(t(record.mine === verdict.right ? "board_lessons.mine_right" : "board_lessons.mine_wrong"));
  return said;
}

function sum(counts) {
  return counts.reduce((total, count) => total + count, 0);
}

/** Save prediction and result as a table that a spreadsheet opens, in the language of the page. */
function save(lesson, answer) {
  const { prediction } = lesson;
  const record = recordOf(lesson.key, prediction.choices.length);
  const result = resultOf(answer, prediction);
  const verdict = result && judge(prediction.cuts, result);
  const yes = (is) => (is ? t("board_lessons.yes") : "");
  const rows = [
    [t("board_lessons.file_lesson"), words(lesson.title)],
    [askedWords(lesson)],
    [result ? resultWords(prediction.indicator, result, answer.pairs) : t("board_lessons.verdict_none")],
    [],
    ["choice", "file_hands", "file_mine", "file_right"].map((key) => t(`board_lessons.${key}`)),
    ...prediction.choices.map((choice, i) => [words(choice), record.hands[i], yes(record.mine === i), yes(verdict?.right === i)]),
  ];
  // The mark tells spreadsheets that Chinese is UTF-8.
  const text = `\ufeff${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  h("a", { href: url, download: `${lesson.key}-${get().lang}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function quoted(cell) {
  const text = String(cell);
  // A cell that begins like a formula must stay text in a spreadsheet.
  const safe = /^[=+@]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
