// Keeping the keyboard where it is while a part of the page is made anew.

/**
 * Change what an element holds; what had the focus has it again, or else the first button.
 * @param {HTMLElement} root
 * @param {() => void} change
 */
export function keepingFocus(root, change) {
  const held = document.activeElement;
  const had = held !== root && root.contains(held);
  const key = had && (held.id ? `#${CSS.escape(held.id)}` : `[data-testid="${held.dataset.testid}"]`);
  change();
  if (!had) return;
  const again = root.querySelector(key);
  (again && !again.disabled ? again : root.querySelector("button:not(:disabled)"))?.focus({ preventScroll: true });
}
