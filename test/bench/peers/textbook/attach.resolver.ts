import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { GraphQLError } from 'graphql';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { v7 as uuidv7 } from 'uuid';
import { Client, ClientUser, License, LicenseUsageDay, Result, type Test } from './entities.js';
import {
  AttachResultInput, AttachResultOutcome, AttachResultSuccess, ClientSuspendedProblem, LicenseLimitReachedProblem,
  ResultAlreadyAttachedProblem, ResultLimitReachedProblem, ResultNotFoundProblem,
} from './types.js';

/** What every resolver gets. */
export interface Context {
  /** The unit of work of the request. */
  readonly em: EntityManager;
  /** The client whose key signed the request; null for any other request. */
  readonly clientId: string | null;
}

@Resolver()
export class AttachResolver {
  @Query(() => Boolean, { description: 'A schema needs a query.' })
  ready(): boolean {
    return true;
  }

  @Mutation(() => AttachResultOutcome)
  async attachResult(
    @Arg('input', () => AttachResultInput) { resultKey, userId }: AttachResultInput,
    @Ctx() { em, clientId }: Context,
  ): Promise<typeof AttachResultOutcome> {
    if (clientId === null) throw new GraphQLError('Send a client key.', { extensions: { code: 'UNAUTHENTICATED' } });
    if (userId === '' || userId.length > 255) throw new GraphQLError('Send a user id.', { extensions: { code: 'BAD_USER_INPUT' } });
    return em.transactional((transaction) => attach(transaction, clientId, resultKey, userId));
  }
}

async function attach(em: EntityManager, clientId: string, resultKey: string, externalId: string): Promise<typeof AttachResultOutcome> {
  // Whoever holds the client is the only one who issues its licenses.
  const client = await em.findOneOrFail(Client, clientId, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (client.status !== 'ACTIVE') return new ClientSuspendedProblem();
  // Another client may want the same result.
  const result = await em.findOne(Result, { id: resultKey, calculation: { $ne: null } }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!result) return new ResultNotFoundProblem();
  const known = await em.findOne(ClientUser, { client, externalId });
  if (result.user) {
    return known && result.user === known
      ? success(client, known, { licenseIssued: false, replayed: true })
      : new ResultAlreadyAttachedProblem();
  }
  if (!known && !admitsLicense(client)) return new LicenseLimitReachedProblem();
  const { test } = await em.populate(result, ['test']);
  const used = known ? await em.find(Result, { user: known }, { populate: ['test'] }) : [];
  if (!admitsResult(client, used, test)) return new ResultLimitReachedProblem();

  const now = new Date();
  const user = known ?? await register(em, client, externalId, now);
  result.user = user;
  result.attachedAt = now;
  return success(client, user, { licenseIssued: !known, replayed: false });
}

async function register(em: EntityManager, client: Client, externalId: string, now: Date): Promise<ClientUser> {
  const user = em.create(ClientUser, { client, id: uuidv7(), externalId, registeredAt: now });
  em.create(License, { user, issuedAt: now, paymentPolicy: client.paymentPolicy });
  client.licensesIssued += 1;
  const day = dayIn(client.timeZone, now);
  const usage = await em.findOne(LicenseUsageDay, { client, day });
  if (usage) usage.issued += 1;
  else em.create(LicenseUsageDay, { client, day, issued: 1 });
  // A user and its license refer to each other: whichever is inserted first has to wait for the other.
  await em.execute('set constraints all deferred');
  return user;
}

function admitsLicense({ paymentPolicy, licenseLimit, overdraft, licensesIssued }: Client): boolean {
  return paymentPolicy === 'POSTPAID' || licensesIssued < (licenseLimit ?? 0) + overdraft;
}

function admitsResult(client: Client, used: readonly Result[], test: Test): boolean {
  const ofTest = used.filter((result) => result.test === test).length;
  const tests = new Set(used.map((result) => result.test).filter(({ bonus }) => bonus === test.bonus));
  const limit = test.bonus ? client.maxBonusTests : client.maxTests;
  return (ofTest > 0 || tests.size < (limit ?? Infinity)) && ofTest < (client.maxResultsPerTest ?? Infinity);
}

function success(client: Client, user: ClientUser, how: Pick<AttachResultSuccess, 'licenseIssued' | 'replayed'>): AttachResultSuccess {
  const { licenseLimit, licensesIssued: issued } = client;
  const licenseUsage = { issued, remaining: licenseLimit === null ? null : licenseLimit - issued };
  return Object.assign(new AttachResultSuccess(), { ...how, licenseUsage, user: { key: user.id } });
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day on which a moment falls in a time zone, such as 2026-11-22. */
function dayIn(timeZone: string, moment: Date): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone });
  formats.set(timeZone, format);
  return format.format(moment);
}
