import { markup } from '../../../kernel/markup.js';
import type { Chart } from '../document.js';
import { drawBars } from './bars.js';
import type { Drawing } from './drawing.js';
import { drawProfile } from './profile.js';
import { drawRadar } from './radar.js';
import { chartWidth } from './theme.js';

const kinds: Readonly<Record<Chart['type'], (chart: Chart) => Drawing>> = {
  bars: drawBars,
  radar: drawRadar,
  profile: drawProfile,
};

/**
 * A chart as an SVG image, the same string for the same chart. Its width and height are in pixels or points.
 * It has presentation attributes only, so that browsers and PDF printers draw it alike.
 *
 * @param id begins the ids within the image; two images of one page must not share it
 */
export function chartSvg(chart: Chart, id = 'chart'): string {
  const { height, content } = kinds[chart.type](chart);
  const values = chart.points.map(({ label, text }) => `${label}: ${text}`).join('; ');
  const size = markup`width="${chartWidth}" height="${height}" viewBox="0 0 ${chartWidth} ${height}"`;
  const name = markup`role="img" aria-labelledby="${id}-title" aria-describedby="${id}-values"`;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" ${size} ${name} font-family="Roboto, Arial, sans-serif">\
<title id="${id}-title">${chart.title}</title><desc id="${id}-values">${values}</desc>${content}</svg>`.source;
}
