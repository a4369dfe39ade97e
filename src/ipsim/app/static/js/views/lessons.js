/** The view of lessons: the list, or one lesson step by step. */

import { get as ask } from "../api.js";
import { fill, h } from "../element.js";
import { mountLesson } from "../lessons/lesson.js";
import { listOf } from "../lessons/list.js";
import { change, get, subscribe } from "../store.js";
import { t } from "../words.js";

const loaded = new Map();

/**
 * Put the view onto the page.
 *
 * @param {HTMLElement} root
 * @returns {() => void} takes it away
 */
export function mountLessons(root) {
  let leave = null;
  let shown = null;
  let wanted = 0;

  const show = async () => {
    const mine = ++wanted;
    const key = get().lesson?.key ?? null;
    if (shown !== null && key === shown) return;
    let found;
    try {
      found = key ? await lessonOf(key) : (await once("", "/api/lessons")).lessons;
    } catch (fault) {
      found = null;
      if (mine === wanted) fill(root, failed(fault));
    }
    if (mine !== wanted || found === null) return;
    leave?.();
    leave = null;
    shown = key ?? "";
    root.replaceChildren();
    if (key) leave = mountLesson(root, found);
    else fill(root, listOf(found, (chosen) => change({ lesson: { key: chosen, step: 0 } })));
  };

  const stop = subscribe((_, changed) => {
    if (changed.has("lesson")) show();
  });
  show();
  return () => {
    stop();
    wanted += 1;
    leave?.();
    root.replaceChildren();
  };
}

function lessonOf(key) {
  return once(key, `/api/lessons/${encodeURIComponent(key)}`);
}

async function once(key, path) {
  if (!loaded.has(key)) loaded.set(key, await ask(path));
  return loaded.get(key);
}

function failed(fault) {
  return h(
    "div.message",
    { role: "alert", data: { testid: "faults" } },
    h("h2", {}, t("board_lessons.failed")),
    h("p", {}, fault.message),
    h("button", { type: "button", onclick: () => change({ lesson: null }) }, t("board_lessons.back_to_list")),
  );
}
