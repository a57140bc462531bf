import { describe, expect, it } from '@jest/globals';
import { useCommands } from '../setup/commands.js';
import { issueLicenses, miscounted } from '../setup/issue-licenses.js';

const { result, json, refusal, sql } = useCommands();

/** A client with licenses on some days, which nothing has counted. */
async function clientWith(slug: string, days: readonly string[]): Promise<void> {
  await json(['client', 'create', '--name', 'School', '--slug', slug, '--payment', 'postpaid', '--license-policy', 'one-test']);
  const [{ id }] = await sql<{ id: string }>('select id from client where slug = $1', [slug]) as [{ id: string }];
  await issueLicenses({ sql }, id, days.map((day) => new Date(`${day}T12:00:00Z`)));
}

describe('license-usage rebuild', () => {
  it('counts the licenses of one client, or of all, and tells how many days there are', async () => {
    await clientWith('one', ['2026-01-01', '2026-01-01', '2026-01-02']);
    await clientWith('two', ['2026-01-01']);
    expect(await json(['license-usage', 'rebuild', 'one', '--json'])).toEqual({ clients: 1, days: 2 });
    expect(await miscounted({ sql })).toHaveLength(1);
    expect(await result(['license-usage', 'rebuild'])).toBe('Clients: 2. Days with licenses: 3.\n');
    expect(await miscounted({ sql })).toEqual([]);
    expect(await json(['license-usage', 'rebuild', '--json'])).toEqual({ clients: 2, days: 3 });
  });

  it('is refused for a client that does not exist', async () => {
    expect(await refusal(['license-usage', 'rebuild', 'nobody'])).toBe('There is no client "nobody". "client list" shows all.\n');
  });

  it('is done by client set when the time zone changes', async () => {
    await clientWith('mover', ['2026-01-01']);
    await json(['client', 'set', 'mover', '--time-zone', 'Pacific/Kiritimati', '--json']);
    expect(await sql(`select day::text, issued from license_usage_day join client on id = client_id where slug = 'mover'`))
      .toEqual([{ day: '2026-01-02', issued: 1 }]);
    expect(await refusal(['client', 'set', 'mover', '--time-zone', 'Europe/Nowhere'])).toContain('time zone: must be an IANA name');
  });
});
