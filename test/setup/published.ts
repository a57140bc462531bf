import { checkDefinition, type PublishedTest, type TestDefinitionInput } from '../../src/catalogue/index.js';
import { publishedTest } from '../../src/catalogue/published-test.js';

/** A test as it would be in memory after its publication, without a database. */
export function published(input: TestDefinitionInput): PublishedTest {
  const { definition, problems } = checkDefinition(input);
  if (!definition) throw new Error(JSON.stringify(problems));
  const { legacyId = null, instruction = null, duration, authors, questions, ...test } = definition;
  return publishedTest({
    ...test,
    id: '0190cb2e-0000-7000-8000-000000000001',
    legacyId,
    createdAt: new Date(0),
    revision: 1,
    instruction,
    durationMinutes: duration,
    authors: authors.map(({ url = null, ...author }) => ({ ...author, url })),
    questions: questions.map(({ group = null, count = null, options, ...question }, index) => ({
      ...question,
      text: question.text ?? null,
      image: question.image ?? null,
      correctFeedback: question.correctFeedback ?? null,
      wrongFeedback: question.wrongFeedback ?? null,
      count,
      position: index + 1,
      scoringGroup: group,
      options: options.map(({ text = null, image = null, ...option }) => ({ ...option, text, image })),
    })),
  });
}
