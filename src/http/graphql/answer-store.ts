import { LRUCache } from 'lru-cache';
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
  private readonly answers = new LRUCache<string, KeptAnswer>({ maxSize: HELD, sizeCalculation: weightOf });
  private edition: unknown = null;

  /** @param edition of what is public, as it is now; null for none */
  get(edition: unknown, request: string): KeptAnswer | null {
    if (edition !== this.edition) {
      this.answers.clear();
      this.edition = edition;
    }
    return this.answers.get(request) ?? null;
  }

  /** Keeps an answer that was made of an edition, unless there is another one by now. */
  set(edition: unknown, request: string, answer: KeptAnswer): void {
    if (edition !== this.edition || this.answers.has(request)) return;
    if (answer.body.length > LONGEST_ANSWER || request.length > LONGEST_REQUEST) return;
    this.answers.set(request, answer);
  }
}

/** With what a kept answer takes beside its bytes. */
function weightOf({ body }: KeptAnswer, request: string): number {
  return body.length + 2 * request.length + 500;
}
