export {
  BillingDetailsMissingProblem, InvoiceNotFoundProblem, InvoicePaidProblem, NothingToInvoiceProblem,
  OpenInvoiceLimitReachedProblem, PaymentPolicyMismatchProblem,
} from './billing.js';
export { EndingKeyProblem, KeyLimitReachedProblem, KeyNotFoundProblem, LastKeyProblem } from './keys.js';
export {
  ClientSuspendedProblem, LicenseLimitReachedProblem, ResultAlreadyAttachedProblem, ResultLimitReachedProblem,
  ResultNotFoundProblem, UserNotFoundProblem,
} from './licensing.js';
export { Problem, ProblemCode } from './problem.js';
export {
  AccessTokenFault, AccessTokenInvalidProblem, AnswersInvalidProblem, IdempotencyKeyReusedProblem, RevisionClosedProblem,
  TestNotFoundProblem,
} from './saving.js';
