import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parseClientChange } from '../../src/clients/client-input.js';
import { checkTimeZone } from '../../src/clients/time-zone.js';
import { InputError } from '../../src/kernel/input-error.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';

let test: OpenDatabase;
beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.close());

it('every time zone that a client may be given is known to the database, under the name that is stored', async () => {
  const names = Intl.supportedValuesOf('timeZone');
  expect(names.length).toBeGreaterThan(400);
  for (const name of names) await checkTimeZone(test.database, parseClientChange({ timeZone: name }).timeZone!);
});

it('a time zone that the database does not know is refused with advice, whatever else knows it', async () => {
  const refused = checkTimeZone(test.database, 'Atlantic/Atlantis');
  await expect(refused).rejects.toThrow(InputError);
  await expect(refused).rejects.toThrow(
    'The database does not know the time zone Atlantic/Atlantis: choose another one, or update its time zones.');
});
