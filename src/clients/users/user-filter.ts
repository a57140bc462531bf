import type { Catalogue } from '../../catalogue/index.js';
import { type Condition, type Conditions, conditionsOf, withinTimes } from '../../database/index.js';
import { InputError } from '../../kernel/input-error.js';
import { type TimeRange, timeRange } from '../../kernel/time-range.js';
import { EXTERNAL_ID_LENGTH, externalIdPrefix } from './external-id.js';

/** How many tests one list of a filter may name. */
export const FILTER_TESTS = 20;

/** No ending of an external id comes after as many of the last character as an external id can have. */
const LAST_ENDING = `repeat(chr(1114111), ${EXTERNAL_ID_LENGTH})`;

/** Which users are asked for, as a caller says it; null and absent ask for nothing in particular. */
export interface UserFilterInput {
  readonly completed?: readonly string[] | null;
  readonly notCompleted?: readonly string[] | null;
  readonly registeredFrom?: Date | null;
  readonly registeredTo?: Date | null;
  readonly externalIdPrefix?: string | null;
}

/** Which users are asked for, checked. */
export interface UserFilter {
  /** Ids of tests of each of which the user has a result; null when none is named. */
  readonly completed: readonly string[] | null;
  /** Ids of tests of none of which the user has a result; null when none is named. */
  readonly notCompleted: readonly string[] | null;
  readonly registered: TimeRange;
  /** How the external id begins; null for any. */
  readonly externalIdPrefix: string | null;
}

/** A filter that can be asked for; an `InputError` tells what is wrong with any other. */
export function userFilter(catalogue: Pick<Catalogue, 'named'>, input: UserFilterInput): UserFilter {
  const { registeredFrom, registeredTo, externalIdPrefix: prefix } = input;
  return {
    completed: testIds(catalogue, 'completed', input.completed ?? []),
    notCompleted: testIds(catalogue, 'notCompleted', input.notCompleted ?? []),
    registered: timeRange(registeredFrom, registeredTo, ['registeredFrom', 'registeredTo']),
    externalIdPrefix: typeof prefix === 'string' ? externalIdPrefix(prefix) : null,
  };
}

/** The conditions on the users `u` of a client who match the filter; the erased ones never do. */
export function userConditions(clientId: string, filter: UserFilter): Conditions {
  const { completed, notCompleted, registered, externalIdPrefix: prefix } = filter;
  const ofClient: Condition = {
    name: 'of-client', text: (client) => `u.client_id = ${client} and u.external_id is not null`, value: clientId,
  };
  return conditionsOf(ofClient, [
    completed && { name: 'completed', text: resultOfEach, value: completed },
    notCompleted && { name: 'lacking', text: resultOfNone, value: notCompleted },
    ...withinTimes('u.registered_at', registered),
    // From the prefix to the last text that begins with it: unlike a pattern, a range needs no escapes, and its index serves
    // it whatever the prefix is.
    prefix === null ? null : {
      name: 'prefix', value: prefix,
      text: (start) => `u.external_id between ${start}::text and ${start}::text || ${LAST_ENDING}`,
    },
  ]);
}

function testIds(catalogue: Pick<Catalogue, 'named'>, list: string, slugs: readonly string[]): readonly string[] | null {
  if (slugs.length > FILTER_TESTS) {
    throw new InputError(`"${list}" names ${slugs.length} tests; at most ${FILTER_TESTS} are allowed.`);
  }
  return slugs.length === 0 ? null : slugs.map((slug) => catalogue.named(slug).id);
}

/** Not `not exists … not exists`, for which PostgreSQL may read the results of all clients at once. */
function resultOfEach(tests: string): string {
  return `array(select a.test_id ${resultsOfUser(tests)}) @> ${tests}::uuid[]`;
}

function resultOfNone(tests: string): string {
  return `not exists (select ${resultsOfUser(tests)})`;
}

function resultsOfUser(tests: string): string {
  return `from attachment a where a.client_id = u.client_id and a.user_id = u.id and a.test_id = any(${tests}::uuid[])`;
}
