import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rebuildLicenseUsage } from '../../src/clients/index.js';
import { statementsOf } from '../setup/count-statements.js';
import { issueLicenses } from '../setup/issue-licenses.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const DAY_MS = 86_400_000;
const FIELDS = 'issued limit overdraft remaining issuedInPeriod exhaustedAt series { start issued }';

async function usage(client: TestClient, args = '', fields = FIELDS): Promise<Json> {
  const { data, errors } = await client.graphql(`{ viewer { licenseUsage${args} { ${fields} } } }`);
  expect(errors).toBeUndefined();
  return data.viewer.licenseUsage;
}

/** A client in Kathmandu with a history of two licenses. */
async function clientWithHistory(): Promise<TestClient> {
  const client = await server.client({ payment: 'postpaid', timeZone: 'Asia/Kathmandu' });
  await issueLicenses(server, client.id, [new Date('2026-01-31T18:14:59Z'), new Date('2026-01-31T18:15:00Z')]);
  await rebuildLicenseUsage(server.app.services.database, client.slug);
  return client;
}

describe('Client.licenseUsage', () => {
  it('counts the licenses of a period by month unless another interval is named', async () => {
    const client = await clientWithHistory();
    const months = { issuedInPeriod: 2, series: [{ start: '2025-12-31T18:15:00.000Z', issued: 1 }, { start: '2026-01-31T18:15:00.000Z', issued: 1 }] };
    const period = 'period: { from: "2026-01-31", to: "2026-02-01" }';
    const fields = 'issuedInPeriod series { start issued }';
    for (const args of [`(${period})`, `(${period}, interval: MONTH)`, `(${period}, interval: null)`]) {
      expect(await usage(client, args, fields)).toEqual(months);
    }
    expect((await usage(client, `(${period}, interval: WEEK)`, fields)).series).toEqual([{ start: '2026-01-25T18:15:00.000Z', issued: 2 }]);
    expect((await usage(client, `(${period}, interval: DAY)`, fields)).series)
      .toEqual([{ start: '2026-01-30T18:15:00.000Z', issued: 1 }, { start: '2026-01-31T18:15:00.000Z', issued: 1 }]);
  });

  it('covers twelve months, this one the last, when no period is named', async () => {
    const client = await server.client();
    await client.register('person');
    const { series, issuedInPeriod } = await usage(client);
    expect([series.length, series.at(-1).issued, issuedInPeriod]).toEqual([12, 1, 1]);
    expect(await usage(client, '(period: null)', 'series { start }')).toEqual({ series: series.map(({ start }: Json) => ({ start })) });
  });

  it('forecasts when the limit is reached, leaving the overdraft out', async () => {
    const client = await server.client({ licenseLimit: 3, overdraft: 5 });
    expect((await usage(client)).exhaustedAt).toBeNull();
    await client.register('first');
    const { createdAt } = (await server.sql<{ createdAt: Date }>('select created_at as "createdAt" from client where id = $1', [client.id]))[0]!;
    // Ten days at one license in ten days; the day of the registration counts, and the day may turn meanwhile.
    await server.sql('update client set created_at = $2 where id = $1', [client.id, new Date(createdAt.getTime() - 9 * DAY_MS)]);
    const ahead = (Date.parse((await usage(client)).exhaustedAt) - Date.now()) / DAY_MS;
    expect(ahead).toBeGreaterThan(19.9);
    expect(ahead).toBeLessThan(22.1);
    for (const name of ['second', 'third', 'fourth']) await client.register(name);
    const asked = Date.now();
    const { exhaustedAt, remaining } = await usage(client);
    expect(remaining).toBe(-1);
    expect(Date.parse(exhaustedAt)).toBeGreaterThanOrEqual(asked);
    expect(Date.parse(exhaustedAt)).toBeLessThanOrEqual(Date.now());
  });

  it('has neither a forecast nor a limit for a postpaid client, but counts', async () => {
    const client = await server.client({ payment: 'postpaid' });
    await client.register('person');
    expect(await usage(client)).toMatchObject({ issued: 1, limit: null, remaining: null, issuedInPeriod: 1, exhaustedAt: null });
  });

  it("tells nothing of another client's licenses", async () => {
    await clientWithHistory();
    const stranger = await server.client({ timeZone: 'Asia/Kathmandu' });
    expect(await usage(stranger, '(period: { from: "2026-01-01", to: "2026-02-28" })', 'issuedInPeriod')).toEqual({ issuedInPeriod: 0 });
  });

  it('takes one statement for all periods of a request, and none for what the client knows of itself', async () => {
    const client = await clientWithHistory();
    const fields = 'issuedInPeriod exhaustedAt series { issued }';
    const one = await statementsOf(() => usage(client, '', FIELDS));
    expect(one).toEqual(['clients-by-key', 'license-usage']);
    const three = await statementsOf(() => client.graphql(`{ viewer { a: licenseUsage { ${fields} }
      b: licenseUsage(interval: DAY) { ${fields} } c: licenseUsage(period: { from: "2026-01-01", to: "2026-01-31" }) { ${fields} } } }`));
    expect(three).toEqual(one);
    expect(await statementsOf(() => usage(client, '', 'issued limit overdraft remaining'))).toEqual(['clients-by-key']);
  });

  it.each([
    ['is reversed', 'BAD_USER_INPUT', '{ from: "2026-02-01", to: "2026-01-31" }', 'The period is reversed: it begins on 2026-02-01 and ends on 2026-01-31.'],
    ['has 401 days', 'BAD_USER_INPUT', '{ from: "2025-01-01", to: "2026-02-05" }', 'The period has 401 days; at most 400 are allowed.'],
    ['begins before all calendars', 'BAD_USER_INPUT', '{ from: "1999-12-31", to: "2000-01-01" }', '"1999-12-31" is no day from 2000-01-01 to 2200-12-31.'],
    ['begins on a day that does not exist', 'GRAPHQL_VALIDATION_FAILED', '{ from: "2026-02-30", to: "2026-03-01" }', 'not a valid LocalDate: 2026-02-30'],
    ['begins at no day', 'GRAPHQL_VALIDATION_FAILED', '{ from: "yesterday", to: "2026-03-01" }', 'not a valid LocalDate: yesterday'],
    ['has no end', 'GRAPHQL_VALIDATION_FAILED', '{ from: "2026-01-01" }', '"PeriodInput.to" of required type "LocalDate!" was not provided'],
  ])('refuses a period that %s: %s, and as a variable BAD_USER_INPUT', async (_, code, period, told) => {
    const client = await server.client();
    const literal = await client.graphql(`{ viewer { licenseUsage(period: ${period}) { issuedInPeriod } } }`);
    expect(literal.errors).toMatchObject([{ message: expect.stringContaining(told), extensions: { code } }]);
    const query = 'query ($period: PeriodInput) { viewer { licenseUsage(period: $period) { issuedInPeriod } } }';
    const variable = await client.graphql(query, { period: JSON.parse(period.replace(/(\w+):/g, '"$1":')) });
    expect(variable.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(variable.data ?? null).toBeNull();
  });

  it('has 400 points of 400 days, the longest period', async () => {
    const client = await server.client();
    const { series } = await usage(client, '(period: { from: "2025-01-01", to: "2026-02-04" }, interval: DAY)');
    expect(series).toHaveLength(400);
  });
});

describe('the usage right after', () => {
  const success = `licenseUsage { ${FIELDS} }`;
  const call = (client: TestClient, fields: string) => client.graphql(`mutation { ${fields} }`);

  it.each([
    ['registering', (name: string) => `registerUser(input: { userId: "${name}" }) { ... on RegisterUserSuccess { ${success} } }`],
    ['attaching', (name: string, key: string) => `attachResult(input: { userId: "${name}", resultKey: "${key}" }) { ... on AttachResultSuccess { ${success} } }`],
  ])('%s a user counts the new license, each mutation of a request its own', async (_, mutation) => {
    const client = await server.client({ licenseLimit: 2 });
    const [first, second] = [await server.save(), await server.save()];
    const { data } = await call(client, `a: ${mutation('first', first)} b: ${mutation('second', second)}`);
    for (const [answer, issued] of [[data.a, 1], [data.b, 2]]) {
      const { series, exhaustedAt, ...rest } = answer.licenseUsage;
      expect(rest).toEqual({ issued, limit: 2, overdraft: 0, remaining: 2 - issued, issuedInPeriod: issued });
      expect([series.length, series.at(-1).issued]).toEqual([12, issued]);
      expect(Date.parse(exhaustedAt)).not.toBeNaN();
    }
  });

  it('a refusal counts nothing', async () => {
    const client = await server.client({ licenseLimit: 0 });
    await client.register('person');
    expect(await usage(client, '', 'issued issuedInPeriod')).toEqual({ issued: 0, issuedInPeriod: 0 });
  });
});
