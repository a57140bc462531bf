import { type Database, Listener } from '../database/index.js';
import { InputError } from '../kernel/input-error.js';
import { catalogueChannel } from './catalogue-channel.js';
import { loadRevisions, type RevisionTerm, revisionTerms } from './load-revisions.js';
import type { PublishedTest } from './published-test.js';

/** How long to wait after a publication could not be read; the database may be restarting. */
const RETRY_DELAY_MS = 1_000;
/** How many earlier revisions stay in memory for the results that are pinned to them. */
const EARLIER_REVISIONS_KEPT = 200;

/** The published tests at one moment. */
interface Snapshot {
  /** Newest first. */
  readonly tests: readonly PublishedTest[];
  readonly bySlug: ReadonlyMap<string, PublishedTest>;
  readonly byId: ReadonlyMap<string, PublishedTest>;
  readonly byLegacyId: ReadonlyMap<number, PublishedTest>;
  readonly superseded: ReadonlyMap<string, readonly SupersededRevision[]>;
}

/** An edition that was published before. */
export interface SupersededRevision {
  readonly revision: number;
  /** When the next edition took its place. */
  readonly supersededAt: Date;
}

/**
 * The published tests in memory: asking for a test or its questions costs no SQL. A publication by any process
 * is told by NOTIFY and replaces the snapshot as a whole; a request keeps the tests that it has already taken.
 */
export class Catalogue {
  private snapshot: Snapshot = snapshotOf([], new Map());
  private readonly earlier = new Map<string, Promise<PublishedTest>>();
  private listener: Listener | null = null;
  private refreshing: Promise<void> = Promise.resolve();
  private retry: NodeJS.Timeout | undefined;
  private closed = false;

  private constructor(
    private readonly database: Database,
    private readonly onError: (error: Error) => void,
  ) {}

  /**
   * Loads the published tests and follows publications until closed. `onError` hears of every publication that could
   * not be read yet, and of a lost connection.
   */
  static async open(database: Database, onError: (error: Error) => void): Promise<Catalogue> {
    const catalogue = new Catalogue(database, onError);
    // Listening starts first, so that nothing published while loading is missed.
    catalogue.listener = await Listener.open(database.connection, catalogueChannel, () => catalogue.follow(), onError);
    try {
      await catalogue.refresh();
    } catch (error) {
      await catalogue.close();
      throw error;
    }
    return catalogue;
  }

  /** All published tests, newest first. */
  get tests(): readonly PublishedTest[] {
    return this.snapshot.tests;
  }

  bySlug(slug: string): PublishedTest | null {
    return this.snapshot.bySlug.get(slug) ?? null;
  }

  /** The test that a caller names by its slug; an `InputError` when there is none, because tests are no secret. */
  named(slug: string): PublishedTest {
    const test = this.bySlug(slug);
    if (!test) throw new InputError(`There is no published test "${slug}": check the slug, which \`Test.slug\` gives.`);
    return test;
  }

  byId(id: string): PublishedTest | null {
    return this.snapshot.byId.get(id) ?? null;
  }

  /** The test with this number on the platform, which REST v1 takes beside the slug. */
  byLegacyId(legacyId: number): PublishedTest | null {
    return this.snapshot.byLegacyId.get(legacyId) ?? null;
  }

  /** A test that is published for certain: one of which this process has not heard yet is read first. */
  async published(id: string): Promise<PublishedTest> {
    if (!this.byId(id)) await this.refresh();
    const test = this.byId(id);
    if (!test) throw new Error(`Test ${id} is gone.`);
    return test;
  }

  /** The earlier editions of a test, the latest first. */
  supersededRevisions(testId: string): readonly SupersededRevision[] {
    return this.snapshot.superseded.get(testId) ?? [];
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
    return Object.freeze({ ...earlier, legacyId, paid, bonus });
  }

  /** An edition that was published so recently that this process has not heard of it; null when there is none. */
  async laterRevision(testId: string, number: number): Promise<PublishedTest | null> {
    const [test] = await loadRevisions(this.database, [{ testId, revision: number }]);
    return test ?? null;
  }

  private earlierRevision(testId: string, number: number): Promise<PublishedTest> {
    const key = `${testId}/${number}`;
    let loading = this.earlier.get(key);
    if (!loading) {
      loading = loadRevisions(this.database, [{ testId, revision: number }]).then(([test]) => {
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
    this.closed = true;
    clearTimeout(this.retry);
    await this.listener?.close();
    await this.refreshing;
  }

  /** Refreshes, and again after a pause until it succeeds: nobody repeats a notice. */
  private follow(): void {
    this.refresh().catch((error: unknown) => {
      if (this.closed) return;
      this.onError(error as Error);
      clearTimeout(this.retry);
      this.retry = setTimeout(() => this.follow(), RETRY_DELAY_MS);
    });
  }

  private async reload(): Promise<void> {
    const terms = await revisionTerms(this.database);
    const latest = terms.filter(({ supersededAt }) => supersededAt === null);
    const current = latest.flatMap(({ testId, revision }) => {
      const test = this.byId(testId);
      return test?.revision === revision ? [test] : [];
    });
    const kept = new Set(current.map(({ id }) => id));
    const loaded = await loadRevisions(this.database, latest.filter(({ testId }) => !kept.has(testId)));
    const superseded = Map.groupBy(terms.filter(isSuperseded), ({ testId }) => testId);
    this.snapshot = snapshotOf([...current, ...loaded], superseded);
  }

  private keep(key: string, loading: Promise<PublishedTest>): void {
    this.earlier.set(key, loading);
    loading.catch(() => this.earlier.delete(key));
    const [oldest] = this.earlier.keys();
    if (this.earlier.size > EARLIER_REVISIONS_KEPT && oldest !== undefined) this.earlier.delete(oldest);
  }
}

function isSuperseded(term: RevisionTerm): term is RevisionTerm & SupersededRevision {
  return term.supersededAt !== null;
}

function snapshotOf(tests: readonly PublishedTest[], superseded: Snapshot['superseded']): Snapshot {
  const newestFirst = tests.toSorted((a, b) =>
    b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1));
  return {
    tests: newestFirst,
    bySlug: new Map(tests.map((test) => [test.slug, test])),
    byId: new Map(tests.map((test) => [test.id, test])),
    byLegacyId: new Map(tests.flatMap((test) => (test.legacyId === null ? [] : [[test.legacyId, test]]))),
    superseded,
  };
}
