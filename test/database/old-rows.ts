import { hashSecret } from '../../src/kernel/secrets.js';
import type { OpenDatabase } from '../setup/open-database.js';

const id = (n: number): string => `0190cb2e-0000-7000-8000-${String(n).padStart(12, '0')}`;
const hash = (secret: string): string => `\\x${hashSecret(secret).toString('hex')}`;
const [TEST, CLIENT, USER, OTHER_USER, INVOICE] = [id(1), id(2), id(3), id(4), id(5)] as const;
const TIME = '2026-01-31T20:59:59+00:00';
/** In Moscow it is February already. */
const LATER = '2026-01-31T21:00:00+00:00';

/** The key of the client that was there. */
export const OLD_KEY = 'key-of-a-partner-from-before';
/** A result of the paid test that a user has, and one that nobody has. */
export const [OLD_ATTACHED, OLD_FREE] = [id(6), id(7)] as const;
export const OLD_CLIENT = CLIENT;

const option = (question: string) => [0, 1, 2].map((value) => ({
  test_id: TEST, revision_number: 1, question_id: question, position: value + 1, value: String(value), text: { ru: `Вариант ${value}` }, correct: false,
}));
const question = (name: string, position: number) => ({
  test_id: TEST, revision_number: 1, id: name, position, kind: 'OPTION', name: { ru: `Вопрос ${name}` }, timer_seconds: 0,
  back_allowed: true, forward_allowed: false, answer_shown: false,
});
const result = (key: string) => ({
  id: key, test_id: TEST, revision_number: 1, answers: [['11', ['1']], ['3', ['2']]], saved_at: TIME,
  calculation: {
    sum: 3, max: 4, percentage: 75, values: [], repeats: [], nonNegativeAnswerValuesSum: 3, groups: [], norm: null,
    scales: [{ scale: 'mood', sum: 1, min: 0, max: 4, answered: 2, items: 2, percentage: 25, standardized: null }],
  },
});
const author = { slug: 'anna', name: { ru: 'Анна' }, url: null };

/** A few rows for each table there ever was; a state takes the columns that it has. */
const rows: readonly (readonly [table: string, row: object])[] = [
  ['author', author],
  ['test', { id: TEST, slug: 'old', legacy_id: 7, paid: true, bonus: false, created_at: TIME }],
  ['test_revision', {
    test_id: TEST, number: 1, digest: 'd', source: 'IMPORTED', locales: ['ru'], name: { ru: 'Старый' }, description: { ru: '<p>О тесте</p>' },
    duration_minutes: 3, published_at: TIME, authors: [author],
    scales: [{ id: 'mood', name: { ru: 'Настроение' }, items: [{ question: '11', weight: 1, reversed: false }, { question: '3', weight: 1, reversed: true }] }],
  }],
  ['test_revision_author', { id: 1, test_id: TEST, revision_number: 1, author_slug: 'anna' }],
  ['question', question('11', 1)], ['question', question('3', 2)],
  ...[...option('11'), ...option('3')].map((row) => ['question_option', row] as const),
  ['client', {
    id: CLIENT, slug: 'school', name: 'Школа', status: 'ACTIVE', payment_policy: 'POSTPAID', overdraft: 0, licenses_issued: 2, created_at: TIME,
    time_zone: 'Europe/Moscow', license_price: 150000, origins: [],
  }],
  ['client_key', { client_id: CLIENT, id: id(8), hash: hash(OLD_KEY), hint: 'fore', created_at: TIME }],
  ['client_user', { client_id: CLIENT, id: USER, external_id: 'Анна', registered_at: TIME }],
  ['client_user', { client_id: CLIENT, id: OTHER_USER, external_id: 'anna', registered_at: LATER }],
  ['license', { client_id: CLIENT, user_id: USER, issued_at: TIME, payment_policy: 'POSTPAID' }],
  ['license', { client_id: CLIENT, user_id: OTHER_USER, issued_at: LATER, payment_policy: 'POSTPAID' }],
  ['attachment', {
    client_id: CLIENT, result_id: OLD_ATTACHED, user_id: USER, test_id: TEST, revision_number: 1, saved_at: TIME, attached_at: TIME, erased: false,
  }],
  ['result', { ...result(OLD_ATTACHED), client_id: CLIENT, user_id: USER, attached_at: TIME, idempotency_key: id(9), request_digest: '\\x01' }],
  ['result', result(OLD_FREE)],
  ['license_usage_day', { client_id: CLIENT, day: '2026-01-31', issued: 1 }],
  ['license_usage_day', { client_id: CLIENT, day: '2026-02-01', issued: 1 }],
  ['access_token', { client_id: CLIENT, id: id(10), hash: hash('token'), test_id: TEST, external_id: 'anna', created_at: TIME, expires_at: LATER }],
  ['audit_entry', { client_id: CLIENT, id: id(11), at: TIME, actor: 'COMMAND_LINE', action: 'CLIENT_CREATED', details: { name: 'Школа' } }],
  ['invoice_counter', { year: 2026, last: 1 }],
  ['seed', { name: 'RESULT_KEY', value: '0b6f8a4e-5c0b-4f57-9d6c-0d8f3a1c2e4b' }],
  ['invoice', {
    client_id: CLIENT, id: INVOICE, year: 2026, sequence: 1, document_key: id(12), status: 'ISSUED', payment_policy: 'POSTPAID', licenses: 1,
    unit_price: 150000, total: 150000, issued_at: LATER, due_at: LATER, period_from: '2026-01-01', period_to: '2026-01-31', seller: {}, buyer: {},
  }],
  ['invoice_license', { client_id: CLIENT, user_id: USER, invoice_id: INVOICE }],
];

/** The rows of all tables but those that need not last. */
export async function storedRows({ sql }: Pick<OpenDatabase, 'sql'>): Promise<Record<string, object[]>> {
  const tables = await sql<{ name: string }>(
    "select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p' order by 1");
  const stored: Record<string, object[]> = {};
  for (const { name } of tables.filter((table) => table.name !== 'schema_migration')) {
    stored[name] = (await sql<{ row: object }>(`select row_to_json(t) as row from "${name}" t order by t::text`)).map(({ row }) => row);
  }
  return stored;
}

/** Fills every table that a state of the schema has. */
export async function insertOldRows({ sql }: Pick<OpenDatabase, 'sql'>): Promise<void> {
  const present = await storedRows({ sql });
  const inserts = rows.filter(([table]) => table in present)
    .map(([table, row]) => `insert into "${table}" select * from jsonb_populate_record(null::"${table}", '${JSON.stringify(row).replaceAll("'", "''")}');`);
  await sql(`begin; set constraints all deferred; ${inserts.join('\n')} commit`);
}
