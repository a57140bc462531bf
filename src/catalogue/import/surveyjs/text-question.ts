import { QuestionKind } from '../../question-kind.js';
import { isAbsent, scalarText } from './scalars.js';
import { type ElementReader, headOf } from './survey-question.js';

/** What is typed as text; a date or a color is chosen by other means. */
const typedInputs: ReadonlySet<unknown> = new Set(['text', 'number', 'email', 'tel', 'url', 'search', 'password']);

/** Of `text` and `comment`: a question with one field. */
export const readText: ElementReader = (element, context) => {
  const { json, place } = element;
  const { findings, texts } = context;
  if (!isAbsent(json.inputType) && !typedInputs.has(json.inputType)) {
    findings.problem(place('inputType'), 'only what is typed can be asked for; use "text"');
    return [];
  }
  const right = isAbsent(json.correctAnswer) ? '' : scalarText(json.correctAnswer);
  if (right === null) {
    findings.problem(place('correctAnswer'), 'must be one text or number');
    return [];
  }
  if (right !== '') {
    findings.warning(place('correctAnswer'), 'only what is written exactly so is right, also in capitals and spaces');
  }
  const placeholder = texts.read(json.placeholder ?? json.placeHolder, place('placeholder'));
  const field = { value: right, label: placeholder, image: null, correct: false, place: place() };
  return [{ ...headOf(element, context), kind: QuestionKind.TEXT, options: [field] }];
};
