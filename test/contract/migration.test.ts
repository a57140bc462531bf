import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GraphQLSchema, isObjectType, parse, validate } from 'graphql';
import type { TestDefinitionInput } from '../../src/catalogue/import/index.js';
import { QuestionKind } from '../../src/catalogue/index.js';
import { suspendClient } from '../../src/clients/index.js';
import { ErrorCode } from '../../src/graphql/errors.js';
import type { Services } from '../../src/graphql/context.js';
import { ProblemCode } from '../../src/graphql/problems/index.js';
import { buildGraphQLSchema } from '../../src/graphql/schema.js';
import { v1 } from '../../src/http/rest/v1/index.js';
import { v2 } from '../../src/http/rest/v2/index.js';
import { v3 } from '../../src/http/rest/v3/index.js';
import { type Json, startTestServer, type TestServer } from '../setup/test-server.js';

const pages = ['docs/migration.md', 'docs/migration.ru.md'].map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const english = pages[0]!.text;
const schema: GraphQLSchema = buildGraphQLSchema({} as Services);

/** The test of the pages, whose answers are those of the documents of v3. */
const myTest: TestDefinitionInput = {
  slug: 'my-test', paid: true, bonus: false, locales: ['ru', 'en'], duration: 5, authors: [],
  name: { ru: 'Мой тест', en: 'My test' },
  description: { ru: '<p>О тесте</p>', en: '<p>About it</p>' },
  questions: [QuestionKind.OPTION, QuestionKind.CHECKBOX, QuestionKind.OPTION].map((kind, index) => ({
    id: `${index + 1}`, kind, name: { ru: `Вопрос ${index + 1}`, en: `Question ${index + 1}` },
    options: ['a', 'b', 'c'].map((value) => ({ value, text: { ru: value, en: value } })),
  })),
};
const PROGRESS = '[["1",["a"]],["2",["b","c"]],["3",[]]]';

let server: TestServer;
/** What stands in the pages and below for the keys of this run. */
const keys: Record<string, string> = {};
beforeAll(async () => {
  server = await startTestServer();
  await server.publish(myTest);
  const client = await server.client();
  const oneTest = await server.client({ licensePolicy: 'one-test' });
  const suspended = await server.client();
  await suspendClient(server.app.services.database, suspended.slug);
  Object.assign(keys, {
    CLIENT_KEY: client.key, ONE_TEST: oneTest.key, SUSPENDED: suspended.key,
    FULL: (await server.client({ licenseLimit: 0 })).key,
    USER: (await client.register('v2')).user.key,
    ATTACHED: await saved(), UNATTACHED: await saved(), USED_UP: await saved(),
  });
  await client.attach(keys['ATTACHED']!, 'somebody');
  await oneTest.attach(keys['USED_UP']!, 'somebody');
});
afterAll(() => server.close());

