import { type Database, statement } from '../database/index.js';
import {
  type OptionContent, type PublishedTest, publishedTest, type QuestionContent, type RevisionContent,
} from './published-test.js';

/** Names one revision of a test. */
export interface RevisionKey {
  readonly testId: string;
  readonly revision: number;
}

/** A revision without what stands in other tables. */
type RevisionRow = Omit<RevisionContent, 'authors' | 'questions'>;
type AuthorRow = RevisionKey & RevisionContent['authors'][number];
type QuestionRow = RevisionKey & Omit<QuestionContent, 'options'>;
type OptionRow = RevisionKey & OptionContent & { readonly questionId: string };

const readLatest = statement<RevisionKey>('catalogue-latest', `
  select test_id as "testId", max(number) as revision
    from test_revision
   group by test_id`);

const wanted = 'unnest($1::uuid[], $2::int[]) as wanted (test_id, number)';

const readRevisions = statement<RevisionRow>('catalogue-revisions', `
  select t.id, t.slug, t.legacy_id as "legacyId", t.paid, t.bonus, t.created_at as "createdAt", r.number as revision,
         r.locales, r.name, r.description, r.instruction, r.duration_minutes as "durationMinutes", r.scales
    from ${wanted}
    join test_revision r on r.test_id = wanted.test_id and r.number = wanted.number
    join test t on t.id = r.test_id`);

// The pivot's id is the order in which the test names its authors.
const readAuthors = statement<AuthorRow>('catalogue-authors', `
  select m.test_id as "testId", m.revision_number as revision, a.slug, a.name, a.url
    from ${wanted}
    join test_revision_author m on m.test_id = wanted.test_id and m.revision_number = wanted.number
    join author a on a.slug = m.author_slug
   order by m.id`);

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
         o.value, o.text, o.image, o.correct
    from ${wanted}
    join question_option o on o.test_id = wanted.test_id and o.revision_number = wanted.number
   order by o.position`);

/** The published revision of every test. */
export async function latestRevisions(database: Database): Promise<RevisionKey[]> {
  return database.run(readLatest, []);
}

/**
 * Loads whole revisions; one that does not exist is left out. By plain rows, because the ORM's entities of a large test
 * would hold up every request for seconds.
 */
export async function loadRevisions(database: Database, keys: readonly RevisionKey[]): Promise<PublishedTest[]> {
  if (keys.length === 0) return [];
  const values = [keys.map(({ testId }) => testId), keys.map(({ revision }) => revision)];
  const revisions = await database.run(readRevisions, values);
  const authors = Map.groupBy(await database.run(readAuthors, values), revisionOf);
  const questions = Map.groupBy(await database.run(readQuestions, values), revisionOf);
  const options = Map.groupBy(await database.run(readOptions, values), (row) => `${revisionOf(row)}/${row.questionId}`);
  return revisions.map((row) => {
    const key = revisionOf({ testId: row.id, revision: row.revision });
    return publishedTest({
      ...row,
      authors: authors.get(key) ?? [],
      questions: (questions.get(key) ?? []).map((question) =>
        ({ ...question, options: options.get(`${key}/${question.id}`) ?? [] })),
    });
  });
}

function revisionOf({ testId, revision }: RevisionKey): string {
  return `${testId}/${revision}`;
}
