import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp } from '../../src/app.js';
import { checkDefinition, type Publication, publishTest } from '../../src/catalogue/import/index.js';
import { listTests, loadBundledTests, QuestionKind, RevisionSource } from '../../src/catalogue/index.js';
import { bundledDigests } from '../../src/catalogue/content/digests.js';
import { bundledTests } from '../../src/catalogue/content/index.js';
import { loadConfig } from '../../src/config.js';
import { migrate } from '../../src/database/index.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';
import { smallTest } from '../setup/small-tests.js';
import { until } from '../setup/until.js';

let test: OpenDatabase;
beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.close());

/** Everything that is stored of the catalogue. */
async function catalogue(): Promise<object> {
  const tables = ['test', 'test_revision', 'question', 'question_option'];
  const rows = await Promise.all(tables.map((table) => test.sql(`select * from ${table} order by 1, 2, 3`)));
  return Object.fromEntries(tables.map((table, index) => [table, rows[index]]));
}

async function revisions(slug: string): Promise<object[]> {
  return test.sql(`
    select r.number, r.source, r.duration_minutes as duration
      from test_revision r join test t on t.id = r.test_id where t.slug = $1 order by r.number`, [slug]);
}

describe('publishing a definition', () => {
  it('creates a test that was not known', async () => {
    expect(await test.publish(smallTest('new', { paid: true, bonus: true }))).toEqual({ outcome: 'CREATED', slug: 'new', revision: 1 });
    expect((await listTests(test.database)).find(({ slug }) => slug === 'new')).toEqual({
      slug: 'new', name: 'Тест new', legacyId: null, paid: true, bonus: true, revision: 1, questions: 3, locales: ['ru', 'en'],
    });
  });

  it('changes nothing when it is the same, whatever the order of its keys', async () => {
    const definition = smallTest('same', { paid: false });
    await test.publish(definition);
    const before = await catalogue();
    const shuffled = Object.fromEntries(Object.entries({ ...definition, $schema: './x.json' }).reverse()) as typeof definition;
    expect(await test.publish(definition)).toEqual({ outcome: 'UNCHANGED', slug: 'same', revision: 1 });
    expect(await test.publish(shuffled)).toEqual({ outcome: 'UNCHANGED', slug: 'same', revision: 1 });
    expect(await test.publish(shuffled, RevisionSource.BUNDLED)).toEqual({ outcome: 'UNCHANGED', slug: 'same', revision: 1 });
    expect(await catalogue()).toEqual(before);
  });

  it('makes a new revision when it differs, and keeps the earlier ones as they were', async () => {
    const definition = smallTest('revised', { paid: false });
    await test.publish(definition);
    const stored = () => test.sql(`
      select r.number, r.name, r.duration_minutes, q.id, q.position, o.value, o.text
        from test t join test_revision r on r.test_id = t.id
        join question q on q.test_id = t.id and q.revision_number = r.number
        join question_option o on o.test_id = t.id and o.revision_number = r.number and o.question_id = q.id
       where t.slug = 'revised' order by r.number, q.position, o.position`);
    const before = await stored();
    const revised = { ...definition, duration: 30, questions: definition.questions.slice(1), scales: [] };
    expect(await test.publish(revised)).toEqual({ outcome: 'REVISED', slug: 'revised', revision: 2 });
    expect((await stored()).slice(0, before.length)).toEqual(before);
    expect(await revisions('revised')).toEqual([
      { number: 1, source: 'IMPORTED', duration: 3 }, { number: 2, source: 'IMPORTED', duration: 30 },
    ]);
  });

  it('makes a new revision when an earlier one comes back', async () => {
    const first = smallTest('back', { paid: false });
    await test.publish(first);
    await test.publish({ ...first, duration: 4 });
    expect(await test.publish(first)).toEqual({ outcome: 'REVISED', slug: 'back', revision: 3 });
  });

  it('takes over whether the test is paid and a bonus, without another id or another date', async () => {
    const identity = () => test.sql("select id, created_at, paid, bonus, legacy_id from test where slug = 'kind'");
    await test.publish(smallTest('kind', { paid: false }));
    const [before] = await identity();
    await test.publish({ ...smallTest('kind', { paid: true, bonus: true }), legacyId: 77 });
    expect(await identity()).toEqual([{ ...before, paid: true, bonus: true, legacy_id: 77 }]);
  });

  it('stores every part of a question and of an option', async () => {
    const image = 'https://example.org/picture.png';
    await test.publish({
      ...smallTest('full', { paid: false }), scales: [],
      questions: [{
        id: 'all', kind: QuestionKind.CHECKBOX, name: { ru: 'Имя' }, text: { ru: 'Текст', en: 'Text' }, image, group: 'g', count: 2,
        timerSeconds: 30, correctFeedback: { ru: 'Да' }, wrongFeedback: { ru: 'Нет' }, backAllowed: false, forwardAllowed: true,
        answerShown: true, options: [{ value: 'a', text: { ru: 'А' }, image, correct: true }, { value: 'b', text: { ru: 'Б' } }],
      }],
    });
    expect(await test.sql(`
      select q.* from question q join test t on t.id = q.test_id where t.slug = 'full'`)).toMatchObject([{
      id: 'all', position: 1, kind: 'CHECKBOX', name: { ru: 'Имя' }, text: { ru: 'Текст', en: 'Text' }, image, scoring_group: 'g',
      count: 2, timer_seconds: 30, correct_feedback: { ru: 'Да' }, wrong_feedback: { ru: 'Нет' }, back_allowed: false,
      forward_allowed: true, answer_shown: true,
    }]);
    expect(await test.sql(`
      select o.* from question_option o join test t on t.id = o.test_id where t.slug = 'full' order by o.position`)).toMatchObject([
      { position: 1, value: 'a', text: { ru: 'А' }, image, correct: true },
      { position: 2, value: 'b', text: { ru: 'Б' }, image: null, correct: false },
    ]);
  });

  it('has the authors of each edition as they were written, in their order', async () => {
    const [anna, boris] = [{ slug: 'anna', name: { ru: 'Анна' } }, { slug: 'boris', name: { ru: 'Борис' }, url: 'https://example.org/' }];
    await test.publish({ ...smallTest('authored', { paid: false }), authors: [boris, anna] });
    const renamed = [{ ...anna, name: { ru: 'Анна К.' } }, { slug: 'boris', name: { ru: 'Борис' } }];
    await test.publish({ ...smallTest('authored', { paid: false }), authors: renamed });
    expect(await test.sql(`
      select r.number as revision, r.authors from test_revision r
        join test t on t.id = r.test_id where t.slug = 'authored' order by r.number`)).toEqual([
      { revision: 1, authors: [boris, { ...anna, url: null }] },
      { revision: 2, authors: [{ slug: 'anna', name: { ru: 'Анна К.' }, url: null }, { slug: 'boris', name: { ru: 'Борис' }, url: null }] },
    ]);
  });
});

