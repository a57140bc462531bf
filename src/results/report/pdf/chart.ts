import type { ContentSvg } from 'pdfmake/interfaces.js';
import { printable } from '../../../printing/printable.js';
import { chartSvg } from '../charts/index.js';
import { chartWidth } from '../charts/theme.js';
import type { Chart } from '../document.js';

const WIDTH = 400;
/** Leaves room for two headings on the same page. */
const TALLEST = 600;
/** Of a drawing in its own size: in a higher one, made to fit a page, letters would be too small. */
const HIGHEST = 1000;

/** A drawing in the size in which it is printed. */
export interface PrintedChart {
  readonly content: ContentSvg;
  readonly height: number;
}

/** A chart as one drawing, or as several where its points are too many for a page. */
export function chartDrawings(chart: Chart): readonly PrintedChart[] {
  const svg = chartSvg(chart);
  const height = Number(/ height="([\d.]+)"/.exec(svg)?.[1]);
  if (height > HIGHEST && chart.type !== 'radar' && chart.points.length > 1) {
    const half = Math.ceil(chart.points.length / 2);
    const parts = [chart.points.slice(0, half), chart.points.slice(half)];
    return parts.flatMap((points) => chartDrawings({ ...chart, points }));
  }
  const scale = Math.min(WIDTH / chartWidth, TALLEST / height);
  const size = { width: scale * chartWidth, height: scale * height };
  return [{ content: { svg: printable(svg), ...size }, height: size.height }];
}
