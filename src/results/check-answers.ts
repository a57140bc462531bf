import { GRADIENT_VALUE, type PublishedQuestion, type PublishedTest, QuestionKind } from '../catalogue/index.js';
import type { Answers } from '../scoring/index.js';

/** One answer as it was sent. */
export interface GivenAnswer {
  readonly questionId: string;
  readonly values: readonly string[];
}

/** What can be wrong with the answer to one question. */
export enum AnswerIssueCode {
  /** The test has this question, the answers do not; a skipped question is sent with an empty list of values. */
  MISSING = 'MISSING',
  /** The test has no such question. */
  UNKNOWN_QUESTION = 'UNKNOWN_QUESTION',
  /** The question is answered a second time, or one value is given twice. */
  DUPLICATE = 'DUPLICATE',
  /** The question does not offer this value. */
  UNKNOWN_VALUE = 'UNKNOWN_VALUE',
  /** More values than the question takes. */
  TOO_MANY_VALUES = 'TOO_MANY_VALUES',
  /** A text is longer than allowed. */
  TOO_LONG = 'TOO_LONG',
}

export interface AnswerIssue {
  readonly questionId: string;
  readonly code: AnswerIssueCode;
  readonly message: string;
}

/** The longest text of one field of a TEXT question, in UTF-16 units. */
export const TEXT_ANSWER_LENGTH = 10_000;
/** How many issues are told at most; a caller with more has mistaken the test, not an answer. */
export const ISSUES_TOLD = 100;
/** How much of an unknown id or value is repeated to the caller. */
const ECHO_LENGTH = 64;

export type AnswersCheck =
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly issues: readonly AnswerIssue[]; readonly issueCount: number };

/**
 * Checks answers against the test: every question once, nothing that the test does not offer, texts bounded.
 * Good answers come back in the order of the questions.
 */
export function checkAnswers(test: PublishedTest, given: readonly GivenAnswer[]): AnswersCheck {
  const answers = new Map<string, readonly string[]>();
  const issues: AnswerIssue[] = [];
  let issueCount = 0;
  const found = (questionId: string, code: AnswerIssueCode, message: string): void => {
    issueCount += 1;
    if (issues.length < ISSUES_TOLD) issues.push({ questionId: echo(questionId), code, message });
  };

  for (const { questionId, values } of given) {
    const question = test.questionsById.get(questionId);
    if (!question) {
      found(questionId, AnswerIssueCode.UNKNOWN_QUESTION, `The test has no question "${echo(questionId)}".`);
    } else if (answers.has(questionId)) {
      found(questionId, AnswerIssueCode.DUPLICATE, `Question "${questionId}" is answered more than once.`);
    } else {
      answers.set(questionId, values);
      const issue = valuesIssue(question, values);
      if (issue) found(questionId, issue.code, issue.message);
    }
  }
  for (const { id } of test.questions) {
    if (!answers.has(id)) found(id, AnswerIssueCode.MISSING, `Question "${id}" has no answer; send no values to skip it.`);
  }

  if (issueCount > 0) return { ok: false, issues, issueCount };
  return { ok: true, answers: new Map(test.questions.map(({ id }) => [id, answers.get(id) ?? []])) };
}

type ValuesIssue = Pick<AnswerIssue, 'code' | 'message'>;

function valuesIssue(question: PublishedQuestion, values: readonly string[]): ValuesIssue | null {
  const most = mostValues(question);
  if (values.length > most) {
    return {
      code: AnswerIssueCode.TOO_MANY_VALUES,
      message: `Question "${question.id}" takes at most ${most} ${most === 1 ? 'value' : 'values'}, ${values.length} were given.`,
    };
  }
  return question.kind === QuestionKind.TEXT ? textIssue(question, values) : choiceIssue(question, values);
}

/** An expected number of values is also the largest; without one a single choice takes one and the rest all options. */
function mostValues({ kind, count, options }: PublishedQuestion): number {
  if (kind === QuestionKind.TEXT) return options.length;
  if (count !== null) return count;
  return kind === QuestionKind.OPTION || kind === QuestionKind.GRADIENT ? 1 : options.length;
}

function textIssue(question: PublishedQuestion, values: readonly string[]): ValuesIssue | null {
  if (values.every((value) => value.length <= TEXT_ANSWER_LENGTH)) return null;
  return {
    code: AnswerIssueCode.TOO_LONG,
    message: `A text of question "${question.id}" is longer than ${TEXT_ANSWER_LENGTH} characters.`,
  };
}

function choiceIssue(question: PublishedQuestion, values: readonly string[]): ValuesIssue | null {
  const unknown = values.find((value) => !offers(question, value));
  if (unknown !== undefined) {
    return {
      code: AnswerIssueCode.UNKNOWN_VALUE,
      message: `Question "${question.id}" does not offer the value "${echo(unknown)}".`,
    };
  }
  if (values.length > 1 && new Set(values).size < values.length) {
    return { code: AnswerIssueCode.DUPLICATE, message: `Question "${question.id}" has one value twice.` };
  }
  return null;
}

/** A gradient offers every whole number between its ends, and without options any. */
function offers({ kind, options }: PublishedQuestion, value: string): boolean {
  if (options.some((option) => option.value === value)) return true;
  if (kind !== QuestionKind.GRADIENT || !GRADIENT_VALUE.test(value)) return false;
  if (options.length === 0) return true;
  const ends = options.map((option) => Number(option.value));
  return Number(value) >= Math.min(...ends) && Number(value) <= Math.max(...ends);
}

function echo(text: string): string {
  return text.length > ECHO_LENGTH ? `${text.slice(0, ECHO_LENGTH)}…` : text;
}
