import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { billingDetails, createInvoice } from '../setup/billing.js';
import { statementsOf } from '../setup/count-statements.js';
import { exchange } from '../setup/raw-socket.js';
import { type RawAnswer, type RawRequest, sendRaw } from '../setup/raw-request.js';
import { startTestServer, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ RATE_LIMIT_CLIENT: '1000', RATE_LIMIT_ADDRESS: '11000', TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(() => server.close());

let addresses = 0;
const newAddress = (): string => `198.51.100.${(addresses += 1)}`;

const send = (address: string, request: RawRequest): Promise<RawAnswer> =>
  sendRaw(server.url, { ...request, headers: { ...request.headers, 'x-forwarded-for': address } });
const left = ({ headers }: RawAnswer): unknown => headers['ratelimit'];
const posted = (path: string, body: object): RawRequest =>
  ({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

describe('a call of REST', () => {
  it('without a key costs the address fifty points, a hundred for a report, five hundred where it saves', async () => {
    const address = newAddress();
    const saved = posted('/tests/api/v1/save/free/', { progress: [['11', ['1']], ['3', ['2']], ['7', ['0']]] });
    const requests = [[{ path: '/tests/api/v1/info/free/' }, 10_950], [saved, 10_450], [{ path: '/partner/api/v3/result/get' }, 10_350]] as const;
    for (const [request, points] of requests) {
      const answer = await send(address, request);
      expect([left(answer), answer.headers['ratelimit-policy']])
        .toEqual([expect.stringMatching(new RegExp(`^"address";r=${points};t=\\d+$`)), '"address";q=11000;w=60']);
    }
  });

  it('costs at least a point for every twenty bytes of its body, whether the address or the client pays', async () => {
    const client = await server.client();
    const address = newAddress();
    const padding = 'x'.repeat(30_000);
    expect(left(await send(address, posted('/partner/api/v3/progress/save', { padding })))).toMatch(/^"address";r=9500;/);
    const chunked = newAddress();
    const body = JSON.stringify({ padding });
    await exchange(server.url, 'POST /partner/api/v3/progress/save HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nConnection: close\r\n' +
      `X-Forwarded-For: ${chunked}\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`);
    expect(left(await send(chunked, { path: '/tests/api/v1/info/free/?questions=true' }))).toMatch(/^"address";r=9000;/);
    const both = newAddress();
    const key = await server.save('free');
    const small = JSON.stringify({ result_key: key, format: 'html' });
    await exchange(server.url, 'POST /partner/api/v3/result/get HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nConnection: close\r\n' +
      `X-Forwarded-For: ${both}\r\nTransfer-Encoding: chunked\r\n\r\n${small.length.toString(16)}\r\n${small}\r\n0\r\n\r\n`);
    expect(left(await send(both, { path: '/tests/api/v1/info/free/' }))).toMatch(/^"address";r=10450;/);
    const refused = await send(address, posted('/partner/api/v2/user/register', { client: client.key, user_id: 'person', padding }));
    expect([refused.status, left(refused)]).toEqual([429, expect.stringMatching(/^"client";r=0;/)]);
  });

  it('of a pdf costs ten thousand and of a page five hundred, over every address of them', async () => {
    const key = await server.save('free');
    for (const path of [`/results/${key}.pdf`, `/partner/api/v3/result/get?result_key=${key}&format=pdf`, `/partner/api/v2/result/get?result_key=${key}&format=pdf`]) {
      const address = newAddress();
      expect([left(await send(address, { path })), left(await send(address, { path: `/results/${key}.html` }))])
        .toEqual([expect.stringMatching(/r=1000;/), expect.stringMatching(/r=500;/)]);
    }
    expect(left(await send(newAddress(), { path: `/partner/api/v3/result/get?result_key=${key}&format=html` }))).toMatch(/r=10500;/);
  });

  it('that nothing is left for does nothing, and is told so in the shape of its address', async () => {
    const address = newAddress();
    const info = { path: '/tests/api/v1/info/free/' };
    for (let call = 0; call < 220; call += 1) expect((await send(address, info)).status).toBe(200);
    const result = await server.save('free');
    let answers: RawAnswer[] = [];
    expect(await statementsOf(async () => {
      answers = [
        await send(address, { ...info, headers: { origin: 'https://elsewhere.example' } }),
        await send(address, { path: `/results/${result}.html` }), await send(address, { path: `/invoices/${result}.html` }),
        await send(address, posted('/partner/api/v3/progress/save', {})),
      ];
    })).toEqual([]);
    for (const answer of answers) {
      expect([answer.status, left(answer)]).toEqual([429, `"address";r=0;t=${answer.headers['retry-after']}`]);
    }
    expect(JSON.parse(answers[0]!.text)).toEqual({ error: { code: 429, message: expect.stringMatching(/^This address has spent its 11000 points/) } });
    expect(answers[0]!.headers['access-control-allow-origin']).toBe('*');
    expect(JSON.parse(answers[1]!.text).errors[0].extensions).toEqual({
      code: 'RATE_LIMITED', retryAfterSeconds: Number(answers[1]!.headers['retry-after']), requestId: answers[1]!.headers['x-request-id'],
    });
  });

  it('with a key is paid by the client, which nobody else at its address is charged for', async () => {
    const client = await server.client();
    const address = newAddress();
    const register = (): Promise<RawAnswer> => send(address, posted('/partner/api/v2/user/register', { client: client.key, user_id: 'person' }));
    for (let points = 900; points >= 0; points -= 100) expect(left(await register())).toMatch(new RegExp(`^"client";r=${points};`));
    const refused = await send(address, posted('/partner/api/v2/user/register', { client: client.key, user_id: 'late' }));
    expect([refused.status, JSON.parse(refused.text).error.code]).toEqual([429, 429]);
    expect(await server.holdings(client)).toMatchObject({ users: 1 });
    expect(left(await send(address, { path: '/tests/api/v1/info/free/' }))).toMatch(/^"address";r=10950;/);
  });

  it('is one budget with GraphQL', async () => {
    const client = await server.client();
    const { headers } = await client.graphql('{ viewer { slug } }');
    const rest = Number(/r=(\d+);/.exec(headers.get('ratelimit')!)![1]);
    const answer = await send(newAddress(), posted('/partner/api/v3/client/authenticate-by-token', { token: client.key }));
    expect(left(answer)).toMatch(new RegExp(`^"client";r=${rest - 50};`));
  });

  it.each([
    ['a wrong key', { token: 'wrong' }], ['no key', {}],
  ])('with %s is paid by the address', async (_what, body) => {
    const address = newAddress();
    await send(address, posted('/partner/api/v3/client/authenticate-by-token', body));
    expect(left(await send(address, { path: '/tests/api/v1/info/free/' }))).toMatch(/^"address";r=10900;/);
  });

  it('asked for beforehand by a browser is paid by the address where origins are looked for, and not looked at once nothing is left', async () => {
    const address = newAddress();
    const ask = (path: string): Promise<RawAnswer> => send(address, { method: 'OPTIONS', path, headers: { origin: 'https://elsewhere.example' } });
    const keyed = '/partner/api/v3/result/attach';
    expect([left(await ask('/partner/api/v3/result/get')), left(await ask(keyed))]).toEqual([undefined, expect.stringMatching(/^"address";r=10950;/)]);
    for (let call = 0; call < 219; call += 1) expect((await ask(keyed)).status).toBe(204);
    expect(await statementsOf(async () => expect(await ask(keyed)).toMatchObject({ status: 429 }))).toEqual([]);
  });

  it('asking for an invoice costs as a report does', async () => {
    const client = await server.client({ ...billingDetails });
    await createInvoice(client, { licenses: 1 });
    const [row] = await server.sql<{ key: string }>('select document_key as key from invoice where client_id = $1', [client.id]);
    const address = newAddress();
    expect(left(await send(address, { path: `/invoices/${row!.key}.html` }))).toMatch(/r=10500;/);
    expect(left(await send(address, { path: `/invoices/${row!.key}.pdf` }))).toMatch(/r=500;/);
  });
});
