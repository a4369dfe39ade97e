/** Changing the edited alternative: every control goes through here, so that the time to the answer can be measured. */

import { change, changeEdited, get } from "../store.js";

/** @returns {import("../store.js").Policy} the policy that the controls change */
export function edited() {
  return get().alternatives[get().edited];
}

/** Note the moment at which a control changed a policy. */
export function markMoved() {
  performance.clearMarks("board:moved");
  performance.mark("board:moved");
}

/**
 * Change the edited policy.
 *
 * @param {(policy: import("../store.js").Policy) => import("../store.js").Policy} made
 */
export function move(made) {
  markMoved();
  changeEdited(made);
}

/**
 * Change all policies at once.
 *
 * @param {Partial<import("../store.js").State>} patch
 */
export function moveAll(patch) {
  markMoved();
  change(patch);
}