describe('the pages for partners who move', () => {
  it('say the same in both languages: headings, code, tables, addresses and messages', () => {
    const [first, second] = pages.map(({ text }) => ({
      headings: [...text.matchAll(/^#+(?= )/gm)].map(([level]) => level),
      code: blocks(text),
      tables: [...text.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) => table.trimEnd().split('\n').map((row) => row.split(' | ').length)),
      refusals: refusalsIn(text),
    }));
    expect(second).toEqual(first);
    expect(first!.tables.length).toBe(5);
  });

  it.each(pages)('name every address of the REST API with its methods: $path', ({ text }) => {
    for (const { version, path, methods } of [...v1, ...v2, ...v3]) {
      expect(text).toContain(`| ${version} | \`${path.replace(/:(\w+)(?:\([^)]*\))?/, '{$1}')}\` | ${methods.join(', ')} |`);
    }
    expect(text.match(/^\| v\d \| `/gm)).toHaveLength(v1.length + v2.length + v3.length);
  });

  it.each(pages)('lead to files that are there: $path', ({ text }) => {
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !existsSync(resolve('docs', link)))).toEqual([]);
  });

  it('speak of problems and codes of GraphQL that there are', () => {
    const problems = english.match(/\b[A-Z]\w+Problem\b/g)!;
    expect(problems.filter((name) => !isObjectType(schema.getType(name)))).toEqual([]);
    const codes = [...english.matchAll(/code `(\w+)`|`errors`: (.*) \|/g)].flatMap(([, code, list]) => code ?? list!.match(/\w+/g)!);
    expect(codes.length).toBeGreaterThan(10);
    const known: readonly string[] = [...Object.values(ProblemCode), ...Object.values(ErrorCode)];
    expect(codes.filter((code) => !known.includes(code))).toEqual([]);
  });

  it('say since when older versions are deprecated as their answers do', async () => {
    for (const address of ['/tests/api/v1/first/my-test', '/partner/api/v2/result/get']) {
      const { headers } = await fetch(new URL(address, server.url));
      expect(english).toContain(`Deprecation: ${headers.get('deprecation')}`);
      expect(english).toContain(new Date(Number(headers.get('deprecation')!.slice(1)) * 1_000).toISOString().slice(0, 10));
    }
    expect((await fetch(new URL('/partner/api/v3/result/get', server.url))).headers.get('deprecation')).toBeNull();
  });

  it('have operations that are valid and, one after the other, do what they are for', async () => {
    const operations = [...english.matchAll(/```graphql\n([^]*?)```\n+```json\n([^]*?)```/g)];
    expect(operations.length).toBe(blocks(english).filter((block) => block.startsWith('```graphql')).length);
    const answers: Record<string, Json> = {};
    for (const [, query, variables] of operations) {
      expect(validate(schema, parse(query!))).toEqual([]);
      const signer = /^# Authorization: Bearer (\w+)$/m.exec(query!)?.[1];
      const { data, errors } = await server.graphql(query!, JSON.parse(filled(variables!)), signer === undefined ? null : keys[signer]!);
      expect([query, errors]).toEqual([query, undefined]);
      answers[/(?:query|mutation) (\w+)/.exec(query!)![1]!] = data;
      keys['RESULT_KEY'] ??= data.saveProgress?.resultKey;
      keys['USER_KEY'] ??= data.registerUser?.user.key;
      keys['ACCESS_TOKEN'] ??= data.issueAccessToken?.token;
    }
    expect(answers).toMatchObject({
      Test: { test: { name: 'My test', revision: 1, questions: [{ id: '1', kind: 'OPTION', name: 'Question 1' }, {}, {}] } },
      FirstQuestion: { test: { firstQuestion: { number: 1, length: 3, question: { id: '1' } } } },
      Neighbours: { test: { question: { next: { number: 3, question: { id: '3' } }, previous: { number: 1, question: { id: '1' } } } } },
      Save: { saveProgress: { __typename: 'SaveProgressSuccess' } },
      Attach: { attachResult: { __typename: 'AttachResultSuccess', licenseIssued: true } },
      Register: { registerUser: { __typename: 'RegisterUserSuccess', licenseIssued: true } },
      UserOfKey: { viewer: { user: { externalId: '43' } } },
      Report: { result: { reportAvailability: 'AVAILABLE', report: { values: [{ value: 'a', sum: 1 }, {}, {}, {}], pdf: expect.stringMatching(/\.pdf/) } } },
      Answers: { result: { answers: [{ question: { id: '1' }, values: ['a'] }, { values: ['b', 'c'] }, { values: [] }] } },
      WhoAmI: { viewer: { status: 'ACTIVE' } },
      Token: { issueAccessToken: { __typename: 'IssueAccessTokenSuccess' } },
      SaveInBrowser: { saveProgress: { __typename: 'SaveProgressSuccess', attachment: { attached: true } } },
    });
    expect(Object.keys(answers)).toHaveLength(operations.length);
  });

  it('show a request that is one', async () => {
    const [, body] = /```http\n[^]*?\n\n(.*)\n```/.exec(english)!;
    const { query, variables } = JSON.parse(body!);
    expect((await server.graphql(query, variables, keys['CLIENT_KEY'])).data).toEqual({ viewer: { name: 'Client' } });
  });
});

/** A refusal as the pages tell of it, and a request that is refused so. */
const refusals: readonly (readonly [refusal: string, request: string])[] = [
  ['400 The required "test" parameter is missing.', 'POST /partner/api/v3/progress/save'],
  ['400 Missing the required parameter "result_key".\'', 'GET /partner/api/v3/result/get'],
  ['400 The "user_id" parameter must be a string.', 'POST /partner/api/v3/result/attach?user_id[]=a'],
  ['400 The parameters are no UTF-8 text: send them in UTF-8.', 'POST /partner/api/v3/result/attach?user_id=%FF'],
  ['400 Invalid JSON provided: Syntax error', 'POST /partner/api/v3/progress/save?test=my-test&progress=[['],
  ['400 The required "progress" parameter is missing!', 'POST /partner/api/v3/progress/save?test=my-test&progress=5'],
  ['400 Unsupported "format" value: "xml".', 'GET /partner/api/v3/result/get?result_key=ATTACHED&format=xml'],
  ['400 The required "key" parameter is missing.', 'GET /tests/api/v1/result/1/'],
  ['400 Illegal format value xml. Must be json, html of pdf.', 'GET /tests/api/v1/result/1/?key=ATTACHED&format=xml'],
  ['400 Parameter q is required.', 'GET /tests/api/v1/prev/my-test/'],
  ['403 Result has no association with the user.', 'GET /partner/api/v3/result/get?result_key=UNATTACHED&format=json'],
  ['403 The client is suspended: it may read its data, but neither register users nor attach results.',
    'GET /partner/api/v2/user/register?client=SUSPENDED&user_id=new'],
  ['404 The client "x" not found.', 'POST /partner/api/v3/result/attach?client_key=x'],
  ['404 Client not found with the provided token.', 'GET /partner/api/v2/user/register?client=x'],
  ['404 Test not found with the provided "test" value: "x".', 'POST /partner/api/v3/progress/save?test=x'],
  ['404 Result "x" not found.', 'GET /partner/api/v3/answers/get?client_key=CLIENT_KEY&result_key=x'],
  ['404 Result "x" not found.', 'GET /tests/api/v1/result/1/?key=x'],
  ['404 Result not found with provided key.', 'GET /partner/api/v2/result/get?result_key=x'],
  ['404 User not found with the provided key.', 'GET /partner/api/v2/progress/save?test=my-test&user_key=ATTACHED'],
  ['404 No more questions.', 'GET /tests/api/v1/next/my-test/?q=3'],
  ['404 No more questions.', 'GET /tests/api/v1/prev/my-test/?q=1'],
  ['404 The test has no question "999".', 'GET /tests/api/v1/next/my-test/?q=999'],
  ['412 The test has no question "x". (and 1 more)',
    'POST /partner/api/v3/progress/save?test=my-test&progress=[["x",[]],["2",[]],["3",[]]]'],
  ['412 Question "1" does not offer the value "9".',
    'POST /partner/api/v3/progress/save?test=my-test&progress=[["1",["9"]],["2",[]],["3",[]]]'],
  ['412 Not matching answers count.', 'POST /tests/api/v1/save/my-test/?progress=[["1",["a"]]]'],
  ['412 Достигнут предел выданных доступов.', 'GET /partner/api/v2/user/register?client=FULL&user_id=new'],
  ['412 Достигнут предел сохранённых результатов на одного пользователя.',
    'POST /partner/api/v3/result/attach?client_key=ONE_TEST&result_key=UNATTACHED&user_id=somebody'],
  ['412 Another user is already associated with the result.',
    'POST /partner/api/v3/result/attach?client_key=CLIENT_KEY&result_key=ATTACHED&user_id=new'],
  ['412 Result is already has the other user attached.', 'GET /partner/api/v2/result/attach?result_key=ATTACHED&user_key=USER'],
];

describe('the refusals that the pages tell of', () => {
  it.each(refusals)('are so: %s for %s', async (refusal, request) => {
    const [method, address] = filled(request).split(' ');
    const response = await fetch(new URL(address!, server.url), { method: method! });
    const { error } = await response.json();
    expect(error).toEqual({ code: response.status, message: expect.any(String) });
    expect(`${error.code} ${error.message}`).toBe(refusal);
  });

  it('are all seen here', () => {
    expect([...refusalsIn(english)].sort()).toEqual([...new Set(refusals.map(([refusal]) => refusal))].sort());
  });
});

async function saved(): Promise<string> {
  const address = `/partner/api/v3/progress/save?test=my-test&progress=${PROGRESS}`;
  const response = await fetch(new URL(address, server.url), { method: 'POST' });
  return (await response.json()).result_key;
}

function filled(text: string): string {
  return text.replace(/\b[A-Z]+(?:_[A-Z]+)?\b/g, (name) => keys[name] ?? name);
}

function blocks(text: string): string[] {
  return text.match(/^```\w+\n[^]*?^```$/gm) ?? [];
}

/** Every status below 500 with the messages that follow it. */
function refusalsIn(text: string): Set<string> {
  const told = [...text.matchAll(/`4\d\d` `[^`]+`(?:,? `[^`]+`)*/g)].flatMap(([run]) => {
    let status = '';
    return run.match(/[^`]+(?=`(?:,? `|$))/g)!.flatMap((part) => {
      if (!/^4\d\d$/.test(part)) return [`${status} ${part}`];
      status = part;
      return [];
    });
  });
  return new Set(told);
}
