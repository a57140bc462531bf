import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import type { Picture } from './read-code.js';

/** A rectangle on a page, in points. */
export interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

type Matrix = readonly [number, number, number, number, number, number];

/** Pixels across the picture of a code, many for each module. */
const PICTURE = 600;

/** The dark modules of the code on the first page and the light square beneath them; null when no code is drawn. */
export async function drawnCode(bytes: Uint8Array): Promise<{ readonly ground: Box; readonly modules: readonly Box[] } | null> {
  const paths = await filledPaths(bytes);
  const at = paths.findIndex(({ color, boxes }) => color === '#000000' && boxes.length > 100);
  const [ground, modules] = [paths[at - 1]?.boxes[0], paths[at]?.boxes];
  return ground && modules ? { ground, modules } : null;
}

/** What somebody sees who looks at the code on paper. */
export function pictureOf({ ground, modules }: { readonly ground: Box; readonly modules: readonly Box[] }): Picture {
  const rgba = new Uint8ClampedArray(4 * PICTURE * PICTURE).fill(255);
  const scale = PICTURE / (ground.right - ground.left);
  for (const { left, right, top, bottom } of modules) {
    for (let y = Math.round((ground.top - top) * scale); y < Math.round((ground.top - bottom) * scale); y += 1) {
      const row = PICTURE * y;
      const [first, end] = [left, right].map((x) => row + Math.round((x - ground.left) * scale));
      for (let point = first!; point < end!; point += 1) rgba.fill(0, 4 * point, 4 * point + 3);
    }
  }
  return { width: PICTURE, height: PICTURE, rgba };
}

/** The paths that are filled on the first page, each as the boxes around its parts. */
async function filledPaths(bytes: Uint8Array): Promise<readonly { readonly color: string; readonly boxes: readonly Box[] }[]> {
  const { OPS } = await getResolvedPDFJS();
  const page = await (await getDocumentProxy(new Uint8Array(bytes))).getPage(1);
  const { fnArray, argsArray } = await page.getOperatorList();
  const paths: { color: string; boxes: Box[] }[] = [];
  const outer: Matrix[] = [];
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  let color = '';
  for (const [index, operator] of fnArray.entries()) {
    const values = argsArray[index] as readonly unknown[];
    if (operator === OPS.save) outer.push(matrix);
    if (operator === OPS.restore) matrix = outer.pop() ?? matrix;
    if (operator === OPS.transform) matrix = within(matrix, values as unknown as Matrix);
    if (operator === OPS.setFillRGBColor) color = String(values[0]);
    if (operator !== OPS.constructPath || (values[0] !== OPS.fill && values[0] !== OPS.eoFill)) continue;
    const [commands] = values[1] as [Float32Array | null];
    if (commands) paths.push({ color, boxes: boxesOf([...commands], matrix) });
  }
  return paths;
}

function within([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** Commands are 0 to move and 1 to draw a line, each with the place, and 4 to close; nothing else is in a code. */
function boxesOf(commands: readonly number[], [a, b, c, d, e, f]: Matrix): Box[] {
  const parts: [x: number, y: number][][] = [];
  for (let at = 0; at < commands.length; at += commands[at] === 4 ? 1 : 3) {
    const [command, x = 0, y = 0] = commands.slice(at, at + 3);
    if (command === 2 || command === 3) return [];
    if (command === 0) parts.push([]);
    if (command !== 4) parts.at(-1)!.push([a * x + c * y + e, b * x + d * y + f]);
  }
  return parts.map((points) => {
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) };
  });
}
