import { checkDefinition, type Publication, publishTest, type TestDefinitionInput } from '../../src/catalogue/import/index.js';
import { RevisionSource } from '../../src/catalogue/index.js';
import { Database } from '../../src/database/index.js';
import { entities } from '../../src/entities.js';
import { type FreshDatabase, freshDatabase } from './fresh-database.js';

/** The product's database without a server, on a database of a test file's own. */
export interface OpenDatabase extends Pick<FreshDatabase, 'sql' | 'url'> {
  readonly database: Database;
  publish(definition: TestDefinitionInput, source?: RevisionSource): Promise<Publication>;
  close(): Promise<void>;
}

/** Opens a clone of the template; with `empty` a database that has not even been migrated. */
export async function openTestDatabase(options: { empty?: boolean } = {}): Promise<OpenDatabase> {
  const fresh = await freshDatabase(options);
  const database = await Database.open({ url: fresh.url }, entities, 5);
  return {
    database,
    sql: fresh.sql,
    url: fresh.url,
    async publish(input, source = RevisionSource.IMPORTED) {
      const { definition, problems } = checkDefinition(input);
      if (!definition) throw new Error(JSON.stringify(problems));
      return publishTest(database, definition, source);
    },
    async close() {
      await database.close();
      await fresh.drop();
    },
  };
}
