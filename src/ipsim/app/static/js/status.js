/** The line that says what the board is doing; read aloud, but not more often than one can listen. */

const PAUSE = 1500;
let last = 0;
let timer = 0;
let due = "";

/**
 * Say what the board is doing.
 *
 * @param {string} text
 * @param {boolean} [atOnce] for what must not wait
 */
export function say(text, atOnce = false) {
  due = text;
  const wait = atOnce ? 0 : Math.max(0, last + PAUSE - performance.now());
  clearTimeout(timer);
  if (wait === 0) shown();
  else timer = setTimeout(shown, wait);
}

function shown() {
  last = performance.now();
  const line = document.getElementById("status");
  if (line.textContent !== due) line.textContent = due;
}

/**
 * Say how far the answer is, for styles and tests.
 *
 * @param {"waiting"|"sketch"|"partial"|"settled"} how
 */
export function mark(how) {
  document.documentElement.dataset.answer = how;
}
