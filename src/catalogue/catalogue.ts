import { type Database, Listener } from '../database/index.js';
import { catalogueChannel } from './catalogue-channel.js';
import { type PublishedTest, publishedTest } from './published-test.js';
import { TestRevision } from './test-revision.js';

/** How many earlier revisions stay in memory for the results that are pinned to them. */
const EARLIER_REVISIONS_KEPT = 200;

/** The published tests at one moment. */
interface Snapshot {
  /** Newest first. */
  readonly tests: readonly PublishedTest[];
  readonly bySlug: ReadonlyMap<string, PublishedTest>;
  readonly byId: ReadonlyMap<string, PublishedTest>;
}

/**
 * The published tests in memory: asking for a test or its questions costs no SQL. A publication by any process
 * is told by NOTIFY and replaces the snapshot as a whole; a request keeps the tests that it has already taken.
 */
export class Catalogue {
  private snapshot: Snapshot = snapshotOf([]);
  private readonly earlier = new Map<string, Promise<PublishedTest>>();
  private listener: Listener | null = null;
  private refreshing: Promise<void> = Promise.resolve();

  private constructor(private readonly database: Database) {}

  /** Loads the published tests and follows publications until closed. */
  static async open(database: Database, onError: (error: Error) => void): Promise<Catalogue> {
    const catalogue = new Catalogue(database);
    const refresh = (): void => void catalogue.refresh().catch(onError);
    // Listening starts first, so that nothing published while loading is missed.
    catalogue.listener = await Listener.open(database.connection, catalogueChannel, refresh, onError);
    await catalogue.refresh();
    return catalogue;
  }

  /** All published tests, newest first. */
  get tests(): readonly PublishedTest[] {
    return this.snapshot.tests;
  }

  bySlug(slug: string): PublishedTest | null {
    return this.snapshot.bySlug.get(slug) ?? null;
  }

  byId(id: string): PublishedTest | null {
    return this.snapshot.byId.get(id) ?? null;
  }

  /**
   * The edition to which a result is pinned; an earlier one is loaded on first use. What belongs to the test and not to
   * the edition (paid, bonus, the ids) is as it is now.
   */
  async revision(testId: string, number: number): Promise<PublishedTest> {
    const published = this.byId(testId);
    if (published?.revision === number) return published;
    const earlier = await this.earlierRevision(testId, number);
    if (!published) return earlier;
    const { legacyId, paid, bonus } = published;
    return { ...earlier, legacyId, paid, bonus };
  }

  private earlierRevision(testId: string, number: number): Promise<PublishedTest> {
    const key = `${testId}/${number}`;
    let loading = this.earlier.get(key);
    if (!loading) {
      loading = this.load([{ test: testId, number }]).then(([test]) => {
        if (!test) throw new Error(`Revision ${number} of test ${testId} is gone.`);
        return test;
      });
      this.keep(key, loading);
    }
    return loading;
  }

  /** Takes over what has been published since; refreshes run one after another. */
  async refresh(): Promise<void> {
    const next = this.refreshing.then(() => this.reload());
    this.refreshing = next.catch(() => undefined);
    return next;
  }

  async close(): Promise<void> {
    await this.listener?.close();
    await this.refreshing;
  }

  private async reload(): Promise<void> {
    const heads = await this.database.em().execute<{ testId: string; number: number }[]>(
      'select test_id as "testId", max(number) as "number" from test_revision group by test_id',
    );
    const current = heads.flatMap(({ testId, number }) => {
      const test = this.byId(testId);
      return test?.revision === number ? [test] : [];
    });
    const kept = new Set(current.map(({ id }) => id));
    const changed = heads.filter(({ testId }) => !kept.has(testId));
    const loaded = await this.load(changed.map(({ testId, number }) => ({ test: testId, number })));
    this.snapshot = snapshotOf([...withAuthorsOf(loaded, current), ...loaded]);
  }

  private async load(keys: readonly { test: string; number: number }[]): Promise<PublishedTest[]> {
    if (keys.length === 0) return [];
    const revisions = await this.database.em().find(TestRevision, { $or: [...keys] }, {
      populate: ['test', 'authors', 'questions.options'],
    });
    return revisions.map(publishedTest);
  }

  private keep(key: string, loading: Promise<PublishedTest>): void {
    this.earlier.set(key, loading);
    loading.catch(() => this.earlier.delete(key));
    const [oldest] = this.earlier.keys();
    if (this.earlier.size > EARLIER_REVISIONS_KEPT && oldest !== undefined) this.earlier.delete(oldest);
  }
}

/** The tests with their authors as the newly loaded ones have them: authors are shared, and a publication updates them. */
function withAuthorsOf(loaded: readonly PublishedTest[], tests: readonly PublishedTest[]): PublishedTest[] {
  const known = new Map(loaded.flatMap(({ authors }) => authors).map((author) => [author.slug, author]));
  return tests.map((test) => {
    if (!test.authors.some(({ slug }) => known.has(slug))) return test;
    const authors = test.authors.map((author) => ({ ...author, ...known.get(author.slug), locales: test.locales }));
    return Object.freeze({ ...test, authors });
  });
}

function snapshotOf(tests: readonly PublishedTest[]): Snapshot {
  const newestFirst = tests.toSorted((a, b) =>
    b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1));
  return {
    tests: newestFirst,
    bySlug: new Map(tests.map((test) => [test.slug, test])),
    byId: new Map(tests.map((test) => [test.id, test])),
  };
}
