/** The slim header: what this is, the three views, language and theme. */

import { board } from "./catalogue.js";
import { h } from "./element.js";
import { change, get } from "./store.js";
import { t } from "./words.js";

const VIEWS = ["whatif", "city", "lessons"];
const THEMES = ["auto", "light", "dark"];

/**
 * Build the header once.
 *
 * @param {HTMLElement} root
 * @param {Promise<*>} font settled when the font of Chinese is there, or is known not to come
 * @returns {() => void} puts the words of the language and the marks of the state onto it
 */
export function buildHeader(root, font) {
  // Chromium remembers words as they were first painted: the name in Chinese waits for its font.
  let hasFont = false;
  const title = h("h1.name", {});
  const tabs = VIEWS.map((view) =>
    h("button.tab", {
      type: "button",
      onclick: () => change({ view }),
      data: { testid: `tab-${view}` },
    }),
  );
  const lang = h("button.quiet", {
    type: "button",
    onclick: () => change({ lang: get().lang === "en" ? "zh" : "en" }),
    data: { testid: "lang-switch" },
  });
  const theme = h("button.quiet", {
    type: "button",
    onclick: () => change({ theme: THEMES[(THEMES.indexOf(get().theme) + 1) % THEMES.length] }),
    data: { testid: "theme-switch" },
  });
  const nav = h("nav.tabs", {}, tabs);
  root.replaceChildren(title, nav, h("div.header-end", {}, lang, theme));

  const relabel = () => {
    const state = get();
    title.textContent = t("board.title");
    nav.setAttribute("aria-label", t("board.views"));
    tabs.forEach((tab, i) => {
      tab.textContent = t(`board.tab_${VIEWS[i]}`);
      if (VIEWS[i] === state.view) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    });
    // The button names the other language in that language, so that whoever needs it can read it.
    const other = state.lang === "en" ? "zh" : "en";
    const name = board().words[other]["board.language_name"];
    lang.textContent = hasFont || other === "en" ? name : "";
    lang.setAttribute("aria-label", name);
    lang.setAttribute("lang", other === "zh" ? "zh-CN" : "en");
    theme.textContent = t(`board.theme_${state.theme}`);
    theme.setAttribute("aria-label", t("board.theme_switch", { now: t(`board.theme_${state.theme}`) }));
  };
  relabel();
  font.finally(() => {
    hasFont = true;
    relabel();
  });
  return relabel;
}
