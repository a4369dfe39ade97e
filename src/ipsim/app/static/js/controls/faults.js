/** Faults: in a list as the command line prints them, and beside the control that they are about. */

import { fill, h } from "../element.js";
import { t, words } from "../words.js";

let place = null;
let controls = new Map();

/**
 * Make the place where faults are listed.
 *
 * @param {{root: HTMLElement, complain: (text: string) => void}[]} levers controls that can show a fault of their own
 * @returns {HTMLElement}
 */
export function buildFaults(levers) {
  place = h("div.faults", { role: "alert", hidden: true, data: { testid: "faults" } });
  controls = new Map(levers.map((one) => [one.root.dataset.key, one]));
  return place;
}

/**
 * Show faults, or take them away.
 *
 * @param {{key: ?string, message: string, text: ?string, words: ?Object}[]} faults none to take them away
 * @param {string} [file] name of the file that they are about
 */
export function showFaults(faults, file = "") {
  if (!place) return;
  place.hidden = faults.length === 0;
  for (const control of controls.values()) control.complain("");
  // What is wrong in a file is not wrong in the controls.
  for (const fault of file ? [] : faults) {
    const hit = [...controls].find(([key]) => fault.key && (fault.key === key || fault.key.endsWith(`.${key}`) || fault.key.includes(`${key}.`)));
    hit?.[1].complain(messageOf(fault));
  }
  fill(
    place,
    h("b", {}, file ? t("board.faults_file", { name: file }) : t("board.faults")),
    h("ul", {}, faults.map((one) => h("li", {}, one.words ? words(one.words) : h("code", {}, one.text || one.message)))),
    h("button", { type: "button", onclick: () => showFaults([]) }, t("board.close")),
  );
  if (faults.length) place.scrollIntoView({ block: "nearest" });
}

function messageOf(fault) {
  return fault.words ? words(fault.words) : fault.message;
}
