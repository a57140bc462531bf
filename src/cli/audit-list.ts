import type { Command } from 'commander';
import { type AuditLine, listAudit, showClient } from '../clients/index.js';
import type { Database } from '../database/index.js';
import { nodeId } from '../kernel/ids.js';
import { JSON_OPTION, LIMIT_OPTION } from './client-options.js';
import { printJson, printTable } from './output.js';
import { onDatabase } from './run.js';

export function auditList(audit: Command): void {
  audit.command('list <slug>')
    .description('list the latest changes of a client, the newest first')
    .option(...LIMIT_OPTION)
    .option(...JSON_OPTION)
    .action(async (slug: string, { limit, json }: { limit: number; json?: boolean }) => {
      const lines = await onDatabase((database) => latest(database, slug, limit));
      if (json) return printJson(lines.map((line) => ({ ...line, id: nodeId('AuditEntry', line.id) })));
      printTable([
        ['at', 'actor', 'key', 'action', 'details'],
        ...lines.map(({ at, actor, keyHint, action, details }) => [
          at.toISOString(), actor, keyHint ?? '', action, inWords(details),
        ]),
      ]);
    });
}

async function latest(database: Database, slug: string, size: number): Promise<readonly AuditLine[]> {
  const { id } = await showClient(database, slug);
  return (await listAudit(database, id, { size, backwards: false, from: null })).items;
}

/** The facts in one line, such as `licenseLimit: 5 → 7`. */
function inWords(details: AuditLine['details']): string {
  const facts = Object.entries(details).map(([name, value]) =>
    `${name}: ${isChange(value) ? `${text(value.from)} → ${text(value.to)}` : text(value)}`);
  return facts.join(', ');
}

function isChange(value: unknown): value is { readonly from: unknown; readonly to: unknown } {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
