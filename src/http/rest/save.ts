import type { PublishedTest } from '../../catalogue/index.js';
import type { GivenAnswer, SaveProgressOutcome } from '../../results/index.js';
import type { Call } from './endpoint.js';
import { answersIn, decodedProgress } from './progress.js';
import { RestError } from './rest-error.js';

/** Saves the answers that a request sent, which belong to nobody yet, and gives the RESULT_KEY. */
export async function saveSentProgress(call: Call, test: PublishedTest): Promise<string> {
  const answers = answersIn(decodedProgress(call), test);
  const outcome = await call.services.saveProgress.execute({
    test: test.slug, answers, revision: null, respondent: null, idempotencyKey: null, accessToken: null,
  });
  if (outcome.kind === 'SAVED') return outcome.resultKey;
  if (outcome.kind === 'ANSWERS_INVALID') throw invalidAnswers(outcome, test, answers);
  throw new Error(`A save without key, token and revision was answered with ${outcome.kind}.`);
}

type AnswersInvalid = Extract<SaveProgressOutcome, { readonly kind: 'ANSWERS_INVALID' }>;

/** What is wrong with answers: their number, in the words of the platform, else the first of them. */
export function invalidAnswers(
  { issues, issueCount }: AnswersInvalid, test: PublishedTest, answers: readonly GivenAnswer[],
): RestError {
  if (answers.length !== test.questions.length) return new RestError(412, 'Not matching answers count.');
  const more = issueCount > 1 ? ` (and ${issueCount - 1} more)` : '';
  return new RestError(412, `${issues[0]?.message}${more}`);
}
