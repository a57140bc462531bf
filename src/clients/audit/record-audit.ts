import { type Sql, statement } from '../../database/index.js';
import { newId } from '../../kernel/ids.js';
import type { Signature } from '../keys/authenticate.js';
import { ActorKind, type AuditAction } from './audit-entry.js';

/** Who changes something, as the audit log names them. */
export interface Actor {
  readonly kind: ActorKind;
  /** The end of the key that signed the request; null for any other actor. */
  readonly keyHint: string | null;
}

/** An operator of the platform at the command line. */
export const OPERATOR: Actor = { kind: ActorKind.COMMAND_LINE, keyHint: null };
/** The platform itself. */
export const PLATFORM: Actor = { kind: ActorKind.PLATFORM, keyHint: null };

/** The client whose key signed a request. */
export function actorOf({ keyHint }: Pick<Signature, 'keyHint'>): Actor {
  return { kind: ActorKind.CLIENT_KEY, keyHint };
}

/** A change that is to be remembered. */
export interface AuditRecord {
  readonly clientId: string;
  readonly at: Date;
  readonly actor: Actor;
  readonly action: AuditAction;
  /** The facts, without secrets and without anything that names a user. */
  readonly details: Readonly<Record<string, unknown>>;
}

const insert = statement<never>('audit-insert', `
  insert into audit_entry (client_id, id, at, actor, key_hint, action, details) values ($1, $2, $3, $4, $5, $6, $7)`);

/** The line of the audit log that remembers a change, as the ORM stores it beside the change itself. */
export function auditLine({ clientId, at, actor, action, details }: AuditRecord) {
  return { client: clientId, id: newId(), at, actor: actor.kind, keyHint: actor.keyHint, action, details };
}

/** Writes a line of the audit log; called within the transaction that makes the change, so that neither is without the other. */
export async function recordAudit(sql: Sql, { clientId, at, actor, action, details }: AuditRecord): Promise<void> {
  await sql.run(insert, [clientId, newId(), at, actor.kind, actor.keyHint, action, JSON.stringify(details)]);
}
