/** Mouse, finger and keys on the picture. */

import { hold } from "./picture.js";

const NEAR = 14;
const MOVED = 4;
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Let a picture be pointed at.
 *
 * @param {Object} picture what `makePicture` holds
 * @returns {() => void} stops it
 */
export function pointing(picture) {
  const { canvas, look } = picture;
  const fingers = new Map();
  let start = null;

  const down = (event) => {
    fingers.set(event.pointerId, event);
    start = { x: event.offsetX, y: event.offsetY, window: { ...picture.window }, moved: false };
    if (picture.window.k > 1 || fingers.size > 1) canvas.setPointerCapture(event.pointerId);
  };
  const move = (event) => {
    const before = fingers.get(event.pointerId);
    if (fingers.size === 2 && before) {
      pinch(picture, fingers, before, event);
      start.moved = true;
    } else if (start && before) {
      const [dx, dy] = [event.offsetX - start.x, event.offsetY - start.y];
      start.moved ||= Math.hypot(dx, dy) > MOVED;
      if (start.moved) {
        Object.assign(picture.window, { x: start.window.x + dx, y: start.window.y + dy });
        hold(picture);
        picture.ask();
      }
    } else {
      hover(picture, nearest(picture, event.offsetX, event.offsetY));
    }
    if (before) fingers.set(event.pointerId, event);
  };
  const up = (event) => {
    fingers.delete(event.pointerId);
    if (start && !start.moved && event.type === "pointerup") {
      const life = nearest(picture, event.offsetX, event.offsetY);
      if (life >= 0) picture.told.select(life);
    }
    start = null;
  };
  const leave = () => hover(picture, -1);
  const wheel = (event) => {
    // The page scrolls with the wheel; with Ctrl (or two fingers on a pad) the city comes closer.
    if (!event.ctrlKey) return;
    event.preventDefault();
    picture.zoom(Math.exp(-0.006 * event.deltaY), event.offsetX, event.offsetY);
  };
  const key = (event) => onKey(picture, event);
  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up, pointerleave: leave };
  Object.assign(listeners, { wheel, keydown: key, blur: leave });
  for (const [name, one] of Object.entries(listeners)) canvas.addEventListener(name, one, { passive: false });
  look.hovered = -1;
  return () => {
    for (const [name, one] of Object.entries(listeners)) canvas.removeEventListener(name, one);
  };
}

function pinch(picture, fingers, before, event) {
  const other = [...fingers.values()].find((one) => one.pointerId !== event.pointerId);
  const distance = (one) => Math.hypot(one.offsetX - other.offsetX, one.offsetY - other.offsetY);
  if (distance(before) > 0) {
    const [x, y] = [(event.offsetX + other.offsetX) / 2, (event.offsetY + other.offsetY) / 2];
    picture.zoom(distance(event) / distance(before), x, y);
  }
}

/** Return the enterprise at a point of the canvas, or -1. */
function nearest({ layout, window, reckoned, moment }, px, py) {
  if (!layout) return -1;
  const [x, y] = [(px - window.x) / window.k, (py - window.y) / window.k];
  const { shape } = reckoned(Math.floor(moment));
  let best = -1;
  let least = Math.max(NEAR / window.k, 0.7 * layout.pitch) ** 2;
  for (let n = 0; n < layout.x.length; n++) {
    if (shape[n] === 0) continue;
    const distance = (layout.x[n] - x) ** 2 + (layout.y[n] - y) ** 2;
    if (distance < least) {
      least = distance;
      best = n;
    }
  }
  return best;
}

function hover(picture, life) {
  const { bubble, canvas, look, layout, window } = picture;
  if (life === look.hovered) return;
  look.hovered = life;
  bubble.hidden = life < 0;
  canvas.classList.toggle("pointed", life >= 0);
  if (life >= 0) {
    bubble.textContent = picture.told.label(life);
    const x = window.x + window.k * layout.x[life];
    const isRight = x > layout.width / 2;
    bubble.style.left = isRight ? "auto" : `${x + 12}px`;
    bubble.style.right = isRight ? `${layout.width - x + 12}px` : "auto";
    bubble.style.top = `${Math.max(0, window.y + window.k * layout.y[life] - 8)}px`;
  }
  picture.ask();
}

function onKey(picture, event) {
  if (event.altKey || event.metaKey || event.ctrlKey) return;
  const { look, told } = picture;
  const direction = DIRECTIONS[event.key];
  if (direction) point(picture, beside(picture, direction));
  else if (event.key === "Enter" && look.hovered >= 0) told.select(look.hovered);
  else if (event.key === " ") told.play();
  else if (event.key === "," || event.key === ".") told.step(event.key === "." ? 1 : -1);
  else if (event.key === "+" || event.key === "=") picture.zoom(1.5);
  else if (event.key === "-") picture.zoom(1 / 1.5);
  else if (event.key === "0") picture.zoom(0);
  else return;
  event.preventDefault();
}

function point(picture, life) {
  if (life < 0) return;
  hover(picture, life);
  picture.heard.textContent = picture.told.label(life);
}

/* The nearest in that direction; sideways counts double, so that one keeps to the line. */
function beside({ layout, look, reckoned, moment }, [dx, dy]) {
  const from = look.hovered >= 0 ? look.hovered : look.selected;
  const { shape } = reckoned(Math.floor(moment));
  if (from < 0) return shape.findIndex((one) => one > 0);
  let best = -1;
  let least = Infinity;
  for (let n = 0; n < layout.x.length; n++) {
    if (shape[n] === 0 || n === from) continue;
    const [x, y] = [layout.x[n] - layout.x[from], layout.y[n] - layout.y[from]];
    const along = x * dx + y * dy;
    if (along <= 0.3) continue;
    const distance = along + 2.5 * Math.abs(x * dy + y * dx);
    if (distance < least) {
      least = distance;
      best = n;
    }
  }
  return best;
}
