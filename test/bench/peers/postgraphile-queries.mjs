// What PostGraphile is asked, and with which variables.

/** A result by RESULT_KEY: what our `result(key)` tells of it. */
export const REPORT = `
  query Report($key: UUID!) {
    result: resultByRowId(rowId: $key) {
      savedAt
      revisionNumber
      test { slug }
      calculation
    }
  }`;

/** The variables of `REPORT`. */
export function reportVariables(resultKey) {
  return { key: resultKey };
}

/**
 * The dashboard of a client: its licenses with those of the last twelve months by month (a month without licenses is left
 * out), and its 20 newest users with the 20 results attached to each last. Nothing erased is shown.
 */
export const DASHBOARD = `
  query Dashboard($clientId: UUID!, $from: Date!, $to: Date!) {
    client: clientByRowId(rowId: $clientId) {
      licenseLimit
      licensesIssued
      licenseUsage: licenseUsageDaysByClientId(condition: { from: $from, to: $to }) {
        byMonth: groupedAggregates(groupBy: [DAY_MONTH]) {
          keys
          sum { issued }
        }
      }
      users: clientUsersByClientId(first: 20, orderBy: [REGISTERED_AT_DESC, ROW_ID_DESC], condition: { erasedAt: null }) {
        nodes {
          externalId
          registeredAt
          results: resultsByClientIdAndUserId(first: 20, orderBy: [ATTACHED_AT_DESC, ROW_ID_DESC]) {
            nodes {
              rowId
              savedAt
              test { slug }
            }
            totalCount
            completed: aggregates {
              distinctCount { testId }
            }
          }
        }
      }
    }
  }`;

/** The variables of `DASHBOARD`: twelve calendar months, the last of them until today, as our own API counts them. */
export function dashboardVariables(clientId, today = new Date()) {
  const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 11));
  return { clientId, from: dayOf(first), to: dayOf(today) };
}

function dayOf(moment) {
  return moment.toISOString().slice(0, 10);
}
