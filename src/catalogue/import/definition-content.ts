import type { OptionContent, QuestionContent, RevisionContent } from '../published-test.js';
import type { TestDefinition } from './test-definition.js';

/** What a definition says of a revision: everything but what its publication adds. */
export type DefinitionContent = Omit<RevisionContent, 'id' | 'createdAt' | 'revision'>;

type QuestionDefinition = TestDefinition['questions'][number];
type OptionDefinition = QuestionDefinition['options'][number];

/** The content of a definition as the tables and the snapshot have it: what is left out becomes null. */
export function contentOf({ duration, questions, $schema: _, ...test }: TestDefinition): DefinitionContent {
  return {
    ...test,
    legacyId: test.legacyId ?? null,
    instruction: test.instruction ?? null,
    durationMinutes: duration,
    authors: test.authors.map(({ slug, name, url }) => ({ slug, name, url: url ?? null })),
    questions: questions.map(questionContent),
    norm: test.norm ?? null,
    report: test.report ?? null,
  };
}

function questionContent({ group, options, ...question }: QuestionDefinition, index: number): QuestionContent {
  return {
    ...question,
    position: index + 1,
    text: question.text ?? null,
    image: question.image ?? null,
    scoringGroup: group ?? null,
    count: question.count ?? null,
    correctFeedback: question.correctFeedback ?? null,
    wrongFeedback: question.wrongFeedback ?? null,
    options: options.map(({ value, translations, text, image, correct }) =>
      ({ value, translations: translations ?? null, text: text ?? null, image: image ?? null, correct })),
  };
}

/** The definition that has this content: publishing it again changes nothing. */
export function definitionOf(content: DefinitionContent): TestDefinition {
  const { slug, legacyId, paid, bonus, locales, name, description, instruction, durationMinutes, norm, report } = content;
  const definition = {
    slug, legacyId, locales, name, description, instruction,
    authors: content.authors.map(({ slug: author, name: called, url }) => ({ slug: author, name: called, url })),
    duration: durationMinutes, paid, bonus,
    questions: content.questions.map(questionDefinition),
    scales: content.scales, norm, report,
  };
  // Content has null where a definition leaves out.
  return JSON.parse(JSON.stringify(definition, (_key, value: unknown) => value ?? undefined)) as TestDefinition;
}

function questionDefinition({ scoringGroup, options, ...question }: QuestionContent): object {
  const { id, kind, name, text, image, count, timerSeconds } = question;
  const { correctFeedback, wrongFeedback, backAllowed, forwardAllowed, answerShown } = question;
  return {
    id, kind, name, text, image, group: scoringGroup, count, timerSeconds,
    correctFeedback, wrongFeedback, backAllowed, forwardAllowed, answerShown,
    options: options.map(optionDefinition),
  };
}

function optionDefinition({ value, translations, text, image, correct }: OptionContent): Record<keyof OptionDefinition, unknown> {
  return { value, translations, text, image, correct };
}
