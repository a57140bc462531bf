import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundledTests } from '../../src/catalogue/content/index.js';
import { exportTest, type TestDefinitionInput } from '../../src/catalogue/import/index.js';
import { QuestionKind } from '../../src/catalogue/index.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';
import { reportTest } from '../setup/report-test.js';
import { smallTest } from '../setup/small-tests.js';

let here: OpenDatabase;
let elsewhere: OpenDatabase;
beforeAll(async () => {
  [here, elsewhere] = [await openTestDatabase(), await openTestDatabase()];
});
afterAll(async () => {
  await here.close();
  await elsewhere.close();
});

/** A test with everything that a question can have. */
const detailed: TestDefinitionInput = {
  ...smallTest('detailed', { paid: true, bonus: true }),
  legacyId: 4711,
  instruction: { en: '<p>Read.</p>' },
  authors: [
    { slug: 'second', name: { ru: 'Второй' }, url: 'https://example.org/2' },
    { slug: 'first', name: { ru: 'Первый' } },
  ],
  questions: [
    {
      id: '11', kind: QuestionKind.CHECKBOX, name: { ru: 'Что?' }, text: { ru: 'Или?' }, image: 'a.png', group: 'g', count: 2, timerSeconds: 9,
      correctFeedback: { ru: 'Да' }, wrongFeedback: { ru: 'Нет' }, backAllowed: false, forwardAllowed: true, answerShown: true,
      options: [{ value: '1', text: { ru: 'Раз' }, correct: true }, { value: '2', image: 'b.png', correct: true }],
    },
    { id: '3', kind: QuestionKind.RATING, name: { ru: 'Порядок' }, options: [{ value: 'a', text: { ru: 'А' } }, { value: 'b', text: { ru: 'Б' } }] },
    { id: '7', kind: QuestionKind.GRADIENT, name: { ru: 'Сколько?' }, options: [] },
  ],
  scales: [],
};

describe('an exported test', () => {
  it.each([detailed, reportTest('report'), ...bundledTests].map((test) => [test.slug, test] as const))(
    'is the same when it is imported, here and elsewhere: %s', async (slug, input) => {
      await here.publish(input);
      const exported = await exportTest(here.database, slug);
      const file = JSON.parse(JSON.stringify(exported)) as TestDefinitionInput;
      expect(await here.publish(file)).toMatchObject({ outcome: 'UNCHANGED', slug });

      await elsewhere.publish(file);
      const digest = 'select r.digest from test_revision r join test t on t.id = r.test_id where t.slug = $1 order by number desc limit 1';
      expect(await elsewhere.sql(digest, [slug])).toEqual(await here.sql(digest, [slug]));
      expect(await exportTest(elsewhere.database, slug)).toEqual(exported);
    });

  it("is the same whatever became of another test's authors", async () => {
    const author = (name: Record<string, string>) => [{ slug: 'shared', name }];
    await here.publish({ ...smallTest('mine', { paid: false }), locales: ['ru', 'en'], authors: author({ ru: 'Имя' }) });
    const exported = await exportTest(here.database, 'mine');
    await here.publish({ ...smallTest('theirs', { paid: false }), locales: ['ru', 'en', 'de'], authors: author({ de: 'Name' }) });
    expect(await exportTest(here.database, 'mine')).toEqual(exported);
    expect(await here.publish(exported!)).toMatchObject({ outcome: 'UNCHANGED' });
  });

  it('is the published revision', async () => {
    await here.publish(smallTest('revised', { paid: false }));
    await here.publish({ ...smallTest('revised', { paid: false }), duration: 77 });
    expect(await exportTest(here.database, 'revised')).toMatchObject({ slug: 'revised', duration: 77 });
  });

  it('is none for a slug that nobody has', async () => {
    expect(await exportTest(here.database, 'nobody')).toBeNull();
  });

  it('is wholly of one edition, also while others are published', async () => {
    const editions = [true, false].map((paid) => ({ ...smallTest('changing', { paid }), duration: paid ? 1 : 2 }));
    await here.publish(editions[0]!);
    const exported: (TestDefinitionInput | null)[] = [];
    const rounds = 60;
    const publishing = (async () => {
      for (let round = 1; round < rounds; round += 1) await here.publish(editions[round % 2]!);
    })();
    for (let round = 0; round < rounds; round += 1) exported.push(await exportTest(here.database, 'changing'));
    await publishing;
    for (const { paid, duration } of exported as TestDefinitionInput[]) expect(duration).toBe(paid ? 1 : 2);
  });
});
