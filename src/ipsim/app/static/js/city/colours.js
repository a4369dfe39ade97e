/** Colours of the picture: one hue from light to dark (dark to light on a dark page), safe for colour-blind readers. */

import { SHADES } from "./measures.js";

const RAMPS = {
  light: ["#b9cfe4", "#8fb4d6", "#5f93c2", "#316fa6", "#154d82", "#06294f"],
  dark: ["#2f4f6d", "#3f74a0", "#5b9bcb", "#8fc0df", "#c9def0", "#fff3b8"],
};

/**
 * @typedef {Object} Colours
 * @property {string[]} shades by shade, 0 for nothing
 * @property {string} ink
 * @property {string} muted
 * @property {string} grid
 * @property {string} surface
 * @property {string} paper
 * @property {string} bad
 * @property {string} accent
 * @property {string} raised
 */

/** @returns {Colours} the colours of the page as it is now */
export function coloursNow() {
  const style = getComputedStyle(document.documentElement);
  const named = (name) => style.getPropertyValue(`--${name}`).trim();
  const dark = brightness(named("paper")) < 0.5;
  const ramp = RAMPS[dark ? "dark" : "light"];
  const shades = [dark ? "#4b545d" : "#ccd2d8"];
  for (let n = 0; n < SHADES; n++) shades.push(between(ramp, n / (SHADES - 1)));
  const plain = Object.fromEntries(
    ["ink", "muted", "grid", "surface", "paper", "bad", "accent", "raised"].map((name) => [name, named(name)]),
  );
  return { shades, ...plain };
}

function between(ramp, share) {
  const at = share * (ramp.length - 1);
  const low = Math.min(ramp.length - 2, Math.floor(at));
  const [a, b] = [numbers(ramp[low]), numbers(ramp[low + 1])];
  const mixed = a.map((value, n) => Math.round(value + (at - low) * (b[n] - value)));
  return `rgb(${mixed.join(",")})`;
}

function numbers(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

function brightness(hex) {
  const [r, g, b] = /^#[0-9a-f]{6}$/i.test(hex) ? numbers(hex) : [255, 255, 255];
  return (0.3 * r + 0.59 * g + 0.11 * b) / 255;
}

/**
 * Hear when the page becomes dark or light.
 *
 * @param {() => void} listener
 * @returns {() => void} stops hearing
 */
export function onColours(listener) {
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}
