import type { Hash } from 'node:crypto';

const NEWLINE = 0x0a;

/** What there is to read ends before it should, or is not of the form that it should have. */
export class NotWhole extends Error {}

/** Reads a stream of lines, and adds all that was read to a hash. */
export class Lines {
  private rest: Buffer = Buffer.alloc(0);
  private readonly chunks: AsyncIterator<Buffer>;

  constructor(source: AsyncIterable<Buffer>, private readonly hash: Hash) {
    this.chunks = source[Symbol.asyncIterator]();
  }

  /** The next line, without its end. */
  async next(limit: number): Promise<string> {
    for (;;) {
      const end = this.rest.indexOf(NEWLINE);
      if (end >= 0) return this.take(end + 1).toString('utf8', 0, end);
      if (this.rest.length > limit) throw new NotWhole('a line is too long');
      await this.more();
    }
  }

  /** All lines before the next that is `last`, many at a time; that line is read too. */
  async *before(last: string): AsyncGenerator<Buffer> {
    for (;;) {
      const end = this.beginOf(last);
      const length = end ?? this.rest.lastIndexOf(NEWLINE) + 1;
      if (length > 0) yield this.take(length);
      if (end !== null) return void this.take(last.length);
      await this.more();
    }
  }

  /** Fails when there is more to read. */
  async end(): Promise<void> {
    if (this.rest.length > 0 || !(await this.chunks.next()).done) throw new NotWhole('something stands behind its end');
  }

  private beginOf(line: string): number | null {
    if (this.rest.subarray(0, line.length).equals(Buffer.from(line))) return 0;
    const before = this.rest.indexOf(`\n${line}`);
    return before < 0 ? null : before + 1;
  }

  private take(length: number): Buffer {
    const taken = this.rest.subarray(0, length);
    this.hash.update(taken);
    this.rest = this.rest.subarray(length);
    return taken;
  }

  private async more(): Promise<void> {
    const chunk = await this.chunks.next();
    if (chunk.done) throw new NotWhole('it ends too early');
    this.rest = Buffer.concat([this.rest, chunk.value]);
  }
}