describe('a publication that is refused', () => {
  it('names the test that has the legacy id, and changes nothing', async () => {
    await test.publish({ ...smallTest('holder', { paid: false }), legacyId: 1001 });
    await test.publish(smallTest('wants', { paid: false }));
    const before = await catalogue();
    for (const slug of ['wants', 'newcomer']) {
      expect(await test.publish({ ...smallTest(slug, { paid: false }), legacyId: 1001 })).toEqual({
        outcome: 'LEGACY_ID_TAKEN', legacyId: 1001, by: 'holder',
      });
    }
    expect(await catalogue()).toEqual(before);
  });

  it('changes nothing when the database refuses a part of it', async () => {
    await test.publish(smallTest('whole', { paid: false }));
    const before = await catalogue();
    const { definition } = checkDefinition({
      ...smallTest('whole', { paid: true }), duration: 5, authors: [{ slug: 'never', name: { ru: 'Никто' } }],
    });
    const broken = { ...definition!, questions: definition!.questions.map((question) => ({ ...question, timerSeconds: -1 })) };
    await expect(publishTest(test.database, broken, RevisionSource.IMPORTED)).rejects.toThrow('question_timer_not_negative');
    expect(await catalogue()).toEqual(before);
  });

  it('is nothing that a definition with problems gets to', async () => {
    const before = await catalogue();
    await expect(test.publish({ ...smallTest('bad', { paid: false }), duration: 0 })).rejects.toThrow('duration');
    expect(await catalogue()).toEqual(before);
  });
});

