import { z } from 'zod';
import { definitionLimits, identifier, name } from './fields.js';

const age = z.int().min(0).max(150);

const groupSchema = z.strictObject({
  id: identifier(50),
  name: name.describe('Whom the group was taken from, as a report names it.'),
  sex: z.enum(['MALE', 'FEMALE']).optional().describe('Absent: any, also an unknown one.'),
  ageFrom: age.optional().describe('Youngest age in full years; absent: no limit below.'),
  ageTo: age.optional().describe('Oldest age in full years; absent: no limit above.'),
  scales: z.record(identifier(50), z.strictObject({ mean: z.number(), sd: z.number().positive() }))
    .describe('Mean and standard deviation of the sum, by scale.'),
});

const percentileSchema = z.strictObject({
  coefficients: z.array(z.number()).min(1).max(10).describe('Of a polynomial in T, the constant first.'),
  from: z.number().describe('Below this T the percentile is 1.'),
  to: z.number().describe('Above this T the percentile is 99.'),
});

/** What the sums of a comparison group say about a sum. */
export const normSchema = z.strictObject({
  id: identifier(50).describe('Name of this edition of the norm, for example author and year.'),
  name: name,
  percentile: percentileSchema.optional().describe('How a T-score becomes a percentile; absent: by the normal distribution.'),
  groups: z.array(groupSchema).min(1).max(definitionLimits.normGroups)
    .describe('The first group that fits the respondent is used; without one there is no standard score.'),
});
