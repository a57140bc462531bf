import { z } from 'zod';
import { QuestionKind } from '../question-kind.js';
import { address, definitionLimits, identifier, image, isLine, lineMessage, locale, name, richText } from './fields.js';
import { normSchema } from './norm-definition.js';
import { reportSchema } from './report-definition.js';

const optionSchema = z.strictObject({
  value: z.string().max(definitionLimits.nameLength).refine(isLine, lineMessage)
    .describe(
      'What an answer says when this option is chosen. For kind TEXT: the right answer of this field. ' +
      'For kinds CHECKBOX and RATING: unique within the question. For kind GRADIENT: a whole number.',
    ),
  translations: z.record(locale, z.string().min(1).max(definitionLimits.nameLength).refine(isLine, lineMessage)).optional()
    .describe('For kind TEXT: the right answer in other languages than the value is in. Not used for other kinds.'),
  text: name.optional().describe('The label; for kind TEXT the placeholder.'),
  image: image.optional(),
  correct: z.boolean().default(false).describe('Whether choosing this option is right. Not used for kind TEXT.'),
});

const questionSchema = z.strictObject({
  id: identifier(32).describe("The author's own id, unique within the test; answers refer to it."),
  kind: z.enum(QuestionKind).default(QuestionKind.OPTION),
  name: name,
  text: richText.optional(),
  image: image.optional(),
  group: z.string().trim().min(1).max(100).refine(isLine, lineMessage).optional().describe('Scoring group.'),
  count: z.int().min(1).max(definitionLimits.optionsPerQuestion).optional()
    .describe('How many values are expected in an answer; absent: one for OPTION and GRADIENT, any number for CHECKBOX and RATING. Not used for kind TEXT, at most 1 for GRADIENT.'),
  timerSeconds: z.int().min(0).max(86_400).default(0).describe('Seconds to answer; 0 for no limit.'),
  correctFeedback: richText.optional(),
  wrongFeedback: richText.optional(),
  backAllowed: z.boolean().default(true),
  forwardAllowed: z.boolean().default(false),
  answerShown: z.boolean().default(false),
  options: z.array(optionSchema).max(definitionLimits.optionsPerQuestion)
    .describe('At least one. For kind GRADIENT: the ends and any marks between them, or none for any whole number.'),
});

const scaleItemSchema = z.strictObject({
  question: identifier(32),
  weight: z.number().min(-1000).max(1000).default(1),
  reversed: z.boolean().default(false)
    .describe('The answer counts as smallest amount + largest amount - answer.'),
  points: z.record(z.string().max(definitionLimits.nameLength), z.number().min(-1_000_000).max(1_000_000)).optional()
    .describe('What each option value counts, one that is not named counting 0; absent: the number that the value is.'),
  correct: z.literal(true).optional()
    .describe('The item counts 1 when the question is answered rightly and 0 when not, instead of an amount.'),
});

const scaleSchema = z.strictObject({
  id: identifier(50),
  name: name,
  description: richText.optional().describe('What the scale measures, for readers of a report.'),
  parent: identifier(50).optional().describe('The broader scale beneath which reports show this one.'),
  items: z.array(scaleItemSchema).min(1).max(definitionLimits.itemsPerScale),
  minimumAnswered: z.number().gt(0).max(1).optional()
    .describe('The share of items below which the scale is not scored; absent: whatever is answered counts.'),
});

const authorSchema = z.strictObject({
  slug: identifier(50),
  name: name,
  url: address.optional(),
});

const shape = z.strictObject({
  $schema: z.string().optional(),
  slug: identifier(50).describe('The name of the test in the API; unique.'),
  legacyId: z.int().min(1).max(2_147_483_647).optional().describe('The numeric id that REST v1 partners may use.'),
  locales: z.array(locale).min(1).max(definitionLimits.locales).describe("The test's languages, its own first."),
  name: name.describe("Has a text at least in the test's own language."),
  description: richText,
  instruction: richText.optional(),
  authors: z.array(authorSchema).max(definitionLimits.authors).default([]),
  duration: z.int().min(1).max(1440).describe('Minutes that the test usually takes.'),
  paid: z.boolean().describe('A paid test shows its report only after the result is attached to a user.'),
  bonus: z.boolean().default(false).describe('A bonus test counts against maxBonusTests instead of maxTests.'),
  questions: z.array(questionSchema).min(1).max(definitionLimits.questions)
    .describe(`At most ${definitionLimits.options} options in all questions together.`),
  scales: z.array(scaleSchema).max(definitionLimits.scales).default([]),
  norm: normSchema.optional(),
  report: reportSchema.optional(),
});

/** A test as its author writes it: defaults may be left out. */
export type TestDefinitionInput = z.input<typeof shape>;
/** A checked test with every default filled in. */
export type TestDefinition = z.output<typeof shape>;

/** The native format of a test without the checks between fields: the source of `docs/test.schema.json`. */
export const testDefinitionShape = shape;
