import type { Schema } from './endpoint.js';

/** The parameters that several endpoints share. */
export const parameter = {
  test: { type: 'string', description: 'Slug of the test.' },
  resultKey: { type: 'string', description: 'RESULT_KEY: a UUID in any case, or its 22 characters in base58.' },
  clientKey: { type: 'string', description: 'CLIENT_KEY, the secret of the partner.' },
  userId: { type: 'string', description: "The client's own id of the user, such as an id or an e-mail address: at most 255 characters." },
  userKey: { type: 'string', description: 'USER_KEY, a UUID that `user/register` gave.' },
  progress: {
    description:
      'The answers to every question: JSON text such as `[["1",["a"]],["2",["b","c"]],["3",[]]]`, the same as a JSON member ' +
      'or as a form array (`progress[0][0]=1&progress[0][1][]=a`), or an object such as `{"1":["a"]}`. No values: skipped.',
  },
} as const satisfies Readonly<Record<string, Schema>>;

/** The parameter in which a report is asked for. */
export function formatParameter(formats: readonly string[]): Schema {
  return { type: 'string', description: `In which form, in lower case: ${formats.join(', ')}.` };
}
