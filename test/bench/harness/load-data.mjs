import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { from as copyFrom } from 'pg-copy-streams';
import pg from 'pg';
import { v7 } from 'uuid';
import { checkDefinition, publishTest } from '../../../dist/catalogue/import/index.js';
import { Catalogue, loadBundledTests, RevisionSource } from '../../../dist/catalogue/index.js';
import { createClient } from '../../../dist/clients/index.js';
import { scoreProgress } from '../../../dist/results/score-progress.js';
import { benchAnswers, benchTest, TEST_SLUG } from './bench-test.mjs';

/** Clients beside the large one. */
export const CLIENTS = 1_000;
/** How many results a user has, and how many of all results nobody has attached. */
const RESULTS_OF_A_USER = 4;
const UNATTACHED = 0.2;
/** One user of so many is one of the large client. */
export const LARGE_CLIENT_SHARE = 10;
/** How many of the keys of results are known to the run. */
const KNOWN_KEYS = 100_000;
/** Different answers, and so reports. */
const VARIANTS = 16;
const YEAR_MS = 365 * 86_400_000;
const DAY_MS = 86_400_000;

/**
 * Fills a database: the tests, clients with keys, and as many results as the scale says, four fifths of them attached to
 * users registered over a year. Gives what a run needs to know of it.
 */
export async function loadData(database, url, scale) {
  await loadBundledTests(database);
  const checked = checkDefinition(benchTest());
  if (!checked.definition) throw new Error(JSON.stringify(checked));
  await publishTest(database, checked.definition, RevisionSource.IMPORTED);
  const reports = await scoredReports(database);
  const clients = [];
  // They would wait for each other, who has which slug.
  for (let number = 0; number <= CLIENTS; number += 1) {
    const options = { name: `Client ${number}`, slug: `client-${number}`, payment: 'postpaid', licensePolicy: 'unlimited' };
    const { client, key } = await createClient(database, options);
    clients.push({ id: client.id, key });
  }
  const connection = new pg.Client({ connectionString: url });
  await connection.connect();
  try {
    // What foreign keys would check row by row is right by the way it is made.
    await connection.query('set session_replication_role = replica');
    const keys = await copyResults(connection, { scale, clients, reports });
    await connection.query(NOTE_ATTACHMENTS);
    await connection.query(COUNT_LICENSES);
    await connection.query('create table bench_free (n bigint primary key, result_id uuid, client_id uuid, external_id text)');
    await connection.query('vacuum analyze');
    return { clients, reports, keys };
  } finally {
    await connection.end();
  }
}

const NOTE_ATTACHMENTS = `
  insert into attachment (client_id, result_id, user_id, test_id, revision_number, saved_at, attached_at, erased)
  select client_id, id, user_id, test_id, revision_number, saved_at, attached_at, false from result where client_id is not null`;

const COUNT_LICENSES = `
  insert into license_usage_day (client_id, day, issued)
  select client_id, (issued_at at time zone 'Europe/Moscow')::date, count(*) from license group by 1, 2;
  update client c set licenses_issued = l.issued from (select client_id, count(*) as issued from license group by 1) l where l.client_id = c.id`;

const usersOf = (scale) => Math.round(scale * (1 - UNATTACHED) / RESULTS_OF_A_USER);

/** How many users a client has at a scale, if it is neither the large one nor has none. */
export const usersOfAClient = (scale) => Math.floor(usersOf(scale) / CLIENTS);

async function scoredReports(database) {
  const catalogue = await Catalogue.open(database, (error) => {
    throw error;
  });
  try {
    const parts = { catalogue, now: () => new Date(), graceMs: 0 };
    return await Promise.all(Array.from({ length: VARIANTS }, async (_, seed) => {
      const scored = await scoreProgress(parts, { test: TEST_SLUG, answers: benchAnswers(seed + 1), revision: null, respondent: null });
      if (scored.kind !== 'SCORED') throw new Error(JSON.stringify(scored));
      return { testId: scored.edition.id, answers: JSON.stringify(scored.answers), calculation: JSON.stringify(scored.calculation) };
    }));
  } finally {
    await catalogue.close();
  }
}

