import type { Localized } from '../../../kernel/localized.js';
import { localizedTexts } from '../definition-texts.js';
import { languagesOf, ownLanguage } from '../languages.js';
import { quoted } from '../quoted-text.js';
import type { TestDefinitionInput } from '../test-definition.js';
import type { TestMetadata } from '../test-metadata.js';
import { questionIds } from './question-ids.js';
import type { SurveyContext, SurveyOption, TimedQuestion } from './survey-question.js';
import { wordIn } from './yes-no-question.js';

type QuestionInput = TestDefinitionInput['questions'][number];
type OptionInput = QuestionInput['options'][number];

/** The questions as a test. Names that cannot be ids are told together with the ids that were made of them. */
export function definitionOf(
  questions: readonly TimedQuestion[],
  meta: TestMetadata,
  { texts, findings }: SurveyContext,
): TestDefinitionInput {
  const all = [...Array.from(localizedTexts(meta), ({ text }) => text), ...questions.flatMap(textsOf)];
  const locales = languagesOf(all, [ownLanguage(meta, [texts.language])]);
  const ids = questionIds(questions.map(({ name }) => name));
  return {
    ...meta,
    locales,
    questions: questions.map((question, index) => {
      const id = ids[index] ?? question.name;
      if (id !== question.name) {
        const rule = 'ids are of 1 to 32 letters, digits, "-" or "_", and each stands for one question';
        findings.warning(question.place, `${quoted(question.name)} becomes "${id}": ${rule}`);
      }
      return questionInput(question, id, locales);
    }),
  };
}

/** The texts of a question that come along in all their languages; built-in words follow those of the others. */
function textsOf({ title, description, options }: TimedQuestion): readonly Localized[] {
  const texts = [title, description, ...options.map(({ label }) => label)];
  return texts.filter((text) => typeof text === 'object' && text !== null);
}

function questionInput(question: TimedQuestion, id: string, locales: readonly string[]): QuestionInput {
  const { kind, title, description, count, timerSeconds, options } = question;
  return {
    id,
    kind,
    name: title,
    ...(description && { text: description }),
    ...(count !== null && { count }),
    ...(timerSeconds > 0 && { timerSeconds }),
    options: options.map((option) => optionInput(option, locales)),
  };
}

function optionInput({ value, label, image, correct }: SurveyOption, locales: readonly string[]): OptionInput {
  const text = typeof label === 'string' ? wordIn(locales, label) : label;
  return {
    value,
    ...(text && { text }),
    ...(image !== null && { image }),
    ...(correct && { correct }),
  };
}
