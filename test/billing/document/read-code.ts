import scanner from 'jsqr';

/** Points of a picture, four bytes each. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

/** What the QR code in a picture says, as UTF-8; null when a reader finds none. */
export function readCode({ rgba, width, height }: Picture): string | null {
  const code = scanner.default(rgba, width, height, { inversionAttempts: 'dontInvert' });
  return code && Buffer.from(code.binaryData).toString('utf8');
}
