/** A message of PostgreSQL's protocol (version 3): a letter that says what it is, and what it holds. */
export interface Frame {
  readonly type: string;
  readonly body: Buffer;
}

/** Of the length that comes before the body, which counts itself. */
const LENGTH_LENGTH = 4;

/** Takes bytes as they come and gives the messages that are whole. */
export class FrameReader {
  private rest: Buffer = Buffer.alloc(0);

  /** @param beginsBare whether the first message has no letter, as what a server says first has none: its type is empty */
  constructor(private beginsBare: boolean) {}

  read(bytes: Buffer): Frame[] {
    this.rest = Buffer.concat([this.rest, bytes]);
    const frames: Frame[] = [];
    for (;;) {
      const letter = this.beginsBare ? 0 : 1;
      if (this.rest.length < letter + LENGTH_LENGTH) return frames;
      const end = letter + this.rest.readInt32BE(letter);
      if (this.rest.length < end) return frames;
      frames.push({ type: this.rest.toString('latin1', 0, letter), body: this.rest.subarray(letter + LENGTH_LENGTH, end) });
      this.rest = this.rest.subarray(end);
      this.beginsBare = false;
    }
  }
}

/** The bytes of messages. */
export function bytesOf(...frames: readonly Frame[]): Buffer {
  return Buffer.concat(frames.flatMap(({ type, body }) => {
    const length = Buffer.alloc(LENGTH_LENGTH);
    length.writeInt32BE(LENGTH_LENGTH + body.length);
    return [Buffer.from(type, 'latin1'), length, body];
  }));
}

/** A message of texts, each of which ends with a zero. */
export function frame(type: string, ...texts: readonly string[]): Frame {
  return { type, body: Buffer.from(texts.map((text) => `${text}\0`).join('')) };
}
