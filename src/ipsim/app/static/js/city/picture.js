/** The canvas: what is seen through a window that can be moved and brought closer. */

import { h } from "../element.js";
import { coloursNow, onColours } from "./colours.js";
import { paintGround } from "./ground.js";
import { layoutOf } from "./layout.js";
import { looksIn, paintAllLinks, paintLinks, paintMarks } from "./painter.js";
import { pointing } from "./pointing.js";

const CLOSEST = 12;
const LEAST_HEIGHT = 460;
const MOST_HEIGHT = 1100;

/**
 * Make the picture.
 *
 * @param {HTMLElement} root
 * @param {import("./run.js").Run} run
 * @param {import("./painter.js").Look} look what it shows; the picture keeps the object and reads it anew each time
 * @param {{select: (life: number) => void, label: (life: number) => string, play: () => void, step: (by: number) => void}} told
 * @returns {{show: (moment: number) => void, refresh: () => void, zoom: (times: number) => void, whole: () => void,
 *   reveal: (life: number) => void, describe: (text: string) => void, frames: () => number, destroy: () => void}}
 */
export function makePicture(root, run, look, told) {
  const canvas = h("canvas.city-canvas", { tabindex: 0, role: "application", data: { testid: "city-canvas" } });
  const bubble = h("div.city-bubble", { hidden: true, "aria-hidden": "true" });
  const heard = h("p.unseen", { "aria-live": "polite" });
  root.replaceChildren(canvas, bubble, heard);
  const pen = canvas.getContext("2d");
  const picture = { run, look, canvas, bubble, heard, told, layout: null, moment: 0, window: { k: 1, x: 0, y: 0 } };
  let colours = coloursNow();
  const font = getComputedStyle(document.body).fontFamily;
  const ground = makeGround();
  let looks = [];
  let due = 0;
  let painted = 0;

  const reckoned = (quarter) => {
    const last = run.facts.quarters - 1;
    return (looks[quarter] ??= looksIn(run, Math.min(quarter, last), look));
  };

  const paint = () => {
    due = 0;
    painted++;
    if (!picture.layout) return;
    const ratio = devicePixelRatio || 1;
    const { k, x, y } = picture.window;
    const quarter = Math.floor(picture.moment);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = colours.paper;
    pen.fillRect(0, 0, canvas.width / ratio, canvas.height / ratio);
    pen.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    const all = look.links === "all" ? Math.floor(quarter / 4) : "";
    ground.paint(pen, picture, ratio, all, (layer) => {
      paintGround(layer, picture.layout, run.facts, colours, font);
      if (look.links === "all") paintAllLinks(layer, picture.layout, run.frames, quarter, colours);
    });
    paintLinks(pen, picture.layout, run.frames, quarter, look, colours);
    const part = picture.moment - quarter;
    paintMarks(pen, picture.layout, reckoned(quarter), reckoned(part ? quarter + 1 : quarter), part, colours);
    ring(look.hovered, colours.ink, 1.2);
    ring(look.selected, colours.accent, 2.4);
    canvas.dataset.quarter = String(quarter);
    canvas.dataset.painted = String(painted);
  };

  const ring = (life, colour, width) => {
    if (life < 0) return;
    const { layout } = picture;
    pen.beginPath();
    pen.arc(layout.x[life], layout.y[life], Math.max(0.62 * layout.pitch, 5), 0, 2 * Math.PI);
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
  };

  const ask = () => {
    due ||= requestAnimationFrame(paint);
  };

  const measure = () => {
    const width = root.clientWidth;
    if (!width) return;
    const industries = run.facts.industries.length;
    const height = Math.max(LEAST_HEIGHT, Math.min(MOST_HEIGHT, Math.max(innerHeight - 200, industries * (width < 600 ? 90 : 64))));
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.height = `${height}px`;
    picture.layout = layoutOf(run, width, height);
    ground.forget();
    hold(picture);
    paint();
  };

  picture.ask = ask;
  picture.zoom = (times, x = picture.layout.width / 2, y = picture.layout.height / 2) => {
    const { window } = picture;
    const k = Math.min(CLOSEST, Math.max(1, window.k * times));
    window.x = x - ((x - window.x) * k) / window.k;
    window.y = y - ((y - window.y) * k) / window.k;
    window.k = k;
    hold(picture);
    ask();
  };
  picture.reckoned = reckoned;
  const stopPointing = pointing(picture);
  const watcher = new ResizeObserver(measure);
  watcher.observe(root);
  const stopColours = onColours(() => {
    colours = coloursNow();
    ground.forget();
    ask();
  });

  return {
    show(moment) {
      picture.moment = moment;
      ask();
    },
    refresh() {
      looks = [];
      ask();
    },
    zoom: (times) => picture.zoom(times),
    whole() {
      Object.assign(picture.window, { k: 1, x: 0, y: 0 });
      ask();
    },
    reveal: (life) => reveal(picture, life),
    describe: (text) => canvas.setAttribute("aria-label", text),
    frames: () => painted,
    destroy() {
      cancelAnimationFrame(due);
      watcher.disconnect();
      stopPointing();
      stopColours();
    },
  };
}

/* The ground and all links of a year change seldom: they are painted once for a window and copied after that. */
function makeGround() {
  const layer = document.createElement("canvas");
  let of = "";
  return {
    forget() {
      of = "";
    },
    paint(pen, { canvas, window }, ratio, also, make) {
      const key = `${canvas.width}/${canvas.height}/${window.k}/${window.x}/${window.y}/${also}`;
      if (key !== of) {
        of = key;
        layer.width = canvas.width;
        layer.height = canvas.height;
        const own = layer.getContext("2d");
        own.setTransform(ratio * window.k, 0, 0, ratio * window.k, ratio * window.x, ratio * window.y);
        make(own);
      }
      pen.save();
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.drawImage(layer, 0, 0);
      pen.restore();
    },
  };
}

/** Keep the window over the picture: nothing beyond its edge is shown. */
export function hold({ window, layout }) {
  window.x = Math.min(0, Math.max(layout.width * (1 - window.k), window.x));
  window.y = Math.min(0, Math.max(layout.height * (1 - window.k), window.y));
}

function reveal(picture, life) {
  const { window, layout } = picture;
  if (life < 0 || !layout || window.k === 1) return;
  const x = window.x + window.k * layout.x[life];
  const y = window.y + window.k * layout.y[life];
  if (x < 20 || x > layout.width - 20) window.x += layout.width / 2 - x;
  if (y < 20 || y > layout.height - 20) window.y += layout.height / 2 - y;
  hold(picture);
  picture.ask();
}