async function copyResults(connection, { scale, clients, reports }) {
  const now = Date.now();
  const users = usersOf(scale);
  const people = Array.from({ length: users }, (_, number) => {
    const at = Math.floor(now - DAY_MS - YEAR_MS * (1 - number / users));
    const client = number % LARGE_CLIENT_SHARE === 0 ? clients[0] : clients[1 + number % CLIENTS];
    return { id: v7({ msecs: at }), at, clientId: client.id, externalId: `person-${number}` };
  });
  await copy(connection, 'client_user (client_id, id, external_id, registered_at)', people, ({ clientId, id, externalId, at }) =>
    `${clientId}\t${id}\t${externalId}\t${iso(at)}\n`);
  await copy(connection, 'license (client_id, user_id, issued_at, payment_policy)', people, ({ clientId, id, at }) =>
    `${clientId}\t${id}\t${iso(at)}\tPOSTPAID\n`);
  const keys = [];
  const knownEach = Math.max(1, Math.floor(scale / KNOWN_KEYS));
  await copy(connection, RESULT_COLUMNS, results(scale, people, now), ({ owner, at }, index) => {
    const id = v7({ msecs: at });
    if (index % knownEach === 0) keys.push({ key: id, variant: index % VARIANTS });
    return resultLine(reports[index % VARIANTS], id, at, owner);
  });
  return keys;
}

function* results(scale, people, now) {
  const attached = people.length * RESULTS_OF_A_USER;
  for (let number = 0; number < attached; number += 1) {
    const owner = people[Math.floor(number / RESULTS_OF_A_USER)];
    yield { owner, at: Math.min(now, owner.at + (number % RESULTS_OF_A_USER) * DAY_MS) };
  }
  for (let number = attached; number < scale; number += 1) yield { owner: null, at: Math.floor(now - DAY_MS * Math.random()) };
}

const RESULT_COLUMNS = 'result (id, test_id, revision_number, answers, calculation, saved_at, client_id, user_id, attached_at)';

function resultLine({ testId, answers, calculation }, id, at, owner) {
  const whose = owner ? `${owner.clientId}\t${owner.id}\t${iso(at)}` : String.raw`\N` + '\t' + String.raw`\N` + '\t' + String.raw`\N`;
  return `${id}\t${testId}\t1\t${escaped(answers)}\t${escaped(calculation)}\t${iso(at)}\t${whose}\n`;
}

/**
 * Adds results that nobody has, each for a person whom no client knows yet. With one client all are meant for it, else they
 * are spread over all but the large one.
 */
export async function addFreeResults(connection, { clients, reports }, count, only) {
  const now = Date.now();
  const free = Array.from({ length: count }, (_, index) => ({
    n: index + 1, key: v7({ msecs: now }), userId: randomUUID(), client: only ?? clients[1 + index % CLIENTS],
  }));
  await copy(connection, RESULT_COLUMNS, free, ({ key }, index) => resultLine(reports[index % VARIANTS], key, now, null));
  return free;
}

/** Lists them for pgbench, instead of those before. */
export async function listFreeResults(connection, free) {
  await connection.query('truncate bench_free');
  await copy(connection, 'bench_free (n, result_id, client_id, external_id)', free, ({ n, key, userId, client }) =>
    `${n}\t${key}\t${client.id}\t${userId}\n`);
}

/** Copies rows in portions, as many as fit into what is sent at once. */
async function copy(connection, table, items, lineOf) {
  const stream = connection.query(copyFrom(`copy ${table} from stdin`));
  let portion = '';
  let index = 0;
  for (const item of items) {
    portion += lineOf(item, index);
    index += 1;
    if (portion.length < 262_144) continue;
    if (!stream.write(portion)) await once(stream, 'drain');
    portion = '';
  }
  stream.end(portion);
  await once(stream, 'finish');
}

function escaped(text) {
  return text.replaceAll('\\', String.raw`\\`);
}

function iso(ms) {
  return new Date(ms).toISOString();
}
