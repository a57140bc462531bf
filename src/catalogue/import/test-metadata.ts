import type { z } from 'zod';
import { testDefinitionShape } from './test-definition.js';

/** What formats of questions alone do not tell of a test. */
export const testMetadataShape = testDefinitionShape
  .pick({
    slug: true, legacyId: true, name: true, description: true, authors: true, duration: true, paid: true, bonus: true,
  })
  .strict();

export type TestMetadata = z.output<typeof testMetadataShape>;
