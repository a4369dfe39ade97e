/** The step that looks at one firm. */

import { stream } from "../api.js";
import { fill, h } from "../element.js";
import { t } from "../words.js";

export function firmPart(text, section, context) {
  return { elements: [text] };
}
