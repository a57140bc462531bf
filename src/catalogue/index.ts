export { Author } from './author.js';
export { Catalogue } from './catalogue.js';
export { listTests } from './list-tests.js';
export { loadBundledTests } from './load-bundled.js';
export type {
  PublishedAuthor, PublishedOption, PublishedQuestion, PublishedScale, PublishedTest,
} from './published-test.js';
export { Question } from './question.js';
export { GRADIENT_VALUE, QuestionKind } from './question-kind.js';
export { QuestionOption } from './question-option.js';
export { Test } from './test.js';
export type { InterpretationDefinition, ReportDefinition } from './report-definition.js';
export { RevisionSource, TestRevision } from './test-revision.js';
