import type { TestDefinitionInput } from '../import/test-definition.js';
import { careerInterests } from './career-interests.js';
import { ipipNeo120 } from './ipip-neo-120.js';
import { workValues } from './work-values.js';

/** The tests that come with the server. Loading this module reads the package of IPIP items: import it when needed. */
export const bundledTests: readonly TestDefinitionInput[] = [ipipNeo120, careerInterests, workValues];
