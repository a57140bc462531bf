import { z } from 'zod';
import { QuestionKind } from '../question-kind.js';

/**
 * The native format of a test: what `test import` reads. Its JSON Schema is published as `docs/test.schema.json`.
 * Limits are generous for people and small enough that one file can never exhaust the server.
 */
export const definitionLimits = {
  locales: 20,
  questions: 1000,
  optionsPerQuestion: 100,
  /** Of the whole test together. */
  options: 10_000,
  scales: 200,
  itemsPerScale: 1000,
  authors: 20,
  nameLength: 1000,
  textLength: 20_000,
} as const;

const identifier = (length: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{1,${length}}$`), `must be 1 to ${length} letters, digits, "-" or "_"`);

const locale = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'must be a locale such as "ru" or "pt-BR"');

// A lone surrogate cannot be encoded in UTF-8, PostgreSQL's text cannot hold U+0000, and no reader sees the others.
const textWithout = (control: RegExp) => (text: string) => text.isWellFormed() && !control.test(text);
const isText = textWithout(/[^\P{Cc}\n\r\t]/u);
const isLine = textWithout(/\p{Cc}/u);
const lineMessage = 'must be well-formed text without control characters';

const localized = (maxLength: number) =>
  z
    .record(
      locale,
      z.string().trim().min(1, 'must not be empty; leave the locale out instead').max(maxLength)
        .refine(isText, `${lineMessage} other than line ends and tabs`),
    )
    .refine((text) => Object.keys(text).length > 0, 'must have a text in at least one locale');

const name = localized(definitionLimits.nameLength);
const text = localized(definitionLimits.textLength);
const url = z.url({ protocol: /^https?$/ }).max(2000).refine(isLine, lineMessage);

// Browsers read a backslash as a slash, so that one would make a path the address of another server.
const address = /^(?:https?:\/\/[^\s\\/?#]|(?!\/\/)(?![^/?#]*:))[^\\]*$/;
const image = z.string().trim().min(1).max(2000).refine(isLine, lineMessage)
  .regex(address, 'must be an address that begins with http:// or https://, or a path without a scheme')
  .describe('Address of a picture (http or https), or its path on the site that shows the test.');

const optionSchema = z.strictObject({
  value: z.string().max(definitionLimits.nameLength).refine(isLine, lineMessage)
    .describe(
      'What an answer says when this option is chosen. For kind TEXT: the right answer of this field. ' +
      'For kinds CHECKBOX and RATING: unique within the question. For kind GRADIENT: a whole number.',
    ),
  text: name.optional().describe('The label; for kind TEXT the placeholder.'),
  image: image.optional(),
  correct: z.boolean().default(false).describe('Whether choosing this option is right. Not used for kind TEXT.'),
});

const questionSchema = z.strictObject({
  id: identifier(32).describe("The author's own id, unique within the test; answers refer to it."),
  kind: z.enum(QuestionKind).default(QuestionKind.OPTION),
  name: name,
  text: text.optional(),
  image: image.optional(),
  group: z.string().trim().min(1).max(100).refine(isLine, lineMessage).optional().describe('Scoring group.'),
  count: z.int().min(1).max(definitionLimits.optionsPerQuestion).optional()
    .describe('How many values are expected in an answer; absent: one for OPTION and GRADIENT, any number for CHECKBOX and RATING. Not used for kind TEXT, at most 1 for GRADIENT.'),
  timerSeconds: z.int().min(0).max(86_400).default(0).describe('Seconds to answer; 0 for no limit.'),
  correctFeedback: text.optional(),
  wrongFeedback: text.optional(),
  backAllowed: z.boolean().default(true),
  forwardAllowed: z.boolean().default(false),
  answerShown: z.boolean().default(false),
  options: z.array(optionSchema).max(definitionLimits.optionsPerQuestion)
    .describe('At least one. For kind GRADIENT: the ends and any marks between them, or none for any whole number.'),
});

const scaleSchema = z.strictObject({
  id: identifier(50),
  name: name,
  items: z.array(z.strictObject({
    question: identifier(32),
    weight: z.number().min(-1000).max(1000).default(1),
    reversed: z.boolean().default(false)
      .describe('The answer counts as smallest option + largest option - answer.'),
  })).min(1).max(definitionLimits.itemsPerScale),
});

const authorSchema = z.strictObject({
  slug: identifier(50),
  name: name,
  url: url.optional(),
});

const shape = z.strictObject({
  $schema: z.string().optional(),
  slug: identifier(50).describe('The name of the test in the API; unique.'),
  legacyId: z.int().min(1).max(2_147_483_647).optional().describe('The numeric id that REST v1 partners may use.'),
  locales: z.array(locale).min(1).max(definitionLimits.locales).describe("The test's languages, its own first."),
  name: name.describe("Has a text at least in the test's own language."),
  description: text,
  instruction: text.optional(),
  authors: z.array(authorSchema).max(definitionLimits.authors).default([]),
  duration: z.int().min(1).max(1440).describe('Minutes that the test usually takes.'),
  paid: z.boolean().describe('A paid test shows its report only after the result is attached to a user.'),
  bonus: z.boolean().default(false).describe('A bonus test counts against maxBonusTests instead of maxTests.'),
  questions: z.array(questionSchema).min(1).max(definitionLimits.questions)
    .describe(`At most ${definitionLimits.options} options in all questions together.`),
  scales: z.array(scaleSchema).max(definitionLimits.scales).default([]),
});

/** A test as its author writes it: defaults may be left out. */
export type TestDefinitionInput = z.input<typeof shape>;
/** A checked test with every default filled in. */
export type TestDefinition = z.output<typeof shape>;

/** The shape alone, without the checks between fields: the source of the published JSON Schema. */
export const testDefinitionShape = shape;
