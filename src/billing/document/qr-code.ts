import { encode } from 'uqr';
import { type Markup, markup } from '../../kernel/markup.js';

/** Light modules around the code, without which readers do not find it. */
const QUIET_ZONE = 4;
/** The pixels of a module on a screen: readers stumble over modules that are smaller, or not of whole pixels. */
const MODULE_PIXELS = 3;

/**
 * A QR code of the text as SVG, in a size that is read well from a screen; all dark modules are one path. A stain on 15 % of
 * the code does no harm (error correction M).
 *
 * @param label what is said to who cannot see it
 */
export function qrCode(text: string, label: string): Markup {
  const { data, size } = encode([...Buffer.from(text, 'utf8')], { ecc: 'M', border: QUIET_ZONE });
  const pixels = size * MODULE_PIXELS;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${pixels}" height="${pixels}"
 role="img" aria-label="${label}"><path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/>
<path fill="#000" d="${outline(data)}"/></svg>`;
}

/** A rectangle for each run of dark modules in a row. */
function outline(rows: readonly (readonly boolean[])[]): string {
  return rows.flatMap((row, y) => runs(row).map(({ x, length }) => `M${x} ${y}h${length}v1h-${length}z`)).join('');
}

function runs(row: readonly boolean[]): { readonly x: number; readonly length: number }[] {
  const starts = row.flatMap((dark, x) => (dark && row[x - 1] !== true ? [x] : []));
  return starts.map((x) => {
    const end = row.indexOf(false, x);
    return { x, length: (end < 0 ? row.length : end) - x };
  });
}
