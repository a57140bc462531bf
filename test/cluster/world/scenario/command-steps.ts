import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { billingDetails } from '../../../setup/billing.js';
import { newFolder, until } from '../../../setup/processes.js';
import { smallTest } from '../../../setup/small-tests.js';
import { ORIGIN } from './rest-steps.js';
import type { Step, World } from './world.js';

/** A command, called by its first words, that prints JSON. */
function command(operation: string, args: (world: World) => readonly string[]): Step {
  return { operation, call: (world) => world.command(...operation.split(' '), ...args(world), '--json') };
}

function makeClient(slug: string, ...options: readonly string[]): Step {
  return {
    operation: 'client create',
    async call(world) {
      const made = await world.command('client', 'create', '--slug', slug, '--name', `The ${slug}`, '--license-policy', 'unlimited', ...options);
      world.learn(slug, made.printed.key);
      return made;
    },
  };
}

function importTest(slug: string, paid: boolean): Step {
  return {
    operation: 'test import',
    async call(world) {
      const file = join(await newFolder(), `${slug}.json`);
      await writeFile(file, JSON.stringify(smallTest(slug, { paid })));
      const answer = await world.command('test', 'import', file, '--json');
      await until(async () => ((await world.graphql('query ($slug: String!) { test(slug: $slug) { slug } }', { slug })).test ? true : undefined));
      return answer;
    },
  };
}

const { price, buyerName, buyerInn, buyerKpp, buyerAddress } = billingDetails;
const billed = ['--price', price, '--buyer-name', buyerName, '--buyer-inn', buyerInn, '--buyer-kpp', buyerKpp, '--buyer-address', buyerAddress];

/** An operator sets up tests and clients. */
export const beginningSteps: readonly Step[] = [
  importTest('paid', true),
  importTest('free', false),
  importTest('free', false),
  makeClient('school', '--payment', 'prepaid', '--license-limit', '10', ...billed),
  makeClient('camp', '--payment', 'postpaid', '--origin', ORIGIN, ...billed),
  makeClient('poor', '--payment', 'prepaid', '--license-limit', '0'),
  makeClient('closed', '--payment', 'postpaid'),
];

/** An operator looks and changes. */
export const operatorSteps: readonly Step[] = [
  command('client show', () => ['school']),
  command('client list', () => []),
  command('client set', () => ['school', '--name', 'The new school', '--time-zone', 'Asia/Omsk']),
  command('client suspend', () => ['closed']),
  command('client resume', () => ['closed']),
  command('key create', () => ['closed']),
  command('key list', () => ['closed']),
  {
    operation: 'key revoke',
    async call(world) {
      const { printed } = await world.command('key', 'list', 'closed', '--json');
      return world.command('key', 'revoke', 'closed', printed[0].id, '--json');
    },
  },
  command('invoice list', () => []),
  command('invoice list', () => ['--client', 'camp']),
  command('invoice pay', (world) => [world.of('number')]),
  command('invoice cancel', (world) => [world.of('period number')]),
  command('audit list', () => ['school']),
  command('license-usage rebuild', () => []),
  command('license-usage rebuild', () => ['camp']),
  command('test list', () => []),
  { operation: 'test export', call: (world) => world.command('test', 'export', 'paid') },
];

/** Two clients cannot have one slug or one key, wherever they lie. */
export const repeatedSteps: readonly Step[] = [['school', null], ['another', 'camp']].map(([slug, keyOf]): Step => ({
  operation: 'client create',
  call: (world) => world.command(
    'client', 'create', '--slug', slug!, '--name', 'Another', '--license-policy', 'unlimited', '--payment', 'postpaid',
    ...(keyOf ? ['--key', world.of(keyOf)] : [])),
}));

/** Everything that jobs delete is there, and old enough. */
const AGED = [
  `update result set saved_at = saved_at - interval '200 days' where client_id is null`,
  `update access_token set expires_at = expires_at - interval '200 days', used_at = used_at - interval '200 days'`,
  `update client_key set expires_at = expires_at - interval '200 days' where expires_at is not null`,
];

export const jobSteps: readonly Step[] = ['unattached-results', 'access-tokens', 'client-keys', 'rate-limits'].map((job): Step => ({
  operation: `jobs run ${job}`,
  async call(world) {
    for (const text of AGED) await world.sql(text);
    return world.command('jobs', 'run', job, '--json');
  },
}));

export const backupSteps: readonly Step[] = [
  {
    operation: 'backup',
    async call(world) {
      const file = join(await newFolder(), 'backup');
      world.learn('backup', file);
      return world.command('backup', file, '--json');
    },
  },
  { operation: 'restore', call: (world) => world.commandOn({ DATABASE_URL: world.emptyDatabase }, 'restore', world.of('backup'), '--json') },
];
