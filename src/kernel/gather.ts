import { Coalescer } from './coalesce.js';

/** How many batches of one kind and key are read at once: a slow one holds up few others, and few are as quick as many. */
const AT_ONCE = 2;
/** How many requests may share a batch. */
const MAX_BATCH = 100;

/**
 * Lets several requests that ask for things of a kind at the same time read them together. Each read begins after it was
 * asked for, so that nobody is told what was true before; what one request asks for at once is never torn apart.
 *
 * @param read reads a whole batch; gives one answer a question, in their order
 * @param keyOf what may be read together: a question waits for none of another key
 */
export function gathered<Question, Answer>(
  read: (questions: readonly Question[]) => Promise<readonly Answer[]>, keyOf: (question: Question) => string = () => '',
): (questions: readonly Question[]) => Promise<Answer[]> {
  const batches = new Coalescer<readonly Question[], ReadonlyMap<Question, Answer>>({
    maxBatch: MAX_BATCH,
    atOnce: AT_ONCE,
    spoiltByAnItem: () => false,
    async run(_key, groups) {
      const questions = groups.flat();
      const answers = await read(questions);
      const all = new Map(questions.map((question, index) => [question, answers[index] as Answer]));
      return groups.map(() => all);
    },
  });
  return async (questions) => {
    const groups = [...Map.groupBy(questions, keyOf)];
    const answered = await Promise.all(groups.map(([key, group]) => batches.submit(key, group)));
    const byKey = new Map(groups.map(([key], index) => [key, answered[index]!]));
    return questions.map((question) => byKey.get(keyOf(question))!.get(question)!);
  };
}
