export function quartersPart() {
  return { element: document.createElement("div"), leave() {} };
}
