import type { World } from './world.js';

const AT_ONCE = 24;
const v3 = '/partner/api/v3';
const progress = [['11', ['1']], ['3', ['2']], ['7', ['0']]];

const many = <T>(work: (place: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: AT_ONCE }, (_, place) => work(place)));

/** What two clients are answered who do the same again and again without waiting: what servers would do together. */
export async function atOnce(world: World): Promise<unknown> {
  const clients = [world.of('camp'), world.of('closed')];
  const keyAt = (place: number): string => clients[place % clients.length]!;
  const saved = await many(() => world.rest(`POST ${v3}/progress/save`, { json: { test: 'paid', progress } }));
  const keys = saved.map(({ json }) => json.result_key as string);
  const attach = (place: number) =>
    world.rest(`POST ${v3}/result/attach`, { json: { client_key: keyAt(place), result_key: keys[place], user_id: `person ${place % 6}` } });
  const attached = await many(attach);
  const again = await many(attach);
  const read = await many((place) => world.graphql(RESULT, { key: keys[place] }));
  const registered = await many((place) => world.rest('POST /partner/api/v2/user/register', { json: { client: keyAt(place), user_id: `new ${place}` } }));
  return [saved, attached, again, registered].map((answers) => answers.map(({ status }) => status as number)).concat(read);
}

const RESULT = 'query ($key: UUID!) { result(key: $key) { reportAvailability report { __typename } } }';
