import { checkDefinition, publishTest } from '../../../src/catalogue/import/index.js';
import { RevisionSource } from '../../../src/catalogue/index.js';
import { createClient, type NewClientInput } from '../../../src/clients/index.js';
import type { Database } from '../../../src/database/index.js';
import { billingDetails } from '../../setup/billing.js';
import { smallTest } from '../../setup/small-tests.js';

/** The test whose answers are saved. */
export const ANSWERED = smallTest('answered', { paid: true });

/** A client for whom callers call, and what was agreed with it. */
export interface Subject {
  readonly slug: string;
  readonly key: string;
  /** How many results one user of it may have; null for any number. */
  readonly resultsPerUser: number | null;
  /** How many licenses it has bought in advance; null when it pays after the fact. */
  readonly limit: number | null;
  readonly overdraft: number;
}

/** One whose limits are met all the time, one that meets them with each user, and one without limits. */
const agreed = [
  { slug: 'often-full', resultsPerUser: null, limit: 5, overdraft: 2 },
  { slug: 'one-result', resultsPerUser: 1, limit: 40, overdraft: 0 },
  { slug: 'three-results', resultsPerUser: 3, limit: null, overdraft: 0 },
] as const;

/** Publishes the test and makes the clients. */
export async function makeSubjects(database: Database): Promise<readonly Subject[]> {
  const { definition } = checkDefinition(ANSWERED);
  await publishTest(database, definition!, RevisionSource.IMPORTED);
  const subjects: Subject[] = [];
  for (const { limit, resultsPerUser, ...of } of agreed) {
    const input: NewClientInput = {
      ...billingDetails, name: of.slug, slug: of.slug,
      ...(limit === null ? { payment: 'postpaid' } : { payment: 'prepaid', licenseLimit: limit, overdraft: of.overdraft }),
      ...(resultsPerUser === null ? { licensePolicy: 'unlimited' } : { licensePolicy: 'custom', maxResultsPerTest: resultsPerUser }),
    };
    const { key } = await createClient(database, input);
    subjects.push({ ...of, limit, resultsPerUser, key });
  }
  return subjects;
}
