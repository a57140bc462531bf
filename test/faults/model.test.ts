import { describe, expect, it } from '@jest/globals';
import type { Json } from '../setup/test-server.js';
import type { Call, Wish } from './load/history.js';
import { contradiction } from './model/linearize.js';
import { type Holdings, type OfClient, Specification } from './model/specification.js';

const SUBJECT = { overdraft: 0, resultsPerUser: 1 };

function holdings({ limit = 2, issued = 0, users = {}, orders = {}, paid = [] }: {
  limit?: number; issued?: number; users?: Record<string, readonly string[]>; orders?: Record<string, { number: string; licenses: number }>;
  paid?: readonly string[];
} = {}): Holdings {
  return {
    limit, issued,
    users: new Map(Object.entries(users).map(([user, results]) => [user, new Set(results)])),
    owners: new Map(Object.entries(users).flatMap(([user, results]) => results.map((result) => [result, user] as const))),
    orders: new Map(Object.entries(orders)),
    paid: new Set(paid),
  };
}

const register = (userId: string): Wish => ({ kind: 'register', client: 'c', userId });
const attach = (resultKey: string, userId: string): Wish => ({ kind: 'attach', client: 'c', resultKey, userId });
const order = (idempotencyKey: string): Wish => ({ kind: 'order', client: 'c', idempotencyKey, licenses: 3 });
const pay = (number: string): Wish => ({ kind: 'pay', client: 'c', number });

const granted = (of: 'RegisterUser' | 'AttachResult', issued: number, licenseIssued = true, replayed = false, limit = 2): Json =>
  ({ __typename: `${of}Success`, licenseIssued, replayed, licenseUsage: { issued, limit } });
const full: Json = { __typename: 'LicenseLimitReachedProblem', limit: 2, overdraft: 0, issued: 2 };

/** A call that was answered at its first attempt, within its times. */
function answered(wish: Wish, answer: Json, begun: number, ended: number): Call {
  return { wish, attempts: [{ begun, ended, answer }] };
}

/** A call of which only the last attempt was answered. */
function repeated(wish: Wish, answer: Json, begun: number, ended: number): Call {
  const between = (begun + ended) / 2;
  return { wish, attempts: [{ begun, ended: between, answer: null }, { begun: between, ended, answer }] };
}

const found = (calls: readonly Call[], stored: Holdings, before = holdings()): string | null =>
  contradiction(calls, new Specification(SUBJECT, before), stored);

describe('what was answered agrees with the specification', () => {
  it('one after another', () => {
    const calls = [
      answered(register('a'), granted('RegisterUser', 1), 0, 1),
      answered(attach('r', 'a'), granted('AttachResult', 1, false), 2, 3),
      answered(register('b'), granted('RegisterUser', 2), 4, 5),
      answered(register('c'), full, 6, 7),
    ];
    expect(found(calls, holdings({ issued: 2, users: { a: ['r'], b: [] } }))).toBeNull();
  });

  it('in another order than that of the answers, when they were asked for at the same time', () => {
    const calls = [
      answered(register('a'), granted('RegisterUser', 2), 0, 10),
      answered(register('b'), granted('RegisterUser', 1), 0, 20),
    ];
    expect(found(calls, holdings({ issued: 2, users: { a: [], b: [] } }))).toBeNull();
  });

  it('where the first attempt was made, and only the second one answered', () => {
    const calls = [repeated(register('a'), granted('RegisterUser', 1, false, true), 0, 10)];
    expect(found(calls, holdings({ issued: 1, users: { a: [] } }))).toBeNull();
  });

  it('where the first attempt was never made', () => {
    const calls = [repeated(register('a'), granted('RegisterUser', 1), 0, 10)];
    expect(found(calls, holdings({ issued: 1, users: { a: [] } }))).toBeNull();
  });

  it('where an attempt was made after the call had been refused', () => {
    const before = holdings({ limit: 2, issued: 2, users: { x: [], y: [] }, orders: { k: { number: '1', licenses: 3 } } });
    const calls = [
      repeated(register('a'), full, 0, 10),
      answered(pay('1'), { replayed: false, licenseLimit: { from: 2, to: 5 } }, 20, 30),
    ];
    const stored = holdings({ limit: 5, issued: 3, users: { x: [], y: [], a: [] }, orders: { k: { number: '1', licenses: 3 } }, paid: ['1'] });
    expect(found(calls, stored, before)).toBeNull();
  });

  it('of invoices that are ordered and paid twice', () => {
    const invoice = { number: '7', licenses: 3 };
    const calls = [
      repeated(order('k'), { __typename: 'CreateInvoiceSuccess', replayed: true, invoice }, 0, 10),
      answered(pay('7'), { replayed: false, licenseLimit: { from: 2, to: 5 } }, 11, 20),
      answered(pay('7'), { replayed: true, licenseLimit: null }, 11, 30),
    ];
    expect(found(calls, holdings({ limit: 5, orders: { k: invoice }, paid: ['7'] }))).toBeNull();
  });
});

