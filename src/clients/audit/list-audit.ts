import { keysetList, readPage, type Sql, statement } from '../../database/index.js';
import type { Page, PageRequest } from '../../kernel/page.js';
import type { AuditEntry } from './audit-entry.js';

/** A line of the audit log as it is read. */
export type AuditLine = Pick<AuditEntry, 'id' | 'at' | 'actor' | 'keyHint' | 'action' | 'details'>;

const select = 'select id, at, actor, key_hint as "keyHint", action, details from audit_entry';
const ofClient = keysetList<AuditLine>('audit-of-client', { select, where: 'client_id = $4', time: 'at', id: 'id' });
const byId = statement<AuditLine>('audit-by-id', `${select} where client_id = $1 and id = $2`);
const count = statement<{ lines: number }>('audit-count', 'select count(*)::int as lines from audit_entry where client_id = $1');

/** A page of a client's audit log, the newest line first. */
export function listAudit(sql: Sql, clientId: string, request: PageRequest): Promise<Page<AuditLine>> {
  return readPage(sql, ofClient, [clientId], request);
}

/** How many lines a client's audit log has. */
export async function countAudit(sql: Sql, clientId: string): Promise<number> {
  const [row] = await sql.run(count, [clientId]);
  return row?.lines ?? 0;
}

/** A line of a client's audit log; null when the client has none with this id. */
export async function findAuditLine(sql: Sql, clientId: string, id: string): Promise<AuditLine | null> {
  const [line] = await sql.run(byId, [clientId, id]);
  return line ?? null;
}
