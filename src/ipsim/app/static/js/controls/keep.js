/** Sharing and keeping: the link, files to download, a scenario file to open. */

import { written } from "../address.js";
import { file, post, stream } from "../api.js";
import { loadStart } from "../catalogue.js";
import { fill, h } from "../element.js";
import { say } from "../status.js";
import { MOST_ALTERNATIVES, get } from "../store.js";
import { alternativeName, figure, t, words } from "../words.js";
import { baselineName, bodyOf, policyBody } from "../asking.js";
import { differences, isSet } from "../policies.js";
import { showFaults } from "./faults.js";
import { edited, moveAll } from "./moving.js";

const MADE = ["report.html", "indicators.csv", "effects.csv", "headline.csv", "all.zip"];

/** @returns {{root: HTMLElement}} buttons that share, download and open */
export function buildKeep() {
  const share = h("button", { type: "button", onclick: () => copyLink(share), data: { testid: "share-link" } }, t("board.share"));
  const chosen = h("input.unseen", {
    type: "file",
    accept: ".yaml,.yml",
    id: "open-file",
    onchange: () => {
      if (chosen.files[0]) open(chosen.files[0]);
      chosen.value = "";
    },
    data: { testid: "open-file" },
  });
  const progress = h("p.hint", { role: "status" });
  const ofBaseline = h(
    "button",
    { type: "button", onclick: () => saveScenario(menu, get().baseline), data: { testid: "download", what: "baseline" } },
    t("board.download_baseline"),
  );
  const menu = h(
    "details.menu",
    { onkeydown: (event) => event.key === "Escape" && ((menu.open = false), menu.firstChild.focus()) },
    h("summary", {}, t("board.download")),
    h(
      "div.menu-list",
      {},
      h("button", { type: "button", onclick: () => saveScenario(menu, edited()), data: { testid: "download", what: "scenario" } }, t("board.download_scenario")),
      ofBaseline,
      MADE.map((what) =>
        h("button", { type: "button", onclick: () => saveMade(what, progress), data: { testid: "download", what } }, t(`board.download_${what.split(".")[0]}`)),
      ),
      h("p.hint", {}, t("board.download_pictures")),
      progress,
    ),
  );
  const closeOutside = (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  };
  menu.addEventListener("toggle", () => {
    ofBaseline.hidden = !isSet(get().baseline);
    if (menu.open) document.addEventListener("pointerdown", closeOutside);
    else document.removeEventListener("pointerdown", closeOutside);
  });
  const root = h(
    "div.keep",
    {},
    share,
    menu,
    h("label.button", { for: "open-file", title: t("board.open_hint") }, t("board.open")),
    chosen,
  );
  return { root };
}

async function copyLink(button) {
  const hash = await written(get());
  history.replaceState(null, "", hash);
  const link = location.href;
  try {
    await navigator.clipboard.writeText(link);
    say(t("board.shared"), true);
    button.textContent = t("board.shared_short");
    setTimeout(() => (button.textContent = t("board.share")), 2500);
  } catch {
    // Without leave for the clipboard the address bar has it.
    say(t("board.share_by_hand"), true);
  }
}

async function saveScenario(menu, policy) {
  try {
    const { blob, name } = await file("/api/scenario", { policy: policyBody(policy, policy === get().baseline ? baselineName() : alternativeName(get().edited)) });
    save(URL.createObjectURL(blob), name);
    menu.open = false;
  } catch (fault) {
    showFaults(fault.faults ?? []);
  }
}

async function saveMade(what, progress) {
  const { indicators: _, ...body } = bodyOf(get());
  progress.textContent = t("board.download_begun");
  try {
    await stream("/api/download", { ...body, lang: get().lang, what }, (line) => {
      if (line.kind === "progress") progress.textContent = t("board.download_progress", { done: figure(line.done), of: figure(line.of) });
      if (line.kind === "waiting" && line.ahead) progress.textContent = t("board.waiting", { ahead: line.ahead });
      if (line.kind === "file") save(line.url, line.name);
    });
    progress.textContent = t("board.download_done");
  } catch (fault) {
    progress.textContent = "";
    showFaults(fault.faults ?? []);
  }
}

function save(url, name) {
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  if (url.startsWith("blob:")) setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/**
 * Open a scenario file as an alternative; with a fault nothing changes.
 *
 * @param {File} chosen
 */
export async function open(chosen) {
  try {
    const text = await chosen.text();
    const found = await post("/api/open", { file: chosen.name.slice(0, 120), text });
    const start = await loadStart(found.policy.start ?? found.city);
    if (start.city.key !== start.name) await loadStart(start.city.key);
    take({ ...found.policy, name: words(found.title) || found.policy.name, changes: found.policy.changes ?? {} }, found.city);
    showFaults([]);
    say(t("board.opened", { name: chosen.name }), true);
  } catch (fault) {
    if (!fault.faults) throw fault;
    showFaults(fault.faults, chosen.name);
  }
}

/* In place of an alternative that changes nothing yet, else as a new one, else in place of the edited one. */
function take(opened, city) {
  // The board writes what is not given as null; the page leaves it out.
  const policy = Object.fromEntries(Object.entries(opened).filter(([, value]) => value !== null && value !== undefined));
  if (policy.text) policy.city = city;
  const { alternatives, baseline, edited: index } = get();
  const isFree = differences(edited(), baseline).length === 0;
  const place = isFree || alternatives.length === MOST_ALTERNATIVES ? index : alternatives.length;
  const all = [...alternatives];
  all[place] = policy;
  moveAll({ alternatives: all, edited: place });
}

/**
 * Take files that are dropped on an element.
 *
 * @param {HTMLElement} zone
 * @returns {() => void} takes no more
 */
export function acceptDrops(zone) {
  const stop = new AbortController();
  const { signal } = stop;
  const isFile = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  zone.addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    zone.classList.add("dropping");
  }, { signal });
  zone.addEventListener("dragleave", () => zone.classList.remove("dropping"), { signal });
  zone.addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    zone.classList.remove("dropping");
    if (event.dataTransfer.files[0]) open(event.dataTransfer.files[0]);
  }, { signal });
  return () => stop.abort();
}
