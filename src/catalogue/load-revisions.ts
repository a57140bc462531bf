import { type Database, type Sql, statement } from '../database/index.js';
import {
  type OptionContent, type PublishedTest, publishedTest, type QuestionContent, type RevisionContent,
} from './published-test.js';

/** Names one revision of a test. */
export interface RevisionKey {
  readonly testId: string;
  readonly revision: number;
}

/** A revision without what stands in other tables. */
type RevisionRow = Omit<RevisionContent, 'questions'>;
type QuestionRow = RevisionKey & Omit<QuestionContent, 'options'>;
type OptionRow = RevisionKey & OptionContent & { readonly questionId: string };

/** A revision and the time at which the next one took its place; null for the published one. */
export interface RevisionTerm extends RevisionKey {
  readonly supersededAt: Date | null;
}

const readTerms = statement<RevisionTerm>('catalogue-terms', `
  select test_id as "testId", number as revision,
         lead(published_at) over (partition by test_id order by number) as "supersededAt"
    from test_revision
   order by number desc`);

const readLatest = statement<RevisionKey>('catalogue-latest-of', `
  select r.test_id as "testId", max(r.number) as revision
    from test_revision r
    join test t on t.id = r.test_id
   where t.slug = $1
   group by r.test_id`);

const wanted = 'unnest($1::uuid[], $2::int[]) as wanted (test_id, number)';

const readRevisions = statement<RevisionRow>('catalogue-revisions', `
  select t.id, t.slug, t.legacy_id as "legacyId", t.paid, t.bonus, t.created_at as "createdAt", r.number as revision,
         r.locales, r.name, r.description, r.instruction, r.duration_minutes as "durationMinutes",
         r.authors, r.scales, r.norm, r.report
    from ${wanted}
    join test_revision r on r.test_id = wanted.test_id and r.number = wanted.number
    join test t on t.id = r.test_id`);

const readQuestions = statement<QuestionRow>('catalogue-questions', `
  select q.test_id as "testId", q.revision_number as revision, q.id, q.position, q.kind, q.name, q.text, q.image,
         q.scoring_group as "scoringGroup", q.count, q.timer_seconds as "timerSeconds",
         q.correct_feedback as "correctFeedback", q.wrong_feedback as "wrongFeedback",
         q.back_allowed as "backAllowed", q.forward_allowed as "forwardAllowed", q.answer_shown as "answerShown"
    from ${wanted}
    join question q on q.test_id = wanted.test_id and q.revision_number = wanted.number
   order by q.position`);

const readOptions = statement<OptionRow>('catalogue-options', `
  select o.test_id as "testId", o.revision_number as revision, o.question_id as "questionId",
         o.value, o.translations, o.text, o.image, o.correct
    from ${wanted}
    join question_option o on o.test_id = wanted.test_id and o.revision_number = wanted.number
   order by o.position`);

/** Every revision of every test, later ones first. */
export async function revisionTerms(database: Database): Promise<RevisionTerm[]> {
  return database.run(readTerms, []);
}

/** What is written of the published revision of a test; null for an unknown slug. */
export async function loadPublishedContent(database: Database, slug: string): Promise<RevisionContent | null> {
  // Of one moment: what belongs to the test and not to the edition changes with the next one.
  const [content] = await database.snapshot(async (sql) => loadContent(sql, await sql.run(readLatest, [slug])));
  return content ?? null;
}

/** Loads whole revisions; one that does not exist is left out. */
export async function loadRevisions(database: Database, keys: readonly RevisionKey[]): Promise<PublishedTest[]> {
  return (await loadContent(database, keys)).map(publishedTest);
}

/** By plain rows, because the ORM's entities of a large test would hold up every request for seconds. */
async function loadContent(sql: Sql, keys: readonly RevisionKey[]): Promise<RevisionContent[]> {
  if (keys.length === 0) return [];
  const values = [keys.map(({ testId }) => testId), keys.map(({ revision }) => revision)];
  const revisions = await sql.run(readRevisions, values);
  if (revisions.length === 0) return [];
  const questions = Map.groupBy(await sql.run(readQuestions, values), revisionOf);
  const options = Map.groupBy(await sql.run(readOptions, values), (row) => `${revisionOf(row)}/${row.questionId}`);
  return revisions.map((row) => {
    const key = revisionOf({ testId: row.id, revision: row.revision });
    return {
      ...row,
      questions: (questions.get(key) ?? []).map((question) =>
        ({ ...question, options: options.get(`${key}/${question.id}`) ?? [] })),
    };
  });
}

function revisionOf({ testId, revision }: RevisionKey): string {
  return `${testId}/${revision}`;
}
