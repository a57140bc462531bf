export { checkDefinition } from './check-definition.js';
export type { DefinitionProblem } from './definition-problem.js';
export { type Publication, publishTest } from './publish-test.js';
export { definitionLimits, type TestDefinition, type TestDefinitionInput, testDefinitionShape } from './test-definition.js';