describe('the bundled tests', () => {
  it('are loaded again without a change', async () => {
    const before = await catalogue();
    await loadBundledTests(test.database);
    expect(await catalogue()).toEqual(before);
  });

  it('are published where they are missing, and as the next revision of an edition of another version', async () => {
    const fresh = await openTestDatabase({ empty: true });
    try {
      await migrate(fresh.database);
      const [revised, ...others] = bundledTests;
      await fresh.publish({ ...revised!, duration: 99 }, RevisionSource.BUNDLED);
      await loadBundledTests(fresh.database);
      const editions = await fresh.sql(`
        select t.slug, r.number, r.digest from test t join test_revision r on r.test_id = t.id
         where r.duration_minutes <> 99 order by t.slug collate "C"`);
      expect(editions).toEqual(Object.entries(bundledDigests).sort()
        .map(([slug, digest]) => ({ slug, number: slug === revised!.slug ? 2 : 1, digest })));
      // A start of the other version beside it, and of this one again, changes nothing.
      await fresh.publish({ ...revised!, duration: 98 }, RevisionSource.BUNDLED);
      await loadBundledTests(fresh.database);
      expect(await fresh.sql('select count(*)::int as revisions from test_revision')).toEqual([{ revisions: others.length + 3 }]);
    } finally {
      await fresh.close();
    }
  });

  it('are revised by a newer version of the server, but never over an import of the operator', async () => {
    const bundled = smallTest('shipped', { paid: false });
    await test.publish(bundled, RevisionSource.BUNDLED);
    expect(await test.publish({ ...bundled, duration: 4 }, RevisionSource.BUNDLED)).toMatchObject({ outcome: 'REVISED', revision: 2 });
    expect(await test.publish({ ...bundled, duration: 5 })).toMatchObject({ outcome: 'REVISED', revision: 3 });
    const before = await catalogue();
    expect(await test.publish({ ...bundled, duration: 6 }, RevisionSource.BUNDLED)).toEqual({
      outcome: 'KEPT_IMPORTED', slug: 'shipped', revision: 3,
    });
    expect(await catalogue()).toEqual(before);
  });

  it('are not brought back by an older server that starts beside a newer one', async () => {
    const older = smallTest('rolling', { paid: false });
    const newer = { ...older, duration: 4 };
    await test.publish(older, RevisionSource.BUNDLED);
    await test.publish(newer, RevisionSource.BUNDLED);
    expect(await test.publish(older, RevisionSource.BUNDLED)).toEqual({ outcome: 'UNCHANGED', slug: 'rolling', revision: 2 });
    expect(await test.publish(newer, RevisionSource.BUNDLED)).toEqual({ outcome: 'UNCHANGED', slug: 'rolling', revision: 2 });
  });

  it('stay when the operator imported the very same content', async () => {
    const same = smallTest('adopted', { paid: false });
    await test.publish(same, RevisionSource.BUNDLED);
    expect(await test.publish(same)).toMatchObject({ outcome: 'UNCHANGED', revision: 1 });
    expect(await test.publish({ ...same, duration: 4 }, RevisionSource.BUNDLED)).toMatchObject({ outcome: 'KEPT_IMPORTED', revision: 1 });
  });

  it('give up a number that an older version of the server gave them', async () => {
    const bundled = smallTest('once-numbered', { paid: false });
    await test.publish({ ...bundled, legacyId: 501 }, RevisionSource.BUNDLED);
    expect(await test.publish(bundled, RevisionSource.BUNDLED)).toMatchObject({ outcome: 'REVISED', revision: 2 });
    expect(await test.publish({ ...smallTest('numbered', { paid: false }), legacyId: 501 })).toMatchObject({ outcome: 'CREATED' });
  });

  it('stay replaced by the operator after the next start', async () => {
    const [bundled] = bundledTests;
    await test.publish({ ...bundled!, duration: 99 });
    await loadBundledTests(test.database);
    expect((await revisions(bundled!.slug)).at(-1)).toEqual({ number: 2, source: 'IMPORTED', duration: 99 });
  });
});

describe('publications at the same time', () => {
  const numbers = Array.from({ length: 10 }, (_, index) => index + 1);

  it('number the revisions of a test without gaps', async () => {
    const publications = await Promise.all(numbers.map((duration) =>
      test.publish({ ...smallTest('busy', { paid: false }), duration })));
    const revision = (publication: Publication): number => ('revision' in publication ? publication.revision : 0);
    expect(publications.map(revision).sort((a, b) => a - b)).toEqual(numbers);
    expect(publications.filter(({ outcome }) => outcome === 'CREATED')).toHaveLength(1);
    expect(await revisions('busy')).toMatchObject(numbers.map((number) => ({ number })));
  });

  it('make one revision of equal definitions', async () => {
    const publications = await Promise.all(numbers.map(() => test.publish(smallTest('equal', { paid: false }))));
    expect(publications.map(({ outcome }) => outcome).sort()).toEqual(['CREATED', ...numbers.slice(1).map(() => 'UNCHANGED')]);
  });

  it('give a legacy id to one test only', async () => {
    const publications = await Promise.all(numbers.map((number) =>
      test.publish({ ...smallTest(`rival-${number}`, { paid: false }), legacyId: 5005 })));
    expect(publications.filter(({ outcome }) => outcome === 'CREATED')).toHaveLength(1);
    expect(publications.filter(({ outcome }) => outcome === 'LEGACY_ID_TAKEN')).toHaveLength(9);
  });
});

describe('a running server', () => {
  it('serves what another process publishes', async () => {
    const { services, url, close } = await startApp(loadConfig({ DATABASE_URL: test.url, PORT: '0', LOG_LEVEL: 'silent' }));
    const name = async (): Promise<string | undefined> => {
      const body = JSON.stringify({ query: '{ test(slug: "told") { name } }' });
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      return (await response.json() as { data: { test: { name: string } | null } }).data.test?.name;
    };
    try {
      expect(services.catalogue.bySlug('told')).toBeNull();
      await test.publish(smallTest('told', { paid: false }));
      await until('the new test is served', async () => (await name()) === 'Тест told');
      await test.publish({ ...smallTest('told', { paid: false }), name: { ru: 'Другой тест' } });
      await until('the new revision is served', async () => (await name()) === 'Другой тест');
    } finally {
      await close();
    }
  });
});
