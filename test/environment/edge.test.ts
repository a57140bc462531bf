import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/config.js';
import { problemsOf } from '../setup/environment-problems.js';

const numbers = [
  ['GRAPHQL_TOKEN_LIMIT', 100, 1_000_000],
  ['GRAPHQL_DEPTH_LIMIT', 5, 1_000],
  ['GRAPHQL_ALIAS_LIMIT', 0, 100_000],
  ['GRAPHQL_DIRECTIVE_LIMIT', 0, 100_000],
  ['GRAPHQL_ROOT_FIELD_LIMIT', 1, 10_000],
  ['GRAPHQL_COST_LIMIT', 100, 1_000_000_000],
  ['GRAPHQL_VARIABLES_LIMIT', 1_024, 104_857_600],
  ['GRAPHQL_LIST_LIMIT', 1, 1_000_000],
  ['GRAPHQL_ERROR_LIMIT', 1, 10_000],
  ['RATE_LIMIT_CLIENT', 0, 1_000_000_000],
  ['RATE_LIMIT_ADDRESS', 0, 1_000_000_000],
  ['RATE_LIMIT_FAILED_KEYS', 0, 1_000_000],
  ['SHUTDOWN_DELAY', 0, 600],
  ['SHUTDOWN_GRACE', 0, 600],
  ['REQUEST_DEADLINE', 1, 600],
  ['STATEMENT_TIMEOUT', 1, 600],
  ['OVERLOAD_REQUESTS', 1, 1_000_000],
  ['OVERLOAD_BODIES', 1_048_576, 10_737_418_240],
  ['OVERLOAD_EVENT_LOOP_DELAY', 10, 60_000],
] as const;

describe('the edge', () => {
  it('takes every variable', () => {
    const { edge } = loadConfig({
      ...Object.fromEntries(numbers.map(([name, least]) => [name, String(least)])),
      GRAPHQL_COMPILE: 'off',
      TRUSTED_DOCUMENTS: 'documents.json',
      GRAPHQL_ORIGINS: 'https://school.ru, http://127.0.0.1:8080',
      EXPLORER: 'off',
      RATE_LIMIT_STORE: 'postgres',
      TRUSTED_PROXIES: '10.0.0.0/8, ::1,192.168.1.1',
    });
    expect(edge).toEqual({
      bodyLimit: 1_048_576,
      operations: {
        tokens: 100, depth: 5, aliases: 0, directives: 0, rootFields: 1, cost: 100, variableBytes: 1_024, listLength: 1, errors: 1,
      },
      compilation: 'off',
      trustedDocuments: 'documents.json',
      keyOrigins: ['https://school.ru', 'http://127.0.0.1:8080'],
      explorer: false,
      rates: { store: 'postgres', clientPoints: 0, addressPoints: 0, failedKeys: 0 },
      trustedProxies: ['10.0.0.0/8', '::1', '192.168.1.1'],
      shutdown: { delayMs: 0, graceMs: 0 },
      requestDeadlineMs: 1_000,
      statementTimeoutMs: 1_000,
      overload: { requests: 1, bodyBytes: 1_048_576, eventLoopDelayMs: 10 },
    });
  });

  it('lets Apollo Sandbox use keys, but in production only where it is set', () => {
    const sandbox = 'https://studio.apollographql.com';
    const origins = [{}, { NODE_ENV: 'production' }, { NODE_ENV: 'production', GRAPHQL_ORIGINS: sandbox }]
      .map((variables) => loadConfig(variables).edge.keyOrigins);
    expect(origins).toEqual([[sandbox], [], [sandbox]]);
  });

  it('explores no server of trusted documents', () => {
    expect([{}, { EXPLORER: 'off' }, { TRUSTED_DOCUMENTS: 'documents.json' }].map((variables) => loadConfig(variables).edge.explorer))
      .toEqual([true, false, false]);
  });

  it.each(numbers)('takes %s from %i to %i', (name, least, most) => {
    expect([least, most].map((value) => problemsOf({ [name]: String(value) }))).toEqual(['none', 'none']);
    for (const wrong of [String(least - 1), String(most + 1), '1.5', 'many']) {
      expect(problemsOf({ [name]: wrong })).toBe(`The environment is wrong: ${name} must be a whole number from ${least} to ${most}.`);
    }
  });

  it.each([
    ['GRAPHQL_ORIGINS', 'https://school.ru/', 'must be origins such as https://school.ru, separated by commas'],
    ['GRAPHQL_ORIGINS', 'https://school.ru,', 'must be origins such as https://school.ru, separated by commas'],
    ['GRAPHQL_ORIGINS', '*', 'must be origins such as https://school.ru, separated by commas'],
    ['GRAPHQL_ORIGINS', 'null', 'must be origins such as https://school.ru, separated by commas'],
    ['TRUSTED_PROXIES', '10.0.0.0/33', 'must be addresses or networks such as 10.0.0.0/8, separated by commas'],
    ['TRUSTED_PROXIES', 'proxy.local', 'must be addresses or networks such as 10.0.0.0/8, separated by commas'],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8', 'must be addresses or networks such as 10.0.0.0/8, separated by commas'],
    ['EXPLORER', 'yes', 'must be on or off'],
    ['RATE_LIMIT_STORE', 'redis', 'must be memory or postgres'],
    ['GRAPHQL_COMPILE', 'yes', 'must be on, always or off'],
  ])('refuses %s=%s', (name, value, message) => {
    expect(problemsOf({ [name]: value })).toMatch(new RegExp(`^The environment is wrong: ${name}[.\\d]* ${message.replaceAll('.', '\\.')}\\.$`));
  });
});
