import { randomUUID } from 'node:crypto';
import { dayIn } from '../../../../src/kernel/period.js';
import { mutation, partOf, query } from './calls.js';
import { read } from './saving-steps.js';
import { invoice, key, ownResult, user, viewer } from './selections.js';
import type { Step } from './world.js';

const idempotencyKey = { order: randomUUID(), period: randomUUID() };
const today = dayIn('Europe/Moscow', new Date());
const month = { from: `${today.slice(0, 8)}01`, to: today };

const firstUse = (client: string): Step => ({ operation: 'the first use of a key', call: (world) => world.graphql('{ viewer { slug } }', {}, client) });
const view = (client: string): Step => query('viewer', `{ viewer { ${viewer} } }`, client);
const node = (name: string, selection: string, type: string): Step =>
  query('node', `query ($id: ID!) { node(id: $id) { __typename id ... on ${type} { ${selection} } } }`, 'school', (world) => ({ id: world.of(name) }));

/** Clients try what they have, and what others have. */
export const readingSteps: readonly Step[] = [
  ...['school', 'camp', 'poor'].map(firstUse),
  query('tests', '{ tests(first: 100) { totalCount nodes { id slug revision questions { id } } } }', null),
  query('test', '{ test(slug: "paid") { id name questions { id name options { value } } } }', null),
  view('school'),
  view('camp'),
];

export const invoiceSteps: readonly Step[] = [
  ...[1, 2].map(() => mutation('createInvoice', () => ({ licenses: 5, idempotencyKey: idempotencyKey.order }), {
    by: 'school', learns: { invoice: 'invoice.id' },
  })),
  mutation('createInvoice', () => ({ licenses: 7 }), { by: 'school', learns: { number: 'invoice.number', document: 'invoice.url' } }),
  ...[1, 2].map(() => mutation('createInvoice', () => ({ period: month, idempotencyKey: idempotencyKey.period }), {
    by: 'camp', learns: { 'period number': 'invoice.number' },
  })),
  ...[1, 2].map(() => mutation('cancelInvoice', (world) => ({ invoiceId: world.of('invoice') }), { by: 'school' })),
  { operation: 'GET /invoices/…', call: (world) => world.rest(`GET ${new URL(world.of('document')).pathname}`) },
];

const NODES = { 'client id': 'id', 'audit id': 'auditLog.nodes.0.id', 'key id': 'keys.0.id', 'result id': 'results.nodes.0.id' };

/** Everything has its own id. */
export const nodeSteps: readonly Step[] = [
  {
    operation: 'Query.viewer',
    async call(world) {
      const data = await world.graphql('{ viewer { id auditLog(first: 1) { nodes { id } } keys { id } results(first: 1) { nodes { id } } } }', {}, 'school');
      for (const [name, path] of Object.entries(NODES)) world.learn(name, partOf(data, `viewer.${path}`));
      return data;
    },
  },
  node('client id', 'slug', 'Client'),
  node('audit id', 'action', 'AuditEntry'),
  node('key id', key, 'ClientKey'),
  node('user id', user, 'User'),
  node('invoice', invoice, 'Invoice'),
  node('result id', ownResult, 'Result'),
  view('school'),
  view('camp'),
];

export const keySteps: readonly Step[] = [
  mutation('rotateClientKey', () => ({ graceSeconds: 3600 }), { by: 'school', learns: { 'new key': 'key', 'old key id': 'replaced.id' } }),
  firstUse('new key'),
  mutation('revokeClientKey', (world) => ({ keyId: world.of('old key id') }), { by: 'new key' }),
  mutation('revokeClientKey', (world) => ({ keyId: world.of('old key id') }), { by: 'new key' }),
];

export const erasingSteps: readonly Step[] = [
  mutation('eraseUser', (world) => ({ key: world.of('pupil-1') }), { by: 'new key' }),
  mutation('eraseUser', () => ({ userId: 'pupil-3' }), { by: 'new key' }),
  mutation('eraseUser', () => ({ userId: 'new' }), { by: 'poor' }),
  mutation('eraseUser', () => ({ userId: 'nobody' }), { by: 'new key' }),
  read('result-1'),
  view('new key'),
];
