import { isDeepStrictEqual } from 'node:util';
import { advisoryLock, type Database, type Sql, sqlWithin, statement } from '../database/index.js';
import { newId } from '../kernel/ids.js';
import { InputError } from '../kernel/input-error.js';
import { hashSecret, newClientKey } from '../kernel/secrets.js';
import { licensePolicies, lockClient, PaymentPolicy, rebuildUsage } from '../licensing/index.js';
import { AuditAction, AuditEntry } from './audit/audit-entry.js';
import { type Actor, auditLine, OPERATOR } from './audit/record-audit.js';
import { Client, ClientStatus } from './client.js';
import {
  billingTerms, type ClientChangeInput, licenseTerms, type NewClientInput, parseClientChange, parseNewClient, paymentTerms,
} from './client-input.js';
import { ClientKey, keyHint } from './keys/client-key.js';
import { checkTimeZone } from './time-zone.js';

/** Where the days of a client begin whose time zone nobody named. */
const TIME_ZONE = 'Europe/Moscow';

const lockClients = statement<never>('clients-lock', `select pg_advisory_xact_lock(${advisoryLock.clients})`);
const bySlug = statement<{ id: string }>('client-by-slug', 'select id from client where slug = $1');
const byKey = statement<{ id: string }>('client-key-by-hash', 'select id from client_key where hash = $1');

/** Registers a client by hand, with its first key. The key is shown here and never again. */
export async function createClient(
  database: Database, input: NewClientInput, actor: Actor = OPERATOR,
): Promise<{ client: Client; key: string }> {
  const wanted = parseNewClient(input);
  if (wanted.timeZone !== undefined) await checkTimeZone(database, wanted.timeZone);
  const key = wanted.key ?? newClientKey();
  const client = await database.unitOfWork(async (em) => {
    await refuseTaken(sqlWithin(em), wanted.slug, key);
    const made = em.create(Client, {
      id: newId(),
      slug: wanted.slug,
      name: wanted.name,
      status: ClientStatus.ACTIVE,
      ...paymentTerms(wanted, { paymentPolicy: PaymentPolicy.PREPAID, licenseLimit: null, overdraft: 0 }),
      ...licenseTerms(wanted, licensePolicies.ONE_TEST),
      ...billingTerms(wanted, { timeZone: TIME_ZONE, licensePrice: null, buyer: null }),
      origins: wanted.origins ?? [],
      licensesIssued: 0,
      createdAt: new Date(),
    });
    const { id: clientId, createdAt } = made;
    em.create(ClientKey, { client: made, id: newId(), hash: hashSecret(key), hint: keyHint(key), createdAt, lastUsedAt: null, expiresAt: null });
    em.create(AuditEntry, auditLine({
      clientId, at: createdAt, actor, action: AuditAction.CLIENT_CREATED, details: { ...termsOf(made), key: keyHint(key) },
    }));
    return made;
  });
  return { client, key };
}

/**
 * Refuses a slug or a key that a client has, until the end of the transaction. Where the tables are spread over several machines no
 * index tells: each has one of its own.
 */
async function refuseTaken(sql: Sql, slug: string, key: string): Promise<void> {
  await sql.run(lockClients, []);
  const [named, keyed] = [await sql.run(bySlug, [slug]), await sql.run(byKey, [hashSecret(key)])];
  if (named.length > 0) throw new InputError(`There is a client "${slug}" already.`);
  if (keyed.length > 0) throw new InputError('Another client has this key: choose another one.');
}

/** Changes name, policies, price, buyer, time zone or origins. What is attached or invoiced already stays as it is. */
export async function changeClient(database: Database, slug: string, input: ClientChangeInput): Promise<Client> {
  const change = parseClientChange(input);
  if (change.timeZone !== undefined) await checkTimeZone(database, change.timeZone);
  return update(database, slug, AuditAction.CLIENT_CHANGED, (client) => {
    Object.assign(client, paymentTerms(change, client), licenseTerms(change, client), billingTerms(change, client));
    if (change.name !== undefined) client.name = change.name;
    if (change.origins !== undefined) client.origins = change.origins;
    const { licensesIssued, licenseLimit, overdraft } = client;
    if (licenseLimit !== null && licensesIssued > licenseLimit + overdraft) {
      throw new InputError(
        `${licensesIssued} licenses are issued already: limit and overdraft together must be at least ${licensesIssued}.`,
      );
    }
  });
}

/** Stops a client from issuing licenses; its data stays readable. */
export function suspendClient(database: Database, slug: string): Promise<Client> {
  return update(database, slug, AuditAction.CLIENT_SUSPENDED, (client) => void (client.status = ClientStatus.SUSPENDED));
}

/** Lets a suspended client issue licenses again. */
export function resumeClient(database: Database, slug: string): Promise<Client> {
  return update(database, slug, AuditAction.CLIENT_RESUMED, (client) => void (client.status = ClientStatus.ACTIVE));
}

/** A client by its slug. */
export async function showClient(database: Database, slug: string): Promise<Client> {
  const client = await database.em().findOne(Client, { slug });
  if (!client) throw unknownClient(slug);
  return client;
}

/** All clients by their slugs. */
export function listClients(database: Database): Promise<Client[]> {
  return database.em().find(Client, {}, { orderBy: { slug: 'asc' } });
}

/** Changes a client, and notes by whom and what if anything is different afterwards. */
async function update(
  database: Database, slug: string, action: AuditAction, change: (client: Client) => void,
): Promise<Client> {
  return database.unitOfWork(async (em) => {
    const client = await em.findOne(Client, { slug });
    if (!client) throw unknownClient(slug);
    const sql = sqlWithin(em);
    // Read anew under the lock, so that the checks see the true number of licenses.
    await lockClient(sql, client.id);
    await em.refresh(client);
    const was = termsOf(client);
    change(client);
    const details = differences(was, termsOf(client));
    if (Object.keys(details).length > 0) {
      em.create(AuditEntry, auditLine({ clientId: client.id, at: new Date(), actor: OPERATOR, action, details }));
    }
    if ('timeZone' in details) {
      await em.flush();
      // The licenses stay, but the days on which they were issued are others.
      await rebuildUsage(sql, client.id);
    }
    return client;
  });
}

type Terms = Omit<Client, 'id' | 'slug' | 'licensesIssued' | 'createdAt'>;

/** All of a client that an operator decides. */
function termsOf({ id: _, slug: __, licensesIssued: ___, createdAt: ____, ...terms }: Client): Terms {
  return terms;
}

/** What is different, with what it was and what it is. */
function differences(was: Terms, is: Terms): Record<string, { from: unknown; to: unknown }> {
  const names = (Object.keys(is) as (keyof Terms)[]).filter((name) => !isDeepStrictEqual(was[name], is[name]));
  return Object.fromEntries(names.map((name) => [name, { from: was[name], to: is[name] }]));
}

function unknownClient(slug: string): InputError {
  return new InputError(`There is no client "${slug}". "client list" shows all.`);
}
