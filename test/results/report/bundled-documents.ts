import { bundledTests } from '../../../src/catalogue/content/index.js';
import type { TestDefinitionInput } from '../../../src/catalogue/import/index.js';
import { composeReport } from '../../../src/results/report/compose-report.js';
import type { ReportDocument } from '../../../src/results/report/document.js';
import type { Respondent } from '../../../src/scoring/index.js';
import { published } from '../../setup/published.js';

const savedAt = new Date('2026-03-14T09:26:53Z');
const respondent: Respondent = { sex: 'FEMALE', age: 30 };

/** The report of somebody who is mostly for the last value of the alphabet, so that some scales stand out. */
function documentOf(input: TestDefinitionInput, locale: string): ReportDocument {
  const edition = published(input);
  const answers = new Map(edition.questions.map(({ id, position, options }) => {
    const values = options.map(({ value }) => value).toSorted();
    return [id, values.slice(position % 4 === 0 ? 0 : -1).slice(0, 1)];
  }));
  return composeReport({ edition, calculation: edition.score(answers, respondent), savedAt }, locale);
}

/** Reports of the tests that come with the server, each in both of its languages. */
export const bundledDocuments: Readonly<Record<string, ReportDocument>> = Object.fromEntries(
  bundledTests.flatMap((test) => ['ru', 'en'].map((locale) => [`${test.slug} in ${locale}`, documentOf(test, locale)])),
);
