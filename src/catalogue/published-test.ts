import type { Localized } from '../kernel/localized.js';
import { compileScoring, type Scoring } from '../scoring/index.js';
import type { AuthorDefinition } from './author.js';
import type { NormDefinition } from './norm.js';
import type { QuestionKind } from './question-kind.js';
import type { ReportDefinition } from './report-definition.js';
import type { ScaleDefinition } from './scale.js';

/** One revision of a test as it is kept in memory: plain, never changed, with everything that a request may ask for. */
export interface PublishedTest {
  readonly id: string;
  readonly slug: string;
  readonly legacyId: number | null;
  readonly paid: boolean;
  readonly bonus: boolean;
  readonly createdAt: Date;
  readonly revision: number;
  /** The test's languages, its own first. */
  readonly locales: readonly string[];
  readonly name: Localized;
  readonly description: Localized;
  readonly instruction: Localized | null;
  readonly durationMinutes: number;
  readonly authors: readonly PublishedAuthor[];
  readonly questions: readonly PublishedQuestion[];
  readonly questionsById: ReadonlyMap<string, PublishedQuestion>;
  readonly scales: readonly PublishedScale[];
  readonly norm: NormDefinition | null;
  readonly report: ReportDefinition | null;
  readonly score: Scoring;
}

export interface PublishedAuthor extends AuthorDefinition {
  readonly locales: readonly string[];
}

export interface PublishedScale extends ScaleDefinition {
  readonly locales: readonly string[];
}

export interface PublishedQuestion {
  readonly id: string;
  /** 1 for the first question. */
  readonly position: number;
  readonly kind: QuestionKind;
  readonly name: Localized;
  readonly text: Localized | null;
  readonly image: string | null;
  readonly scoringGroup: string | null;
  readonly count: number | null;
  readonly timerSeconds: number;
  readonly correctFeedback: Localized | null;
  readonly wrongFeedback: Localized | null;
  readonly backAllowed: boolean;
  readonly forwardAllowed: boolean;
  readonly answerShown: boolean;
  readonly options: readonly PublishedOption[];
  /** The test's locales, for the fallback of texts. */
  readonly locales: readonly string[];
}

export interface PublishedOption {
  readonly value: string;
  readonly translations: Localized | null;
  readonly text: Localized | null;
  readonly image: string | null;
  readonly correct: boolean;
  /** The kind of the question, because the value of a TEXT field is the right answer and is never shown. */
  readonly kind: QuestionKind;
  readonly locales: readonly string[];
}

/** What is written of a revision; the rest of a `PublishedTest` follows from it. */
export interface RevisionContent extends Omit<PublishedTest, 'authors' | 'questions' | 'questionsById' | 'scales' | 'score'> {
  readonly authors: readonly AuthorDefinition[];
  /** In the order in which they are asked. */
  readonly questions: readonly QuestionContent[];
  readonly scales: readonly ScaleDefinition[];
}

/** What is written of a question. */
export interface QuestionContent extends Omit<PublishedQuestion, 'options' | 'locales'> {
  readonly options: readonly OptionContent[];
}

/** What is written of an option. */
export type OptionContent = Omit<PublishedOption, 'kind' | 'locales'>;

/** Makes the snapshot of a revision; what the content has beyond its type is left behind. */
export function publishedTest(content: RevisionContent): PublishedTest {
  const { slug, legacyId, paid, bonus, createdAt, revision, locales, scales, norm, report } = content;
  const { name, description, instruction, durationMinutes } = content;
  const questions = content.questions.map((question) => publishedQuestion(question, locales));
  return Object.freeze({
    id: content.id, slug, legacyId, paid, bonus, createdAt, revision, locales, name, description, instruction, durationMinutes,
    authors: content.authors.map((author) => Object.freeze({ ...author, locales })),
    questions,
    questionsById: new Map(questions.map((question) => [question.id, question])),
    scales: scales.map((scale) => Object.freeze({ ...scale, locales })),
    norm,
    report,
    score: compileScoring({
      questions: questions.map(({ id, kind, scoringGroup, count, options }) =>
        ({ id, kind, group: scoringGroup, count, options })),
      scales,
      norm,
    }),
  });
}

function publishedQuestion(content: QuestionContent, locales: readonly string[]): PublishedQuestion {
  const { id, position, kind, name, text, image, scoringGroup, count, timerSeconds } = content;
  const { correctFeedback, wrongFeedback, backAllowed, forwardAllowed, answerShown } = content;
  const options = content.options.map(({ value, translations, text: label, image: picture, correct }) =>
    Object.freeze({ value, translations, text: label, image: picture, correct, kind, locales }));
  return Object.freeze({
    id, position, kind, name, text, image, scoringGroup, count, timerSeconds, correctFeedback, wrongFeedback,
    backAllowed, forwardAllowed, answerShown, options, locales,
  });
}
