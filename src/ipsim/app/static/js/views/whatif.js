/** The view in which a planner moves policies and sees what changes. */

/**
 * Put the view onto the page.
 *
 * @param {HTMLElement} root
 * @returns {() => void} takes it away
 */
export function mount(root) {
  return () => root.replaceChildren();
}
