import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDefinitionInput } from '../../src/catalogue/import/index.js';
import { Catalogue } from '../../src/catalogue/index.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';
import { smallTest } from '../setup/small-tests.js';
import { until } from '../setup/until.js';

let test: OpenDatabase;
let catalogue: Catalogue;
const errors: Error[] = [];
const openCatalogue = (): Promise<Catalogue> => Catalogue.open(test.database, (error) => errors.push(error));
beforeAll(async () => {
  test = await openTestDatabase();
  catalogue = await openCatalogue();
});
afterAll(async () => {
  await catalogue.close();
  await test.close();
});

const seen = (slug: string, duration: number): Promise<void> =>
  until(`${slug} of ${duration} minutes is seen`, () => catalogue.bySlug(slug)?.durationMinutes === duration);

describe('the catalogue', () => {
  it('has the published tests, newest first', async () => {
    for (const slug of ['first', 'second', 'third']) await test.publish(smallTest(slug, { paid: false }));
    await seen('third', 3);
    expect(catalogue.tests.slice(0, 3).map(({ slug }) => slug)).toEqual(['third', 'second', 'first']);
    const times = catalogue.tests.map(({ createdAt }) => createdAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it('finds a test by slug and by id, and nothing by anything else', () => {
    const found = catalogue.bySlug('ipip-neo-120')!;
    expect(found.questions).toHaveLength(120);
    expect(catalogue.byId(found.id)).toBe(found);
    for (const unknown of ['', 'IPIP-NEO-120', 'ipip-neo', '__proto__']) {
      expect([catalogue.bySlug(unknown), catalogue.byId(unknown)]).toEqual([null, null]);
    }
  });

  it('keeps a place in the list for a test that is revised', async () => {
    await test.publish(smallTest('older', { paid: false }));
    await test.publish(smallTest('newer', { paid: false }));
    await test.publish({ ...smallTest('older', { paid: false }), duration: 4 });
    await seen('older', 4);
    expect(catalogue.tests.slice(0, 2).map(({ slug }) => slug)).toEqual(['newer', 'older']);
  });

  it('leaves a test in hand as it was when a new revision comes', async () => {
    await test.publish(smallTest('in-hand', { paid: false }));
    await seen('in-hand', 3);
    const inHand = catalogue.bySlug('in-hand')!;
    await test.publish({ ...smallTest('in-hand', { paid: true }), duration: 9 });
    await seen('in-hand', 9);
    expect(inHand).toMatchObject({ durationMinutes: 3, revision: 1, paid: false });
  });

  it('has the same tests after opening as after following publications', async () => {
    await test.publish({ ...smallTest('followed', { paid: false }), authors: [{ slug: 'shared', name: { ru: 'Имя' } }] });
    await test.publish({ ...smallTest('follower', { paid: false }), authors: [{ slug: 'shared', name: { ru: 'Новое имя' } }] });
    await seen('follower', 3);
    const opened = await openCatalogue();
    const shown = ({ tests }: Catalogue): unknown => tests.map(({ slug, revision, authors, name }) => ({ slug, revision, authors, name }));
    try {
      expect(shown(catalogue)).toEqual(shown(opened));
      // An edition is never changed, nor are its authors.
      expect(catalogue.bySlug('followed')?.authors).toMatchObject([{ slug: 'shared', name: { ru: 'Имя' } }]);
    } finally {
      await opened.close();
    }
  });
});

describe('an earlier edition', () => {
  it('is found with its own questions, and with what is true of the test now', async () => {
    await test.publish(smallTest('edition', { paid: false }));
    await test.publish({ ...smallTest('edition', { paid: true, bonus: true }), legacyId: 88, name: { ru: 'Новое' }, duration: 5 });
    await seen('edition', 5);
    const { id } = catalogue.bySlug('edition')!;
    expect(await catalogue.revision(id, 1)).toMatchObject({
      id, revision: 1, name: { ru: 'Тест edition' }, durationMinutes: 3, paid: true, bonus: true, legacyId: 88,
    });
    expect(await catalogue.revision(id, 2)).toBe(catalogue.bySlug('edition'));
  });

  it('that does not exist is an error, also when asked for again', async () => {
    const { id } = catalogue.bySlug('ipip-neo-120')!;
    for (const _ of [1, 2]) await expect(catalogue.revision(id, 99)).rejects.toThrow('Revision 99');
  });

  it('has its texts, questions, options and authors in the order in which they were written', async () => {
    const orders = [['b', 'a', 'c'], ['c', 'b', 'a']];
    const definition = (ids: string[]): TestDefinitionInput => ({
      ...smallTest('ordered', { paid: false }), scales: [],
      authors: ids.map((slug) => ({ slug: `author-${slug}`, name: { ru: slug } })),
      questions: ids.map((id) => ({
        id, name: { ru: id }, options: ids.map((value) => ({ value: `${id}-${value}`, text: { ru: value } })),
      })),
    });
    for (const order of orders) await test.publish(definition(order));
    const [{ id }] = await test.sql<{ id: string }>("select id from test where slug = 'ordered'") as [{ id: string }];
    for (const [index, order] of orders.entries()) {
      const { authors, questions, questionsById } = await catalogue.revision(id, index + 1);
      expect(authors.map(({ slug }) => slug)).toEqual(order.map((slug) => `author-${slug}`));
      expect(questions.map((question) => [question.position, question.id, question.options.map(({ value }) => value)]))
        .toEqual(order.map((name, at) => [at + 1, name, order.map((value) => `${name}-${value}`)]));
      expect([...questionsById]).toEqual(questions.map((question) => [question.id, question]));
    }
  });

  it('is found although this process has not heard of it yet', async () => {
    await test.publish(smallTest('unheard', { paid: false }));
    const [{ id }] = await test.sql<{ id: string }>("select id from test where slug = 'unheard'") as [{ id: string }];
    expect(await catalogue.revision(id, 1)).toMatchObject({ slug: 'unheard', revision: 1 });
  });
});

describe('the connection on which publications are told', () => {
  const listeners = "from pg_stat_activity where datname = current_database() and application_name = 'testodrom listener'";
  const listening = async (): Promise<number> => (await test.sql(`select pid ${listeners}`)).length;

  it('comes back by itself after a loss, and nothing published meanwhile or later is missed', async () => {
    await test.publish(smallTest('told', { paid: false }));
    await seen('told', 3);
    await test.sql(`select pg_terminate_backend(pid) ${listeners}`);
    await until('the loss is reported', () => errors.length > 0);
    await test.publish({ ...smallTest('told', { paid: false }), duration: 4 });
    await seen('told', 4);
    await test.publish({ ...smallTest('told', { paid: false }), duration: 5 });
    await seen('told', 5);
    expect(await listening()).toBe(1);
  });

  it('is closed with the catalogue, and stays closed', async () => {
    const lost = errors.length;
    const other = await openCatalogue();
    expect(await listening()).toBe(2);
    await other.close();
    await until('one connection is left', async () => (await listening()) === 1);
    await test.publish(smallTest('too-late', { paid: false }));
    await seen('too-late', 3);
    expect(other.bySlug('too-late')).toBeNull();
    expect(errors).toHaveLength(lost);
  });
});

describe('a publication that cannot be read yet', () => {
  it('is tried again until it is read, and no more once the catalogue is closed', async () => {
    await test.publish(smallTest('delayed', { paid: false }));
    await seen('delayed', 3);
    const otherErrors: Error[] = [];
    const other = await Catalogue.open(test.database, (error) => otherErrors.push(error));
    const before = errors.length;
    await test.sql('alter table test_revision rename to hidden');
    try {
      await test.sql(`
        insert into hidden (test_id, number, digest, source, locales, name, description, duration_minutes, authors, scales, published_at)
        select test_id, 2, digest, source, locales, hidden.name, description, 4, authors, scales, published_at
          from hidden join test on test.id = test_id where slug = 'delayed'`);
      await test.sql("notify testodrom_catalogue, 'delayed'");
      await until('both have failed', () => errors.length > before && otherErrors.length > 0);
      await other.close();
      await until('it has been tried again', () => errors.length > before + 2);
      expect(errors.at(-1)?.message).toContain('test_revision');
      expect(catalogue.bySlug('delayed')).toMatchObject({ revision: 1, durationMinutes: 3 });
    } finally {
      await test.sql('alter table hidden rename to test_revision');
    }
    await seen('delayed', 4);
    expect(otherErrors).toHaveLength(1);
  });
});
