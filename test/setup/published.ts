import { checkDefinition, type PublishedTest, type TestDefinitionInput, type TestRevision } from '../../src/catalogue/index.js';
import { publishedTest } from '../../src/catalogue/published-test.js';

/** A test as it would be in memory after its publication, without a database. */
export function published(input: TestDefinitionInput): PublishedTest {
  const { definition, problems } = checkDefinition(input);
  if (!definition) throw new Error(JSON.stringify(problems));
  const { slug, paid, bonus, legacyId = null, instruction = null, duration, authors, questions, ...texts } = definition;
  const revision = {
    ...texts,
    test: { id: '0190cb2e-0000-7000-8000-000000000001', slug, paid, bonus, legacyId, createdAt: new Date(0) },
    number: 1,
    instruction,
    durationMinutes: duration,
    authors: loaded(authors.map(({ url = null, ...author }) => ({ ...author, url }))),
    questions: loaded(questions.map(({ group = null, count = null, options, ...question }, index) => ({
      text: null, image: null, correctFeedback: null, wrongFeedback: null,
      ...question,
      count,
      position: index + 1,
      scoringGroup: group,
      options: loaded(options.map(({ text = null, image = null, ...option }) => ({ ...option, text, image }))),
    }))),
  };
  return publishedTest(revision as unknown as TestRevision);
}

/** A loaded collection of the ORM, as far as a snapshot is made of it. */
function loaded<Item>(items: readonly Item[]): { getItems(): readonly Item[] } {
  return { getItems: () => items };
}
