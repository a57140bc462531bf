import { isDeepStrictEqual } from 'node:util';
import { rebuildLicenseUsage } from '../../../src/clients/index.js';
import type { Database } from '../../../src/database/index.js';
import { answerTo, type Call, type History, type WishOf } from '../load/history.js';
import type { Subject } from '../world/subjects.js';
import { contradiction } from './linearize.js';
import { type Holdings, Specification } from './specification.js';
import { inconsistencies, type Sql, storedHoldings } from './stored.js';

/** What was found of the calls of a round. */
export interface Findings {
  readonly acknowledged: number;
  /** Saves that were acknowledged and cannot be read as they were given. */
  readonly lost: readonly string[];
  /** Saves that are stored more than once. */
  readonly doubled: readonly string[];
  /** All else that is not as it should be. */
  readonly wrong: readonly string[];
}

/** Checks what is stored against what was answered, round by round. */
export class Verifier {
  private before: readonly Holdings[] | null = null;
  private saved = 0;

  constructor(private readonly subjects: readonly Subject[], private readonly sql: Sql, private readonly database: Database) {}

  /** To be called while nobody calls. */
  async begin(): Promise<void> {
    this.before = await this.holdings();
    this.saved = await this.countSaved();
  }

  /** Checks a round after all of its calls were answered. */
  async check(history: History): Promise<Findings> {
    const saves = history.calls.filter(({ wish }) => wish.kind === 'save');
    const { lost, doubled } = await this.checkSaves(saves);
    const after = await this.holdings();
    const contradictions = this.subjects.flatMap((subject, index) => {
      const calls = history.calls.filter(({ wish }) => wish.kind !== 'save' && wish.client === subject.slug);
      const why = contradiction(calls, new Specification(subject, this.before![index]!), after[index]!);
      return why === null ? [] : [`${subject.slug}: ${why}`];
    });
    const wrong = [...history.unclear, ...contradictions, ...await inconsistencies(this.sql), ...await this.rollUpErrors()];
    await this.begin();
    return { acknowledged: history.calls.length, lost, doubled, wrong };
  }

  private async checkSaves(saves: readonly Call[]): Promise<{ lost: string[]; doubled: string[] }> {
    const stored = new Map((await this.sql<{ id: string; key: string; answers: unknown }>(
      'select id, idempotency_key as key, answers from result where id = any($1)', [saves.map((save) => answerTo(save).resultKey)],
    )).map((row) => [row.id, row]));
    const lost = saves.filter((save) => {
      const { idempotencyKey, values } = save.wish as WishOf<'save'>;
      const row = stored.get(answerTo(save).resultKey);
      return row?.key !== idempotencyKey || !isDeepStrictEqual(row.answers, ['11', '3', '7'].map((id, index) => [id, [values[index]]]));
    }).map((save) => JSON.stringify(save));
    const more = await this.countSaved() - this.saved - saves.length;
    return { lost, doubled: more > 0 ? [`${more} results more than were asked for`] : [] };
  }

  private async countSaved(): Promise<number> {
    return (await this.sql<{ count: number }>('select count(*)::int as count from result'))[0]!.count;
  }

  private holdings(): Promise<Holdings[]> {
    return Promise.all(this.subjects.map(({ slug }) => storedHoldings(this.sql, slug)));
  }

  /** Whether the roll-ups of the days are those that a rebuild makes. */
  private async rollUpErrors(): Promise<string[]> {
    const days = () => this.sql('select client_id, day::text, issued from license_usage_day order by 1, 2');
    const kept = await days();
    await rebuildLicenseUsage(this.database, null);
    return isDeepStrictEqual(kept, await days()) ? [] : ['The days of license usage are not those that a rebuild makes.'];
  }
}
