/** Input that its sender has to mend: told to the sender as it is, so the message says what to do and holds no secret. */
export class InputError extends Error {}
