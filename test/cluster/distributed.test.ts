import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, type GraphQLObjectType } from 'graphql';
import { cleanUp, startServer } from '../setup/processes.js';
import { endPrograms } from './world/debian.js';
import { documentedPlaces, type Place } from './world/documented.js';
import { startMachines } from './world/machines.js';
import { clientsIn, placesOf } from './world/places.js';
import { PostgresServer } from './world/postgres.js';
import { Router } from './world/router/router.js';
import { countRows, differingTables, strayRows, wrongCounters } from './world/rows.js';
import { atOnce } from './world/scenario/at-once.js';
import { servedSteps, unservedSteps } from './world/scenario/index.js';
import type { Step } from './world/scenario/world.js';
import { Side } from './world/side.js';

/** More than two, so that what goes to two of them is not what goes to all. */
const MACHINES = 3;

const documented = documentedPlaces();
const gone = new Map<string, Set<Place>>();

let plain: PostgresServer;
/** A database of several machines, and another one that is filled from a backup. */
let [spread, restored]: { readonly machines: PostgresServer[]; readonly router: Router }[] = [];
let sides: readonly [spread: Side, plain: Side];

beforeAll(async () => {
  [spread, restored] = await Promise.all([startSpread(), startSpread()]);
  plain = await PostgresServer.create();
  const empty = await PostgresServer.create();
  sides = [await Side.start(spread.router.url, spread.machines, restored.router.url), await Side.start(plain.url, [plain], empty.url)];
});
afterAll(async () => {
  await cleanUp();
  spread!.router.close();
  restored!.router.close();
  await endPrograms();
});

async function startSpread(): Promise<{ readonly machines: PostgresServer[]; readonly router: Router }> {
  const machines = await startMachines(MACHINES);
  return { machines, router: await Router.start(machines) };
}

describe('the table of operations', () => {
  const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
  const { paths } = JSON.parse(readFileSync('docs/rest.openapi.json', 'utf8')) as { readonly paths: object };
  const fieldsOf = (type: string): string[] => Object.keys((schema.getType(type) as GraphQLObjectType).getFields()).map((field) => `${type}.${field}`);

  it.each([
    ['queries', fieldsOf('Query')],
    ['mutations', fieldsOf('Mutation')],
    ['endpoints of REST', Object.keys(paths)],
  ])('knows all %s', (_, operations) => {
    expect([...documented.keys()]).toEqual(expect.arrayContaining(operations));
  });

  it('knows all jobs', async () => {
    const { printed } = await sides[0].world.command('jobs', 'list', '--json');
    expect([...documented.keys()]).toEqual(expect.arrayContaining(printed.map(({ name }: { name: string }) => `jobs run ${name}`)));
  });

  it('names what is tried here, and nothing else', () => {
    const tried = new Set([...servedSteps, ...unservedSteps].map(({ operation }) => operation));
    expect([...documented.keys()].sort()).toEqual([...tried].sort());
  });
});

describe('a database of three machines', () => {
  it.each(numbered(servedSteps))('answers as one does: %s', play);

  it('answers as one does what is asked at once', async () => {
    const [answers, expected] = await Promise.all(sides.map(({ world }) => atOnce(world)));
    expect(spread!.router.refused).toEqual([]);
    expect(answers).toEqual(expected);
  });
});

describe('a database of three machines that no server uses', () => {
  beforeAll(() => Promise.all(sides.map((side) => side.endServer())));

  it.each(numbered(unservedSteps))('answers as one does: %s', play);
});

describe('after all that a database of three machines', () => {
  it('went where the table says', () => {
    expect(sorted(gone)).toEqual(sorted(documented));
  });

  it.each([
    ['by what was done', () => spread!],
    ['by a backup', () => restored!],
  ])('has the rows of one machine, each where it belongs, %s', async (_, database) => {
    const { machines, router } = database();
    expect(await countRows(machines)).toEqual(await countRows([plain]));
    expect(await strayRows(machines, router.homes)).toEqual([]);
    expect(await differingTables(machines)).toEqual([]);
    expect(await wrongCounters(machines)).toEqual([]);
  });

  it('counts budgets on the coordinator', async () => {
    const { machines, router } = spread!;
    const { url } = await startServer({ ...sides[0].world.environment, RATE_LIMIT_ADDRESS: '1000', RATE_LIMIT_STORE: 'postgres' });
    router.record.length = 0;
    expect((await fetch(new URL('/tests/api/v1/info/paid/', url))).status).toBe(200);
    expect(placesOf(router.record)).toEqual(new Set(['the coordinator']));
    const counted = await Promise.all(machines.map((machine) => machine.sql('select from rate_limit')));
    expect(counted.map(({ length }) => length)).toEqual([1, 0, 0]);
  });
});

/** Plays a step on both sides, and looks where it went. */
async function play(_: string, step: Step): Promise<void> {
  const routers = [spread!.router, restored!.router];
  for (const { record, refused } of routers) record.length = refused.length = 0;
  const [answer, expected] = await Promise.all(sides.map((side) => side.play(step)));
  expect(routers.flatMap(({ refused }) => refused)).toEqual([]);
  expect(answer).toEqual(expected);
  const record = routers.flatMap((router) => router.record);
  const places = placesOf(record);
  // A call may go to fewer places than others of its operation.
  expect([...documented.get(step.operation) ?? []]).toEqual(expect.arrayContaining([...places]));
  if (!places.has('all machines')) expect(clientsIn(record)).toBeLessThanOrEqual(1);
  gone.set(step.operation, new Set([...gone.get(step.operation) ?? [], ...places]));
}

function numbered(steps: readonly Step[]): [title: string, step: Step][] {
  return steps.map((step, place) => [`${place + 1}. ${step.operation}`, step]);
}

function sorted(places: ReadonlyMap<string, ReadonlySet<Place>>): Record<string, Place[]> {
  return Object.fromEntries([...places].map(([operation, all]) => [operation, [...all].sort()]));
}
