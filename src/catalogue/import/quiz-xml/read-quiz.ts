import type { XmlElement } from '@rgrove/parse-xml';
import type { Localized } from '../../../kernel/localized.js';
import { htmlText } from './localized-text.js';
import type { Notes } from './notes.js';
import { type Question, readQuestion } from './read-question.js';
import { checkAttributes, elementsIn, partsOf, warnOfText } from './structure.js';

/** What a quiz file says of a test. */
export interface QuizContent {
  readonly instruction: Localized | null;
  readonly questions: Question[];
}

/** @param own the test's own language, in which the right answers of text questions are given */
export function readQuiz(quiz: XmlElement, own: string, notes: Notes): QuizContent {
  checkAttributes(quiz, [], notes);
  const parts = partsOf(quiz, ['instruction', 'items'], notes);
  const instruction = htmlText(parts.get('instruction'), notes);
  const items = parts.get('items');
  if (!items) {
    notes.problem(quiz, 'must have an element items with the questions');
    return { instruction, questions: [] };
  }
  return { instruction, questions: notes.made(readItems(items, own, notes), items) };
}

const REPLACES = 'replaces an earlier question of the same id, at the place of that';

function readItems(items: XmlElement, own: string, notes: Notes): Question[] {
  checkAttributes(items, [], notes);
  warnOfText(items, notes);
  const questions = new Map<string, Question>();
  for (const item of elementsIn(items)) {
    const question = readQuestion(item, own, notes);
    if (!question) continue;
    if (questions.has(question.id)) notes.warning(item, REPLACES);
    questions.set(question.id, question);
  }
  return [...questions.values()];
}
