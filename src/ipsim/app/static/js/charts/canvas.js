// One ECharts instance: kept, drawn anew only when something changed, as wide as its place.

/* global echarts */

/**
 * Put an ECharts instance into an element.
 * @param {HTMLElement} place
 * @returns {{draw(option: object, height: number, shape: string): void, pixel(panel: number, year: number): number,
 *   year(panel: number, x: number): number, destroy(): void}} years by their place; px from the left
 */
export function canvasIn(place) {
  let chart = null;
  let drawn = "";

  const draw = (option, height, shape) => {
    const width = place.clientWidth;
    if (!width) return;
    place.style.height = `${height}px`;
    if (!chart) chart = echarts.init(place, null, { renderer: "canvas" });
    if (chart.getWidth() !== width || chart.getHeight() !== height) chart.resize({ width, height, silent: true });
    // Other panels or scenarios make another drawing; else series are matched by id and only move.
    chart.setOption(option, { notMerge: shape !== drawn, silent: true });
    chart.getZr().flush();
    drawn = shape;
  };

  const pixel = (panel, year) => chart.convertToPixel({ xAxisIndex: panel }, year);

  const year = (panel, x) => Math.round(chart.convertFromPixel({ xAxisIndex: panel }, x));
  const destroy = () => chart?.dispose();
  return { draw, pixel, year, destroy };
}
