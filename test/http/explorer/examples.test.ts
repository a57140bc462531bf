import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, Kind, type OperationDefinitionNode, parse, validate } from 'graphql';
import { createDemoClient } from '../../../src/clients/index.js';
import { EXAMPLES } from '../../../src/http/explorer/examples.js';
import { type Json, startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await startTestServer();
  key = (await createDemoClient(server.app.services.database))!;
});
afterAll(() => server.close());

const document = parse(EXAMPLES);
const operations = document.definitions.filter((definition): definition is OperationDefinitionNode =>
  definition.kind === Kind.OPERATION_DEFINITION);

/** What is said before an operation. */
function comment(operation: OperationDefinitionNode): string {
  return EXAMPLES.slice(0, operation.loc!.start).split('\n\n').at(-1)!;
}

/** Runs an operation of the examples, the whole document beside it, as the explorer does. */
async function ran(operation: OperationDefinitionNode, variables: object): Promise<Json> {
  const signed = comment(operation).includes('. KEY. ') ? { authorization: `Bearer ${key}` } : {};
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signed },
    body: JSON.stringify({ query: EXAMPLES, operationName: operation.name!.value, variables }),
  });
  const { data, errors } = await response.json();
  expect(errors).toBeUndefined();
  return data;
}

describe('the examples of the explorer', () => {
  it('fit the schema', async () => {
    expect(validate(buildSchema(await readFile('schema.graphql', 'utf8')), document)).toEqual([]);
  });

  it('are numbered, and say each what it does', () => {
    const numbers = operations.map((operation) => /^# (\d+)\. (?:KEY\. )?[A-Z]\w+ /.exec(comment(operation))?.[1]);
    expect(numbers).toEqual(operations.map((_, index) => String(index + 1)));
  });

  it('run one after another with the key of a new client where they ask for one, and with the result key of their own save', async () => {
    const data: Record<string, Json> = {};
    for (const operation of operations) {
      const resultKey = data['SaveAnswers']?.saveProgress.resultKey;
      data[operation.name!.value] = await ran(operation, resultKey ? { resultKey } : {});
    }
    const outcomes = Object.values(data).map((told) => Object.values<Json>(told)[0].__typename).filter(Boolean);
    expect(outcomes).toEqual([
      'SaveProgressSuccess', 'AttachmentCheckSuccess', 'AttachResultSuccess', 'IssueAccessTokenSuccess', 'CreateInvoiceSuccess',
    ]);
    expect(data['ShowTest'].test.questions).toHaveLength(16);
    expect(data['ReadReport'].result).toMatchObject({ reportAvailability: 'AVAILABLE', report: { pdf: expect.stringContaining('.pdf') } });
    expect(data['Dashboard'].viewer).toMatchObject({ licenseUsage: { issued: 1 }, users: { nodes: [{ externalId: 'anna@example.com' }] } });
  });
});
