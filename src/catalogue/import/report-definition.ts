import { z } from 'zod';
import { definitionLimits, isLine, lineMessage, name, resultPath, richText } from './fields.js';

const conditionSchema = z.strictObject({
  path: resultPath,
  operator: z.enum(['>', '>=', '<', '<=', '=']),
  value: z.int().min(-2_147_483_647).max(2_147_483_647).describe('Compared with the whole part of what stands at the path.'),
});

const levelSchema = z.strictObject({
  upTo: z.int().min(0).max(100).describe('The largest percentage of this level, in whole percent.'),
  color: z.enum(['primary', 'success', 'warning', 'danger']),
});

const barSchema = z.strictObject({
  percent: resultPath.describe('What fills the bar; without it in a result there is no bar.'),
  value: resultPath.optional().describe('What the bar says instead of the percentage.'),
  max: z.number().optional().describe('The largest possible value, said beside it.'),
  label: name.optional(),
  levels: z.array(levelSchema).max(definitionLimits.levelsPerBar).optional()
    .describe('The first level that reaches the percentage gives the color; without one it is "primary".'),
});

const interpretationSchema = z.strictObject({
  when: z.array(conditionSchema).max(definitionLimits.conditionsPerInterpretation).optional()
    .describe('All have to hold, and one about something that is not in the result does not; absent: always shown.'),
  name: name.optional().describe('Heading.'),
  bar: barSchema.optional(),
  text: richText.optional(),
});

const placeholders = 'A `{{ path }}` stands for what is at the path of the result, `{{ config.path }}` for one of `texts`.';

/** What the author has to say about a result. */
export const reportSchema = z.strictObject({
  chart: z.enum(['bars', 'radar', 'profile']).optional().describe('How scales are drawn; absent: by their number.'),
  intro: richText.optional().describe(placeholders),
  interpretations: z.array(interpretationSchema).max(definitionLimits.interpretations).optional()
    .describe(`All whose conditions hold are shown, in this order. ${placeholders}`),
  outro: richText.optional(),
  texts: z.record(z.string().regex(/^[^\s{}|]{1,200}$/, 'must be a path without spaces, bars and braces').refine(isLine, lineMessage), richText)
    .refine((texts) => Object.keys(texts).length <= definitionLimits.reportTexts, `at most ${definitionLimits.reportTexts} texts`)
    .optional().describe('Texts that others refer to as `{{ config.path }}`.'),
});
