/** Making elements without markup strings, so that no text of a user is ever read as HTML. */

/**
 * Make an element.
 *
 * @param {string} kind tag, with classes after dots: `button.primary`
 * @param {Object<string, *>} [looks] attributes; `data` is an object of data attributes; `on...` are listeners;
 *   a value of null, undefined or false leaves the attribute out, true sets it empty
 * @param {...(Node|string|number|null|undefined|false|Array)} inner children
 * @returns {HTMLElement}
 */
export function h(kind, looks = {}, ...inner) {
  const [tag, ...classes] = kind.split(".");
  const made = document.createElement(tag);
  if (classes.length) made.className = classes.join(" ");
  dress(made, looks);
  made.append(...kept(inner));
  return made;
}

/**
 * Make an SVG element; `inner` and `looks` as for `h`.
 *
 * @param {string} tag
 * @param {Object<string, *>} [looks]
 * @param {...(Node|string)} inner
 * @returns {SVGElement}
 */
export function svg(tag, looks = {}, ...inner) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  dress(made, looks);
  made.append(...kept(inner));
  return made;
}

/**
 * Put children into an element in place of those that it has.
 *
 * @param {Element} root
 * @param {...(Node|string|null|undefined|false|Array)} inner
 */
export function fill(root, ...inner) {
  root.replaceChildren(...kept(inner));
}

function kept(inner) {
  return inner.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false);
}

function dress(made, looks) {
  for (const [name, value] of Object.entries(looks)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "data") Object.assign(made.dataset, value);
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") made[name] = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
}
