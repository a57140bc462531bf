import { z } from 'zod';

/** Limits are generous for people and small enough that one file can never exhaust the server. */
export const definitionLimits = {
  locales: 20,
  questions: 1000,
  optionsPerQuestion: 100,
  /** Of the whole test together. */
  options: 10_000,
  scales: 200,
  itemsPerScale: 1000,
  authors: 20,
  normGroups: 100,
  interpretations: 500,
  conditionsPerInterpretation: 20,
  levelsPerBar: 20,
  reportTexts: 500,
  /** Of everything that a report could say in one language, in characters, placeholders filled in. */
  reportLength: 500_000,
  nameLength: 1000,
  textLength: 20_000,
  pathLength: 200,
} as const;

export const identifier = (length: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{1,${length}}$`), `must be 1 to ${length} letters, digits, "-" or "_"`);

export const locale = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'must be a locale such as "ru" or "pt-BR"');

// A lone surrogate cannot be encoded in UTF-8, PostgreSQL's text cannot hold U+0000, and no reader sees the others.
const textWithout = (control: RegExp) => (text: string) => text.isWellFormed() && !control.test(text);
const isText = textWithout(/[^\P{Cc}\n\r\t]/u);
export const isLine = textWithout(/\p{Cc}/u);
export const lineMessage = 'must be well-formed text without control characters';

const localized = (maxLength: number) =>
  z
    .record(
      locale,
      z.string().trim().min(1, 'must not be empty; leave the locale out instead').max(maxLength)
        .refine(isText, `${lineMessage} other than line ends and tabs`),
    )
    .refine((text) => Object.keys(text).length > 0, 'must have a text in at least one locale');

/** Plain text of a line or two. */
export const name = localized(definitionLimits.nameLength);
/** Simple HTML. */
export const richText = localized(definitionLimits.textLength);

export const address = z.url({ protocol: /^https?$/ }).max(2000).refine(isLine, lineMessage);

// Browsers read a backslash as a slash, so that one would make a path the address of another server.
const reference = /^(?:https?:\/\/[^\s\\/?#]|(?!\/\/)(?![^/?#]*:))[^\\]*$/;
export const image = z.string().trim().min(1).max(2000).refine(isLine, lineMessage)
  .regex(reference, 'must be an address that begins with http:// or https://, or a path without a scheme')
  .describe('Address of a picture (http or https), or its path on the site that shows the test.');

/** A dotted path into a result in the platform's shape, such as `GROUPS.iq.SUM` or `SCALES.N.percentage`. */
export const resultPath = z.string().min(1).max(definitionLimits.pathLength).refine(isLine, lineMessage)
  .describe('Dotted path into the result as REST json gives it: `SUM`, `VALUES.key.percentage`, `SCALES.id.tScore`.');
