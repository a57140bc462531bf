import type { RestParameters } from '../../../setup/rest-calls.js';
import type { Step, World } from './world.js';

/** A page of the client camp. */
export const ORIGIN = 'https://camp.example';

const v1 = '/tests/api/v1';
const v2 = '/partner/api/v2';
const v3 = '/partner/api/v3';
const KEY = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/;
const progress = [['11', ['1']], ['3', ['2']], ['7', ['0']]];

/** A call of an endpoint; `{name}` in its address is taken from the parameters. */
function call(path: string, parameters: (world: World) => Record<string, unknown>, { method = 'POST', keep = '' } = {}): Step {
  return {
    operation: path,
    async call(world) {
      const given = parameters(world);
      const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(given[name]));
      const sent: RestParameters = method === 'GET' ? { query: given } : { json: given };
      const answer = await world.rest(`${method} ${address}`, sent);
      if (keep !== '') world.learn(keep, KEY.exec(JSON.stringify(answer.json))?.[0]);
      return answer;
    },
  };
}

export const restSteps: readonly Step[] = [
  call(`${v1}/info/{test}/`, () => ({ test: 'paid', questions: 'true' }), { method: 'GET' }),
  call(`${v1}/first/{test}/`, () => ({ test: 'paid' }), { method: 'GET' }),
  call(`${v1}/next/{test}/`, () => ({ test: 'paid', q: '11' }), { method: 'GET' }),
  call(`${v1}/prev/{test}/`, () => ({ test: 'paid', q: '7' }), { method: 'GET' }),
  call(`${v1}/save/{test}/`, () => ({ test: 'free', progress }), { keep: 'free' }),
  call(`${v1}/result/{number}/`, (world) => ({ number: '1', key: world.of('free'), format: 'json' }), { method: 'GET' }),
  call(`${v2}/user/register`, (world) => ({ client: world.of('school'), user_id: 'rest' }), { keep: 'rest' }),
  call(`${v2}/progress/save`, (world) => ({ test: 'free', user_key: world.of('rest'), progress }), { keep: 'rest-1' }),
  call(`${v3}/progress/save`, () => ({ test: 'paid', progress }), { keep: 'rest-2' }),
  call(`${v2}/result/attach`, (world) => ({ result_key: world.of('rest-2'), user_key: world.of('rest') })),
  call(`${v2}/result/get`, (world) => ({ result_key: world.of('rest-2'), format: 'json' })),
  call(`${v3}/progress/save`, () => ({ test: 'paid', progress }), { keep: 'rest-3' }),
  call(`${v3}/result/attach`, (world) => ({ client_key: world.of('camp'), result_key: world.of('rest-3'), user_id: 'rest' })),
  call(`${v3}/result/attach`, (world) => ({ client_key: world.of('camp'), result_key: world.of('rest-2'), user_id: 'rest' })),
  call(`${v3}/result/get`, (world) => ({ result_key: world.of('rest-3'), format: 'html' })),
  call(`${v3}/answers/get`, (world) => ({ client_key: world.of('camp'), result_key: world.of('rest-3') })),
  call(`${v3}/client/authenticate-by-token`, (world) => ({ token: world.of('camp') })),
  {
    operation: 'a preflight request',
    call: async (world) => {
      const asked = { 'origin': ORIGIN, 'access-control-request-method': 'POST' };
      const answer = await fetch(new URL(`${v3}/result/attach`, world.url), { method: 'OPTIONS', headers: asked });
      return [answer.status, answer.headers.get('access-control-allow-origin')];
    },
  },
  ...['json', 'html', 'pdf'].map((format): Step => ({
    operation: 'GET /results/…', call: (world) => world.rest(`GET /results/${world.of('rest-3')}.${format}`),
  })),
];
