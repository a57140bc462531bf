/** How a question is answered. The kinds are those of the platform's quiz XML (`item@method`). */
export enum QuestionKind {
  /** Exactly one of the options. */
  OPTION = 'OPTION',
  /** Any number of the options. */
  CHECKBOX = 'CHECKBOX',
  /** Free text, one value a field; the fields' right values are never shown. */
  TEXT = 'TEXT',
  /** The options put in order, the first being the first. */
  RATING = 'RATING',
  /** A whole number between the smallest and the largest option, as a slider gives it. */
  GRADIENT = 'GRADIENT',
}

/** What a GRADIENT question takes: whole numbers of at most nine digits, so that every end of a slider can be answered. */
export const GRADIENT_VALUE = /^-?\d{1,9}$/;
