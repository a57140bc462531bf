import { describe, expect, it } from '@jest/globals';
import { EXTERNAL_ID_LENGTH, externalId } from '../../src/clients/index.js';
import { InputError } from '../../src/kernel/input-error.js';

const CODE_POINTS_BEYOND_16_BITS = '\u{1F600}';

/** The words that the refusal of an id is told by; null when the id is taken. */
function refusal(id: string): string | null {
  try {
    externalId(id);
    return null;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return /too long|empty|control character/.exec(error.message)?.[0] ?? error.message;
  }
}

describe('an external id', () => {
  it.each([
    ['a number', '42'],
    ['an e-mail address', 'Anna.Maria+test@example.org'],
    ['a UUID', '018f3c5e-7b1a-7c3d-9e8f-0123456789ab'],
    ['Cyrillic', 'Ёжик из Тумана'],
    ['an emoji of several code points', '👩‍👩‍👧‍👦'],
    ['right-to-left text', 'مستخدم'],
    ['a composed letter', 'caf\u00e9'],
    ['a decomposed letter', 'cafe\u0301'],
    ['one space', ' '],
    ['spaces only', '    '],
    ['spaces around', ' 42 '],
    ['a no-break space', '\u00a0'],
    ['a zero-width space', '\u200b'],
    ['a byte order mark', '\ufeff42'],
    ['a line separator, which is no control character', 'a\u2028b'],
    ['the last code point', '\u{10FFFF}'],
    ['a private-use character', '\ue000'],
    ['quotes and SQL', `'; drop table client; --`],
    ['a name that objects have', '__proto__'],
    ['the word null', 'null'],
    ['255 characters', 'x'.repeat(EXTERNAL_ID_LENGTH)],
    ['255 characters of two UTF-16 units', CODE_POINTS_BEYOND_16_BITS.repeat(EXTERNAL_ID_LENGTH)],
  ])('is taken exactly as it is: %s', (_, id) => {
    expect(externalId(id)).toBe(id);
  });

  it.each([
    ['nothing', '', 'empty'],
    ['256 characters', 'x'.repeat(EXTERNAL_ID_LENGTH + 1), 'too long'],
    ['256 characters of two UTF-16 units', CODE_POINTS_BEYOND_16_BITS.repeat(EXTERNAL_ID_LENGTH + 1), 'too long'],
    ['255 characters and an emoji', `${'x'.repeat(EXTERNAL_ID_LENGTH)}${CODE_POINTS_BEYOND_16_BITS}`, 'too long'],
    ['a megabyte', 'x'.repeat(1_048_576), 'too long'],
    ['a megabyte of control characters', '\u0000'.repeat(1_048_576), 'too long'],
    ['NUL', 'a\u0000b', 'control character'],
    ['a tab', 'a\tb', 'control character'],
    ['a line feed', 'a\n', 'control character'],
    ['a carriage return', '\ra', 'control character'],
    ['the last ASCII control character', 'a\u007fb', 'control character'],
    ['the first one beyond ASCII', '\u0080', 'control character'],
    ['a next-line character', 'a\u0085b', 'control character'],
    ['the last control character', '\u009f', 'control character'],
    ['a high surrogate alone', 'a\ud83db', 'control character'],
    ['a low surrogate alone', 'a\ude00b', 'control character'],
    ['a high surrogate at the end', 'a\ud83d', 'control character'],
    ['surrogates in the wrong order', '\ude00\ud83d', 'control character'],
  ])('is refused: %s', (_, id, reason) => {
    expect(refusal(id)).toBe(reason);
  });

  it('is never repeated in the refusal', () => {
    for (const id of ['secret'.repeat(100), 'secret\u0000']) {
      expect(() => externalId(id)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('secret') }));
    }
  });
});
