import type { Database } from '../database/index.js';
import { localize, type Localized } from '../kernel/localized.js';

/** A published test as an administrator sees it in a list. */
export interface TestSummary {
  readonly slug: string;
  readonly name: string;
  readonly legacyId: number | null;
  readonly paid: boolean;
  readonly bonus: boolean;
  readonly revision: number;
  /** Number of questions. */
  readonly questions: number;
  readonly locales: readonly string[];
}

/** The published tests by their slugs, without loading their questions. */
export async function listTests(database: Database): Promise<TestSummary[]> {
  const rows = await database.em().execute<(Omit<TestSummary, 'name'> & { name: Localized })[]>(`
    select t.slug, r.name, t.legacy_id as "legacyId", t.paid, t.bonus, r.number as revision, r.locales,
           (select count(*)::int from question q where q.test_id = t.id and q.revision_number = r.number) as questions
      from test t
      join test_revision r on r.test_id = t.id
     where r.number = (select max(number) from test_revision latest where latest.test_id = t.id)
     order by t.slug`);
  return rows.map(({ name, ...test }) => ({ ...test, name: localize(name, null, test.locales) ?? test.slug }));
}
