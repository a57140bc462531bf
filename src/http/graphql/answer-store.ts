import type { PublicAnswer } from '../../graphql/public-operation.js';

/** How much is held, in bytes of answers and of what asked for them. */
const HELD = 32 * 1_048_576;
/** The longest answer that is kept, in bytes, and the longest request, in characters: nothing makes others go by its size alone. */
const LONGEST_ANSWER = 1_048_576;
const LONGEST_REQUEST = 10_000;

/** An answer as it was sent. */
export interface KeptAnswer extends PublicAnswer {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
}

/**
 * Answers by what asked for them, character by character: the latest used, of one edition of what is public. When that
 * changes all are forgotten.
 */
export class AnswerStore {
  private readonly answers = new Map<string, KeptAnswer>();
  private edition: unknown = null;
  private held = 0;

  /** @param edition of what is public, as it is now; null for none */
  get(edition: unknown, request: string): KeptAnswer | null {
    if (edition !== this.edition) this.forget(edition);
    const answer = this.answers.get(request);
    if (!answer) return null;
    // The latest used stands last.
    this.answers.delete(request);
    this.answers.set(request, answer);
    return answer;
  }

  /** Keeps an answer that was made of an edition, unless there is another one by now. */
  set(edition: unknown, request: string, answer: KeptAnswer): void {
    if (edition !== this.edition || this.answers.has(request)) return;
    if (answer.body.length > LONGEST_ANSWER || request.length > LONGEST_REQUEST) return;
    this.answers.set(request, answer);
    this.held += weightOf(request, answer);
    for (const [oldest, kept] of this.answers) {
      if (this.held <= HELD) return;
      this.answers.delete(oldest);
      this.held -= weightOf(oldest, kept);
    }
  }

  private forget(edition: unknown): void {
    this.answers.clear();
    this.held = 0;
    this.edition = edition;
  }
}

/** With what a kept answer takes beside its bytes. */
function weightOf(request: string, { body }: KeptAnswer): number {
  return body.length + 2 * request.length + 500;
}
