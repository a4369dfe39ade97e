// One ECharts instance: kept, drawn anew only when something changed, as wide as its place.

/* global echarts */

/**
 * Put an ECharts instance into an element.
 * @param {HTMLElement} place
 * @returns {{draw(option: object, height: number, shape: string): void, pixel(panel: number, place: number): number,
 *   at(x: number, y: number): {panel: number, place: number}|null, destroy(): void}}
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

  const at = (x, y) => {
    const panels = chart?.getOption().grid.length ?? 0;
    for (let panel = 0; panel < panels; panel += 1) {
      if (!chart.containPixel({ gridIndex: panel }, [x, y])) continue;
      return { panel, place: Math.round(chart.convertFromPixel({ xAxisIndex: panel }, x)) };
    }
    return null;
  };

  const destroy = () => chart?.dispose();
  return { draw, pixel, at, destroy };
}
