export { checkDefinition, type DefinitionCheck, type DefinitionProblem } from './check-definition.js';
export { type Publication, publishTest } from './publish-test.js';
export { definitionLimits, type TestDefinition, type TestDefinitionInput, testDefinitionShape } from './test-definition.js';
