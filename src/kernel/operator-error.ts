/** What the operator of the server can mend; the message is one line that says how, and holds no secret. */
export class OperatorError extends Error {}
