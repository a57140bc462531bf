import { type PublishedQuestion, type PublishedTest, QuestionKind } from '../../../catalogue/index.js';
import { localize } from '../../../kernel/localized.js';
import type { PhpValue } from '../php-json.js';
import { questionId } from '../question-id.js';

/** A question as v1 tells it, as the platform told those of its XML files. The right answers of TEXT questions are left out. */
export function questionJson(question: PublishedQuestion, locale: string): PhpValue {
  const text = (translations: PublishedQuestion['text']) => localize(translations, locale, question.locales);
  const { kind, image, count, timerSeconds, options } = question;
  return {
    id: questionId(question),
    type: kind.toLowerCase(),
    name: text(question.name),
    text: text(question.text),
    img: image,
    // A text, as in the files.
    count: count === null ? null : String(count),
    gradient: 0,
    timer: timerSeconds,
    wrong: text(question.wrongFeedback),
    correct: text(question.correctFeedback),
    enabledBack: question.backAllowed,
    enabledForward: question.forwardAllowed,
    showAnswer: question.answerShown,
    items: options.map((option): PhpValue => ({
      id: null,
      value: kind === QuestionKind.TEXT ? '' : option.value,
      text: text(option.text) ?? '',
      img: option.image ?? (kind === QuestionKind.TEXT ? null : ''),
    })),
  };
}

/** A question with its place, as the endpoints that give one by one answer. */
export function placedQuestion(test: PublishedTest, question: PublishedQuestion, locale: string): PhpValue {
  return { question: questionJson(question, locale), number: question.position, length: test.questions.length };
}
