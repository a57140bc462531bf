import type { Client } from '../clients/index.js';
import { nodeId } from '../kernel/ids.js';
import { roublesOf } from '../kernel/money.js';
import { presetOf } from '../licensing/index.js';
import { printJson, printTable } from './output.js';

/** What commands tell of a client. */
export function clientView(client: Client) {
  const { slug, name, status, paymentPolicy, licenseLimit, overdraft, licensesIssued, createdAt } = client;
  const { timeZone, licensePrice, buyer, origins } = client;
  const { maxTests, maxBonusTests, maxResultsPerTest } = client;
  return {
    id: nodeId('Client', client.id),
    slug, name, status, paymentPolicy, licenseLimit, overdraft, licensesIssued,
    licensesRemaining: licenseLimit === null ? null : licenseLimit - licensesIssued,
    licensePolicy: { preset: presetOf(client), maxTests, maxBonusTests, maxResultsPerTest },
    timeZone, licensePrice: licensePrice === null ? null : roublesOf(licensePrice), buyer, origins,
    createdAt,
  };
}

export function printClient(client: Client, json: boolean | undefined): void {
  const view = clientView(client);
  if (json) return printJson(view);
  const { licensePolicy, licensePrice, buyer, origins, ...rest } = view;
  const rows = Object.entries({ ...rest, licensePolicy: licensePolicy.preset, ...limits(licensePolicy) });
  const billing = Object.entries({ licensePrice: licensePrice ?? 'not agreed', buyer: buyer ? Object.values(buyer).filter(Boolean).join(', ') : 'not known' });
  printTable([
    ...rows.map(([name, value]) => [name, text(value)]), ...billing, ['origins', origins.join(', ') || 'none'],
  ]);
}

function limits({ maxTests, maxBonusTests, maxResultsPerTest }: ReturnType<typeof clientView>['licensePolicy']) {
  return { maxTests, maxBonusTests, maxResultsPerTest };
}

function text(value: string | number | Date | null): string {
  if (value === null) return 'no limit';
  return value instanceof Date ? value.toISOString() : String(value);
}
