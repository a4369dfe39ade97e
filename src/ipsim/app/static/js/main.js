/** Where the page begins: language and theme, the header, and the three views. */

import * as address from "./address.js";
import { connectionNow, get as ask, onConnection } from "./api.js";
import { board, loadBoard, loadStart } from "./catalogue.js";
import { fill, h } from "./element.js";
import { buildHeader } from "./header.js";
import { loadStarts } from "./policies.js";
import { say } from "./status.js";
import { change, defaults, get, subscribe } from "./store.js";
import { t } from "./words.js";

const VIEWS = {
  whatif: async () => (await import("./views/whatif.js")).mount,
  city: async () => (await import("./views/city.js")).mountCity,
  lessons: async () => (await import("./views/lessons.js")).mountLessons,
};

/** Milliseconds. */
const FONT_WAIT = 3000;

let unmount = null;
let wanted = 0;
let turn = Promise.resolve();

/** Show the view that the state names, once the one before is done; views passed over on the way are left out. */
function showView() {
  const mine = ++wanted;
  turn = turn.then(() => (mine === wanted ? drawView() : undefined));
  return turn;
}

async function drawView() {
  const root = document.getElementById("view");
  const { view } = get();
  let mount;
  try {
    mount = await VIEWS[view]();
  } catch (fault) {
    console.warn(fault);
  }
  if (typeof unmount === "function") unmount();
  unmount = null;
  root.className = `view view-${view}`;
  root.replaceChildren();
  try {
    if (!mount) throw new Error(`the view ${view} did not load`);
    unmount = await mount(root);
  } catch (fault) {
    console.warn(fault);
    fill(root, h("div.message", {}, h("h2", {}, t("board.view_failed")), h("p", {}, t("board.view_failed_hint"))));
  }
}

/** Put language and theme where styles and screen readers look for them. */
function dress() {
  const { lang, theme } = get();
  const page = document.documentElement;
  page.lang = lang === "zh" ? "zh-CN" : "en";
  if (theme === "auto") delete page.dataset.theme;
  else page.dataset.theme = theme;
  document.title = t("board.page_title");
  document.getElementById("skip").textContent = t("board.skip");
}

function firstState() {
  const state = defaults();
  const lang = address.remembered("lang") ?? (navigator.language?.startsWith("zh") ? "zh" : "en");
  if (lang === "en" || lang === "zh") state.lang = lang;
  const theme = address.remembered("theme");
  if (theme === "light" || theme === "dark") state.theme = theme;
  return state;
}

/** A banner over the page: the connection, or an address that can't be read. */
function showBanner(words, action = null) {
  const banner = document.getElementById("banner");
  banner.hidden = !words;
  fill(banner, words && h("span", {}, words), action);
}

function hearConnection() {
  const retry = () => h("button", { type: "button", onclick: () => dispatchEvent(new Event("board-retry")) }, t("board.retry"));
  onConnection((how) => {
    if (how === "offline") showBanner(t("board.offline"), retry());
    else if (how === "busy") showBanner(t("board.busy"));
    else showBanner("");
  });
}

/** Say that the model is being compiled, until it is ready. */
async function hearCompiling() {
  for (;;) {
    const health = await ask("/healthz").catch(() => null);
    document.documentElement.dataset.model = health?.state ?? "unknown";
    if (!health || health.ready) return;
    const isWaiting = document.documentElement.dataset.answer === "waiting";
    if (connectionNow() === "online" && isWaiting) say(t(health.state === "compiling" ? "board.compiling" : "board.warming"));
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** Say plainly that the board does not let one in, in its own words: there are none of ours yet. */
function refuse(fault) {
  const page = document.documentElement;
  page.dataset.state = "error";
  const said = fault.faults?.map((one) => Object.entries(one.words ?? { en: one.text }).map(([lang, text]) => h("p", { lang }, text)));
  fill(document.getElementById("view"), h("div.message", { role: "alert", data: { testid: "faults" } }, said));
}

/**
 * Take the state of the address, if it has one.
 *
 * @returns {Promise<boolean>} false when it has one that can't be read
 */
async function openAddress() {
  try {
    const found = await address.read(location.hash);
    if (found) {
      await loadStarts(found);
      change(found);
    }
    return true;
  } catch {
    return false;
  }
}

/** Header, banners and views follow the state from here on. */
function follow(font) {
  const relabel = buildHeader(document.getElementById("header"), font);
  subscribe((_, changed) => {
    if (changed.has("lang") || changed.has("theme")) dress();
    if (["lang", "theme", "view"].some((name) => changed.has(name))) relabel();
    if (changed.has("lang") || changed.has("view")) showView();
  });
  hearConnection();
  address.follow();
  address.listen(loadStarts, complainOfAddress);
}

function complainOfAddress() {
  const close = h("button", { type: "button", onclick: () => showBanner("") }, t("board.close"));
  showBanner(t("board.address_unreadable"), close);
}

async function begin() {
  change(firstState());
  try {
    await loadBoard();
  } catch (fault) {
    refuse(fault);
    return;
  }
  const isReadable = await openAddress();
  // The cities are few, and a change of city should be there at once.
  await Promise.all([loadStarts(get()), ...board().cities.map((one) => loadStart(one.key))]);
  dress();
  // Chromium remembers words as they were first painted: Chinese waits for its font, but not for ever.
  const font = document.fonts.load('1em "Board Chinese"', board().words.zh["board.language_name"]).catch(() => {});
  if (get().lang === "zh") await Promise.race([font, new Promise((resolve) => setTimeout(resolve, FONT_WAIT))]);
  follow(font);
  await showView();
  document.documentElement.dataset.state = "ready";
  if (!isReadable) complainOfAddress();
  hearCompiling();
}

begin();
