import type { Catalogue } from '../catalogue/index.js';
import { type Conditions, conditionsOf, withinTimes } from '../database/index.js';
import { type TimeRange, timeRange } from '../kernel/time-range.js';

/** Which results are asked for, as a caller says it; null and absent ask for nothing in particular. */
export interface ResultFilterInput {
  readonly test?: string | null;
  readonly attachedFrom?: Date | null;
  readonly attachedTo?: Date | null;
}

/** Which results are asked for, checked. */
export interface ResultFilter {
  /** Id of their test; null for any. */
  readonly testId: string | null;
  readonly attached: TimeRange;
}

/** A filter that can be asked for; an `InputError` tells what is wrong with any other. */
export function resultFilter(catalogue: Pick<Catalogue, 'named'>, input: ResultFilterInput): ResultFilter {
  const { test, attachedFrom, attachedTo } = input;
  return {
    testId: typeof test === 'string' ? catalogue.named(test).id : null,
    attached: timeRange(attachedFrom, attachedTo, ['attachedFrom', 'attachedTo']),
  };
}

/** The conditions on the attachments `a` of a client that match the filter, the erased ones among them. */
export function resultConditions(clientId: string, { testId, attached }: ResultFilter): Conditions {
  return conditionsOf({ name: 'of-client', text: (client) => `a.client_id = ${client}`, value: clientId }, [
    testId === null ? null : { name: 'test', text: (test) => `a.test_id = ${test}`, value: testId },
    ...withinTimes('a.attached_at', attached),
  ]);
}
