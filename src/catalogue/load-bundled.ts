import { type Database, type Sql, statement } from '../database/index.js';
import { bundledDigests } from './content/digests.js';
import { RevisionSource } from './test-revision.js';

/** Those of the bundled tests whose edition was never published, and that no import of the operator has replaced. */
const readMissing = statement<{ slug: string }>('catalogue-missing', `
  select bundled.slug
    from unnest($1::text[], $2::text[]) as bundled (slug, digest)
    left join test t on t.slug = bundled.slug
   where not exists (select from test_revision r where r.test_id = t.id and r.digest = bundled.digest)
     and (select r.source from test_revision r where r.test_id = t.id order by r.number desc limit 1) is distinct from $3`);

/**
 * Publishes the tests that come with the server; a test that the operator imported over one of them stays. They have no
 * number, so that every number of the platform is free for the test that has it there.
 */
export async function loadBundledTests(database: Database): Promise<void> {
  const missing = await missingTests(database, bundledDigests);
  if (missing.length === 0) return;
  // Loaded here and not at the top: the content is large, and only the first start of a version needs it.
  const [{ bundledTests }, { checkDefinition, publishTest }] = await Promise.all([
    import('./content/index.js'), import('./import/index.js'),
  ]);
  for (const input of bundledTests.filter(({ slug }) => missing.includes(slug))) {
    const { definition, problems } = checkDefinition(input);
    if (!definition) throw new Error(`The bundled test ${input.slug} is wrong: ${JSON.stringify(problems)}`);
    await publishTest(database, definition, RevisionSource.BUNDLED);
  }
}

/** The slugs of those tests that publishing would change, by their digests. */
async function missingTests(sql: Sql, digests: Readonly<Record<string, string>>): Promise<string[]> {
  const rows = await sql.run(readMissing, [Object.keys(digests), Object.values(digests), RevisionSource.IMPORTED]);
  return rows.map(({ slug }) => slug);
}
