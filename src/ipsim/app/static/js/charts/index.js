// The charts of the board, for the views.

export { mountCharts } from "./charts.js";
export { mountPattern } from "./pattern.js";
export { mountSummary } from "./summary.js";
export { mountWhy } from "./why.js";
