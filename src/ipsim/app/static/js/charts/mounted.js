// What parts of an answer have in common: they are drawn with each answer, and again when the language changes.

import { subscribe } from "../store.js";

/**
 * Draw a part of the page with each answer, and again when the language or the edited alternative changes.
 * @param {HTMLElement} root emptied at the end
 * @param {(answer: object) => void} draw
 * @returns {{update(answer: object): void, again(): void, destroy(): void}}
 */
export function mounted(root, draw) {
  let answer = null;
  const again = () => answer && draw(answer);
  const stop = subscribe((_, changed) => (changed.has("lang") || changed.has("edited")) && again());
  const update = (found) => {
    answer = found;
    again();
  };
  const destroy = () => {
    stop();
    root.replaceChildren();
  };
  return { update, again, destroy };
}
