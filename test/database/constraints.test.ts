import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { smallTest } from '../setup/small-tests.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
let owner: TestClient;
let other: TestClient;
/** A user of the owner, a user of the other client, and saved results without a user. */
let user: string;
let foreigner: string;
let result: string;
beforeAll(async () => {
  server = await startTestServer();
  [owner, other] = [await server.client({ licenseLimit: 5, overdraft: 1 }), await server.client()];
  user = (await owner.register('person')).user.key;
  foreigner = (await other.register('person')).user.key;
  result = await server.save();
  await owner.attach(await server.save(), 'person');
  await server.publish({ ...smallTest('numbered', { paid: false }), legacyId: 1 });
});
afterAll(() => server.close());

const uuid = (): string => randomUUID();
const hash = (): Buffer => Buffer.alloc(32, uuid());

const insertLicense = `insert into license (client_id, user_id, issued_at, payment_policy) values ($1, $2, now(), 'PREPAID')`;
const insertKey = 'insert into client_key (client_id, id, hash, hint, created_at) values ($1, $2, $3, $4, now())';
const insertTest = 'insert into test (id, slug, legacy_id, paid, bonus, created_at) values ($1, $2, $3, false, false, now())';
const insertResult = `insert into result (id, test_id, revision_number, answers, calculation, saved_at)
  select $1, id, $2, '[]', '{}', now() from test where slug = 'free'`;
/** Copies a row of the free test with some columns changed. */
const copy = (table: string, changes: string): string => `
  insert into ${table} select (jsonb_populate_record(row, ${changes})).* from ${table} row
   where test_id = (select id from test where slug = 'free') limit 1`;
const newUser = (externalId = "'new'", withLicense = true): string => `
  with u as (insert into client_user (client_id, id, external_id, registered_at) values ($1, $2, ${externalId}, now()) returning *)
  ${withLicense ? `insert into license (client_id, user_id, issued_at, payment_policy) select client_id, id, now(), 'PREPAID' from u` : 'select * from u'}`;

type Attempt = readonly [what: string, constraint: RegExp, sql: string, values?: () => unknown[]];

