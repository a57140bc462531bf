export { digestsOfBundledTests } from './bundled-digests.js';
export { checkDefinition } from './check-definition.js';
export type { DefinitionProblem } from './definition-problem.js';
export { exportTest } from './export-test.js';
export { definitionLimits } from './fields.js';
export { type Publication, publishTest } from './publish-test.js';
export type { SourceFile } from './imported-test.js';
export { readTest, type TestFormat, testFormats, type TestReading } from './read-test.js';
export { type TestDefinition, type TestDefinitionInput, testDefinitionShape } from './test-definition.js';
