/** The switch between what changes and what is. */

import { h } from "../element.js";
import { change, get } from "../store.js";
import { t } from "../words.js";

/** @returns {{root: HTMLElement, refresh: () => void}} */
export function buildShow() {
  const ways = ["difference", "level"];
  const buttons = ways.map((show) =>
    h("button", { type: "button", onclick: () => set(show), data: { show } }, t(`board.show_${show}`)),
  );
  const set = (show) => {
    change({ show });
    refresh();
  };
  const refresh = () => buttons.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.show === get().show)));
  refresh();
  return { root: h("div.switch", { role: "group", "aria-label": t("board.show"), data: { testid: "show-switch" } }, buttons), refresh };
}