const attempts: readonly Attempt[] = [
  // Users and licenses
  ['a second user with one external id', /client_user_client_id_external_id_unique/, newUser("'person'"), () => [owner.id, uuid()]],
  ['a user with an empty external id', /client_user_external_id_not_empty/, newUser("''"), () => [owner.id, uuid()]],
  ['a user of no client', /client_user_client_id_foreign/, newUser(), () => [uuid(), uuid()]],
  ['a user without a license', /client_user_client_id_id_foreign/, newUser("'new'", false), () => [owner.id, uuid()]],
  ['a license without a user', /license_client_id_user_id_foreign/, insertLicense, () => [owner.id, uuid()]],
  ["a license for another client's user", /license_client_id_user_id_foreign/, insertLicense, () => [owner.id, foreigner]],
  ['a second license of a user', /license_pkey/, insertLicense, () => [owner.id, user]],
  ['a license that goes while its user stays', /client_user_client_id_id_foreign/, 'delete from license where user_id = $1', () => [user]],
  ['a user that goes while its license stays', /license_client_id_user_id_foreign/, 'delete from client_user where id = $1', () => [user]],
  ['a client that goes while it has users', /client_.*_foreign/, 'delete from client where id = $1', () => [owner.id]],
  ['a user with results that goes', /result_client_id_user_id_foreign/,
    'with l as (delete from license where user_id = $1) delete from client_user where id = $1', () => [user]],
  // Counter and policies
  ['more licenses than limit and overdraft', /client_limit_holds/, 'update client set licenses_issued = 7 where id = $1', () => [owner.id]],
  ['a limit below the licenses issued', /client_limit_holds/, 'update client set license_limit = 0, overdraft = 0 where id = $1', () => [owner.id]],
  ['a prepaid client without a limit', /client_limit_of_prepaid/, 'update client set license_limit = null where id = $1', () => [owner.id]],
  ['a postpaid client with a limit', /client_limit_of_prepaid/, "update client set payment_policy = 'POSTPAID' where id = $1", () => [owner.id]],
  ...['license_limit', 'overdraft', 'licenses_issued'].map((column): Attempt =>
    [`a negative ${column}`, /client_(numbers_not_negative|limit_holds)/, `update client set ${column} = -1 where id = $1`, () => [owner.id]]),
  ...['max_tests', 'max_bonus_tests', 'max_results_per_test'].map((column): Attempt =>
    [`a negative ${column}`, /client_license_policy_not_negative/, `update client set ${column} = -1 where id = $1`, () => [owner.id]]),
  ['a payment policy that does not exist', /client_payment_policy_check/,
    "update client set payment_policy = 'FREE', license_limit = null where id = $1", () => [owner.id]],
  ['a status that does not exist', /client_status_check/, "update client set status = 'GONE' where id = $1", () => [owner.id]],
  ['two clients with one slug', /client_slug_unique/, 'update client set slug = $2 where id = $1', () => [owner.id, other.slug]],
  ['a client slug with a space', /client_slug_shape/, "update client set slug = 'a b' where id = $1", () => [owner.id]],
  // Keys
  ['a key hash that is too short', /client_key_hash_sha256/, insertKey, () => [owner.id, uuid(), Buffer.alloc(31), 'hint']],
  ['a key hash that is too long', /client_key_hash_sha256/, insertKey, () => [owner.id, uuid(), Buffer.alloc(33), 'hint']],
  ['a key kept as text', /client_key_hash_sha256/, insertKey, () => [owner.id, uuid(), Buffer.from(owner.key), 'hint']],
  ['a key of two clients', /client_key_hash_unique/,
    'insert into client_key select $1, $2, hash, hint, created_at from client_key where client_id = $3', () => [other.id, uuid(), owner.id]],
  ['a key of no client', /client_key_client_id_foreign/, insertKey, () => [uuid(), uuid(), hash(), 'hint']],
  ['a hint that is half the key', /value too long/, insertKey, () => [owner.id, uuid(), hash(), 'x'.repeat(9)]],
  // Tests
  ['two tests with one slug', /test_slug_unique/, insertTest, () => [uuid(), 'free', null]],
  ['two tests with one legacy id', /test_legacy_id_unique/, insertTest, () => [uuid(), 'another', 1]],
  ['a test slug with a space', /test_slug_shape/, insertTest, () => [uuid(), 'a b', null]],
  ['a revision number twice', /test_revision_pkey/, copy('test_revision', "'{}'")],
  ['a revision 0', /test_revision_number_positive/, copy('test_revision', `'{"number": 0}'`)],
  ['a revision of no test', /test_revision_test_id_foreign/, copy('test_revision', `'{"test_id": "${uuid()}"}'`)],
  ['a revision of no duration', /test_revision_duration_positive/, copy('test_revision', `'{"number": 9, "duration_minutes": 0}'`)],
  ['a revision from nowhere', /test_revision_source_check/, copy('test_revision', `'{"number": 9, "source": "COPIED"}'`)],
  ['a question id twice in a test', /question_pkey/, copy('question', `'{"position": 9}'`)],
  ['two questions in one place', /question_test_id_revision_number_position_unique/, copy('question', `'{"id": "other"}'`)],
  ['a question of no revision', /question_test_id_revision_number_foreign/, copy('question', `'{"revision_number": 9}'`)],
  ['a question of a kind that does not exist', /question_kind_check/,
    copy('question', `'{"id": "other", "position": 9, "kind": "SLIDER"}'`)],
  ['a question that expects no values', /question_count_positive/,
    copy('question', `'{"id": "other", "position": 9, "count": 0}'`)],
  ['a question with a negative timer', /question_timer_not_negative/,
    copy('question', `'{"id": "other", "position": 9, "timer_seconds": -1}'`)],
  ['two options in one place', /question_option_pkey/, copy('question_option', "'{}'")],
  ['an option of no question', /question_option_test_id_revision_number_question_id_foreign/,
    copy('question_option', `'{"question_id": "other"}'`)],
  ['a test that goes while it has revisions', /test_revision_test_id_foreign/, "delete from test where slug = 'free'"],
  // Results
  ['a result of a revision that does not exist', /result_test_id_revision_number_foreign/, insertResult, () => [uuid(), 2]],
  ['a result with a key that is taken', /result_pkey/, insertResult, () => [result, 1]],
  ['a revision that goes while it has results', /result_test_id_revision_number_foreign/,
    "delete from test_revision where test_id = (select id from test where slug = 'free')"],
  ['a result with a client and no user', /result_attached_whole/,
    'update result set client_id = $2, attached_at = now() where id = $1', () => [result, owner.id]],
  ['a result with a user and no client', /result_attached_whole/,
    'update result set user_id = $2, attached_at = now() where id = $1', () => [result, user]],
  ['a result with a user since no time', /result_attached_whole/,
    'update result set client_id = $2, user_id = $3 where id = $1', () => [result, owner.id, user]],
  ['a result attached to nobody', /result_attached_whole/, 'update result set attached_at = now() where id = $1', () => [result]],
  ["a result with another client's user", /result_client_id_user_id_foreign/,
    'update result set client_id = $2, user_id = $3, attached_at = now() where id = $1', () => [result, owner.id, foreigner]],
  ['an idempotency key without its request', /result_idempotency_whole/,
    'update result set idempotency_key = $2 where id = $1', () => [result, uuid()]],
  ['a request without its idempotency key', /result_idempotency_whole/,
    'update result set request_digest = $2 where id = $1', () => [result, hash()]],
  ['an idempotency key of two results', /result_idempotency_key_unique/,
    "update result set idempotency_key = '0190cb2e-0000-7000-8000-000000000001', request_digest = ''"],
];

describe('the database refuses', () => {
  it.each(attempts)('%s', async (_what, constraint, sql, values = () => []) => {
    await expect(server.sql(sql, values())).rejects.toThrow(constraint);
  });
});

describe('the database takes', () => {
  it('the same statements with good values, so that the refusals above have no other cause', async () => {
    await server.sql(newUser(), [owner.id, uuid()]);
    await server.sql(newUser("'PERSON'"), [owner.id, uuid()]);
    await server.sql(insertKey, [owner.id, uuid(), hash(), 'hint']);
    await server.sql(insertTest, [uuid(), 'another', 1_000_000]);
    await server.sql(insertResult, [uuid(), 1]);
    await server.sql(copy('test_revision', `'{"number": 9}'`));
    await server.sql(copy('question', `'{"id": "other", "position": 9}'`));
    await server.sql(copy('question_option', `'{"position": 9}'`));
    await server.sql('update client set licenses_issued = 6 where id = $1', [owner.id]);
    await server.sql('update result set client_id = $2, user_id = $3, attached_at = now() where id = $1', [result, owner.id, user]);
  });
});