describe('what contradicts it is found', () => {
  it.each<[string, readonly Call[], Holdings]>([
    ['a registration that was lost', [answered(register('a'), granted('RegisterUser', 1), 0, 1)], holdings()],
    ['a registration that nobody asked for', [], holdings({ issued: 1, users: { a: [] } })],
    ['a license that was counted twice', [answered(register('a'), granted('RegisterUser', 1), 0, 1)], holdings({ issued: 2, users: { a: [] } })],
    ['a result that another user has', [answered(attach('r', 'a'), granted('AttachResult', 1), 0, 1)], holdings({ issued: 1, users: { b: ['r'] } })],
    ['a result too many of a user', [
      answered(attach('r', 'a'), granted('AttachResult', 1), 0, 1),
      answered(attach('s', 'a'), granted('AttachResult', 1, false), 2, 3),
    ], holdings({ issued: 1, users: { a: ['r', 's'] } })],
    ['a license beyond the limit', [
      answered(register('a'), granted('RegisterUser', 1), 0, 1), answered(register('b'), granted('RegisterUser', 2), 2, 3),
      answered(register('c'), granted('RegisterUser', 3), 4, 5),
    ], holdings({ issued: 3, users: { a: [], b: [], c: [] } })],
    ['a user who is new twice', [
      answered(register('a'), granted('RegisterUser', 1), 0, 1), answered(register('a'), granted('RegisterUser', 2), 2, 3),
    ], holdings({ issued: 2, users: { a: [] } })],
    ['a refusal while there was room', [answered(register('a'), full, 0, 1)], holdings()],
    ['an order of answers that cannot be', [
      answered(register('a'), granted('RegisterUser', 2), 0, 1), answered(register('b'), granted('RegisterUser', 1), 2, 3),
    ], holdings({ issued: 2, users: { a: [], b: [] } })],
    ['an invoice that was paid twice', [
      answered(order('k'), { __typename: 'CreateInvoiceSuccess', replayed: false, invoice: { number: '7', licenses: 3 } }, 0, 1),
      answered(pay('7'), { replayed: false, licenseLimit: { from: 2, to: 5 } }, 2, 3),
      answered(pay('7'), { replayed: false, licenseLimit: { from: 5, to: 8 } }, 4, 5),
    ], holdings({ limit: 8, orders: { k: { number: '7', licenses: 3 } }, paid: ['7'] })],
  ])('%s', (_, calls, stored) => {
    expect(found(calls, stored)).toMatch(/^After \d+ of \d+: /);
  });

  it('also where much can have been done in any order', () => {
    const keys = Array.from({ length: 12 }, (_, index) => `k${index}`);
    const invoice = { number: '7', licenses: 3 };
    const calls = keys.map((key, index) => answered(order(key), { __typename: 'CreateInvoiceSuccess', replayed: false, invoice }, 0, 10 + index));
    const stored = (some: readonly string[]) => holdings({ orders: Object.fromEntries(some.map((key) => [key, invoice])) });
    expect(found(calls, stored(keys))).toBeNull();
    expect(found(calls, stored(keys.slice(1)))).toMatch(/^After 12 of 12: /);
  });

  it('and the specification is as it was before', () => {
    const specification = new Specification(SUBJECT, holdings());
    const wishes: OfClient[] = [register('a'), attach('r', 'b'), order('k')] as OfClient[];
    for (const step of wishes.map((wish) => specification.do(wish, '7')).reverse()) step.undo();
    expect(specification.holdings).toEqual(holdings());
  });
});
