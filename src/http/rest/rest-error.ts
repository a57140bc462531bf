/** A refusal with the HTTP status and in the words that the documents of the REST API promise. */
export class RestError extends Error {
  constructor(readonly statusCode: number, message: string) {
    super(message);
  }
}
