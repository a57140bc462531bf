import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createInvoice, PERIOD_LICENSES } from '../../src/billing/index.js';
import { createClient, OPERATOR } from '../../src/clients/index.js';
import { InputError } from '../../src/kernel/input-error.js';
import { billingAt, billingDetails, issueLicensesAt } from '../setup/billing.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';

// A file of its own: connections that have planned for small tables would go on as planned.
let opened: OpenDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

it('a postpaid invoice is of 100,000 licenses at most, and more are refused with what to do', async () => {
  const { client } = await createClient(opened.database, {
    name: 'Client', slug: 'large', payment: 'postpaid', licensePolicy: 'unlimited', ...billingDetails,
  });
  const at = (day: string, licenses: number) =>
    issueLicensesAt(opened.sql, client, Array.from({ length: licenses }, () => `${day}T12:00:00Z`));
  const order = (from: string, to: string) => createInvoice(billingAt(opened.database, '2026-12-01T09:00:00.000Z'), {
    clientId: client.id, licenses: null, period: { from, to }, idempotencyKey: null, actor: OPERATOR,
  });
  await at('2026-11-01', PERIOD_LICENSES);
  await at('2026-11-02', 1);
  await expect(order('2026-11-01', '2026-11-30')).rejects.toThrow(new InputError(
    'An invoice of a period is for at most 100000 licenses, and this one would be for 100001: order a shorter period.',
  ));
  expect(await order('2026-11-01', '2026-11-01')).toMatchObject({ kind: 'CREATED', invoice: { licenses: 100_000 } });
  expect(await order('2026-11-01', '2026-11-30')).toMatchObject({ kind: 'CREATED', invoice: { licenses: 1 } });
});
