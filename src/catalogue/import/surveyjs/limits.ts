/** Limits within which a survey is read, so that no file can exhaust the process. */
export const surveyJsLimits = {
  /** Of the whole file, in UTF-16 units. */
  textLength: 10 * 1024 * 1024,
  /** Pages, panels, questions and whatever else stands on pages, all together. */
  elements: 10_000,
  /** How deep panels may stand within one another. */
  panelDepth: 20,
  /** How many problems, and how many warnings, are told of one file. */
  findings: 1000,
} as const;
