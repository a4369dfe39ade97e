// Colours, dashes and markers of the series, read from the theme; light ones for print and pictures.

/** Dash of each series, baseline first: told apart without colour. */
export const DASHES = [[5, 3], "solid", [9, 3], [2, 2.5], [9, 3, 2, 3]];

/** Marker of each series, baseline first. */
export const MARKERS = ["none", "circle", "triangle", "diamond", "rect"];

const NAMES = ["paper", "surface", "ink", "muted", "grid", "accent"];
const SERIES = 5;

// As in the report's figures.
const LIGHT = {
  paper: "#fefefe",
  surface: "#fefefe",
  ink: "#1c2126",
  muted: "#5d6873",
  grid: "#dfe3e8",
  accent: "#0b6fb0",
  series: ["#5d6b82", "#0b6fb0", "#b36b00", "#007a5b", "#a34e8a"],
};

/** Colours of the levers in a stack; what is left over is grey. */
export const STACK = ["#0b6fb0", "#d98c00", "#00916c", "#b0629a", "#4ea5d9", "#cf5a00", "#7d6a55"];

const FONT = '"Noto Sans SC", "Helvetica Neue", Arial, sans-serif';

// Body type of a laptop, px.
const USUAL_SIZE = 15.3;

let isPrinting = false;

/**
 * @typedef {object} Palette
 * @property {string} ink
 * @property {string} muted
 * @property {string} grid
 * @property {string} surface
 * @property {string} accent
 * @property {string[]} series baseline first
 * @property {string} font
 * @property {number} size by what measures grow with the type of the page
 */

/** @returns {Palette} the colours on screen, or the light ones while the page is printed. */
export function palette() {
  return isPrinting ? lightPalette() : read();
}

/** @returns {Palette} the colours of print and pictures, whatever the theme. */
export function lightPalette() {
  // Quotes of this kind end an attribute of a drawing saved as SVG.
  return { ...LIGHT, font: font().replaceAll('"', "'"), size: 1 };
}

function read() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name, instead) => style.getPropertyValue(`--${name}`).trim() || instead;
  const found = Object.fromEntries(NAMES.map((name) => [name, colour(name, LIGHT[name])]));
  found.series = Array.from({ length: SERIES }, (_, i) => colour(`series-${i}`, LIGHT.series[i]));
  found.font = font();
  found.size = Math.max(1, parseFloat(getComputedStyle(document.body).fontSize) / USUAL_SIZE || 1);
  return found;
}

function font() {
  return getComputedStyle(document.body).fontFamily || FONT;
}

/**
 * Call back whenever charts have to be drawn anew: another theme, print begins or ends, fonts are there.
 * @param {() => void} listener
 * @returns {() => void} ends it
 */
export function onRepaint(listener) {
  const watch = new MutationObserver(listener);
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", listener);
  printers.add(listener);
  document.fonts.addEventListener("loadingdone", listener);
  return () => {
    document.fonts.removeEventListener("loadingdone", listener);
    watch.disconnect();
    dark.removeEventListener("change", listener);
    printers.delete(listener);
  };
}

const printers = new Set();

matchMedia("print").addEventListener("change", (event) => {
  isPrinting = event.matches;
  printers.forEach((listener) => listener());
});
