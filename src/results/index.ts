export { Attachment } from './attachment.js';
export {
  type AnswerIssue, AnswerIssueCode, type GivenAnswer, ISSUES_TOLD, TEXT_ANSWER_LENGTH,
} from './check-answers.js';
export { deleteUnattachedResults } from './delete-unattached.js';
export { attachedHeadColumns, countResults, countUserResults, listResults, listUserResults } from './list-results.js';
export { ResultKeys } from './result-keys.js';
export { Seed } from './seed.js';
export { type AnswerSheet, readAnswerSheet } from './read-answer-sheet.js';
export {
  belongsTo, readResults, reportIsAvailable, type ResultHead, type SavedResult,
} from './read-results.js';
export { readReport, type ReportReading } from './read-report.js';
export {
  composeReport, type Interpretation, interpretationsOf, readingOf, type ReportDocument, reportFragment, reportPage, reportPrintJob,
  type ReportSource,
} from './report/index.js';
export { type ResultFilter, resultFilter } from './result-filter.js';
export { Result, type StoredAnswers } from './result.js';
export type { SaveForUserOutcome, SaveForUserRequest } from './save-for-user.js';
export { SaveProgress } from './save-progress.js';
export type { SaveProgressOutcome } from './saving.js';
