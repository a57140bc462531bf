import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAnswerSheet } from '../../src/results/index.js';
import { eraseBySql } from '../setup/erase.js';
import { smallAnswers, smallTest } from '../setup/small-tests.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client();
});
afterAll(() => server.close());

const read = (key: string, { id }: TestClient) => {
  const { database, catalogue } = server.app.services;
  return readAnswerSheet(database, catalogue, key, id);
};
const stored = smallAnswers.map(({ questionId, values }) => [questionId, values]);

describe('an answer sheet', () => {
  it.each(['free', 'paid'])('tells the client of the user who has a result of the test "%s" what was answered', async (test) => {
    const key = await server.save(test);
    await client.attach(key, 'person');
    expect(await read(key, client)).toMatchObject({ edition: { slug: test, revision: 1 }, answers: stored });
  });

  it('shows the edition that was answered, not the one that is published', async () => {
    const before = smallTest('revised', { paid: false });
    await server.publish(before);
    const key = await server.save('revised');
    await client.attach(key, 'person');
    await server.publish({ ...before, questions: before.questions.slice(0, 2) });
    const sheet = await read(key, client);
    expect(sheet).toMatchObject({ edition: { revision: 1 }, answers: stored });
    expect(sheet?.edition.questions).toHaveLength(3);
  });

  it.each<[what: string, key: () => Promise<string>]>([
    ['an unknown key', async () => randomUUID()],
    ['a result that nobody has', () => server.save()],
    ['a result of a user of another client', async () => {
      const key = await server.save();
      await (await server.client()).attach(key, 'person');
      return key;
    }],
    ['a result that was erased with its user', async () => {
      const key = await server.save();
      await client.attach(key, 'erased');
      await eraseBySql(server, client, 'erased');
      return key;
    }],
  ])('is not there for %s', async (_, make) => {
    expect(await read(await make(), client)).toBeNull();
  });
});
