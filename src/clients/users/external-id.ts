import { InputError } from '../../kernel/input-error.js';

/** The longest external id, in characters. */
export const EXTERNAL_ID_LENGTH = 255;

const CONTROL_CHARACTER = /\p{Cc}/u;

/**
 * The client's own id of a person, checked. Any text is taken as it is, without trimming or change of case; control
 * characters and broken surrogates are refused because they could not be stored, or not be told apart later.
 */
export function externalId(input: string): string {
  return checked(input, 'The user id', 'give the id that the person has in your system');
}

/** The beginning of external ids, checked as they are. */
export function externalIdPrefix(input: string): string {
  return checked(input, '"externalIdPrefix"', 'leave it out to find all users');
}

function checked(input: string, name: string, insteadOfNothing: string): string {
  // The length in UTF-16 units comes first: nobody walks through a megabyte to learn that it is too long.
  if (input.length > 2 * EXTERNAL_ID_LENGTH || Array.from(input).length > EXTERNAL_ID_LENGTH) {
    throw new InputError(`${name} is too long: at most ${EXTERNAL_ID_LENGTH} characters are allowed.`);
  }
  if (input === '') throw new InputError(`${name} is empty: ${insteadOfNothing}.`);
  if (CONTROL_CHARACTER.test(input) || !input.isWellFormed()) {
    throw new InputError(`${name} holds a control character or a broken character: send plain text in UTF-8.`);
  }
  return input;
}
