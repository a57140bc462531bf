export {
  type AnswerIssue, AnswerIssueCode, type GivenAnswer, ISSUES_TOLD, TEXT_ANSWER_LENGTH,
} from './check-answers.js';
export { readResults, reportIsAvailable, type SavedResult } from './read-results.js';
export { Result, type StoredAnswers } from './result.js';
export { SaveProgress, type SaveProgressOutcome, type SaveProgressRequest } from './save-progress.js';
