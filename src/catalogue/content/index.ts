import type { TestDefinitionInput } from '../import/test-definition.js';
import { careerInterests } from './career-interests.js';
import { ipipNeo120 } from './ipip-neo-120.js';
import { workValues } from './work-values.js';

/**
 * The tests that come with the platform, ready to import.
 * Building them takes about a millisecond, but this module also reads the package of IPIP items, which costs some
 * tens of milliseconds on a cold start. A program that seldom needs the tests should load it with a dynamic import;
 * if that is not enough, this can become a function that builds them on the first call.
 */
export const bundledTests: readonly TestDefinitionInput[] = [ipipNeo120, careerInterests, workValues];
