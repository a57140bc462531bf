import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../src/config.js';
import { problemsOf } from './setup/environment-problems.js';

const DEFAULTS = {
  databaseUrl: null,
  databaseDirectUrl: null,
  replicas: { urls: [], waitMs: 100 },
  dataDir: resolve('.data'),
  workers: 1,
  databasePoolSize: 10,
  host: '127.0.0.1',
  port: 4000,
  edge: {
    bodyLimit: 1_048_576,
    operations: {
      tokens: 10_000, depth: 20, aliases: 50, directives: 50, rootFields: 20, cost: 30_000,
      variableBytes: 524_288, listLength: 1_000, errors: 20,
    },
    compilation: 'on',
    trustedDocuments: null,
    keyOrigins: ['https://studio.apollographql.com'],
    explorer: true,
    rates: { store: 'memory', clientPoints: 12_000_000, addressPoints: 1_200_000, failedKeys: 30 },
    trustedProxies: [],
    shutdown: { delayMs: 0, graceMs: 10_000 },
    requestDeadlineMs: 30_000,
    statementTimeoutMs: 15_000,
    overload: { requests: 1_000, bodyBytes: 134_217_728, eventLoopDelayMs: 1_000 },
  },
  publicUrl: null,
  revisionGraceMinutes: 1_440,
  resultRetentionDays: 90,
  jobIntervalMinutes: 10,
  billing: { seller: null, vat: 'standard', timeZone: 'Europe/Moscow', paymentTermDays: 10 },
  metricsKey: null,
  tracing: null,
  logLevel: 'warn',
  production: false,
};

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(loadConfig({})).toEqual(DEFAULTS);
  });

  it('takes an empty variable for one that is not set', () => {
    const empty = ['DATABASE_URL', 'DATABASE_DIRECT_URL', 'DATABASE_REPLICA_URLS', 'REPLICA_WAIT', 'DATA_DIR', 'WORKERS', 'DATABASE_POOL_SIZE', 'HOST', 'PORT', 'BODY_LIMIT', 'PUBLIC_URL', 'REVISION_GRACE_MINUTES', 'RESULT_RETENTION_DAYS', 'JOB_INTERVAL_MINUTES', 'SELLER_VAT', 'SELLER_TIME_ZONE', 'PAYMENT_TERM_DAYS', 'METRICS_KEY', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_SERVICE_NAME', 'LOG_LEVEL', 'NODE_ENV'];
    expect(loadConfig(Object.fromEntries(empty.map((name) => [name, ''])))).toEqual(DEFAULTS);
  });

  it('takes every variable', () => {
    expect(loadConfig({
      DATABASE_URL: 'postgresql://user:pa%2Fss@host:6543/name?application_name=x',
      DATABASE_DIRECT_URL: 'postgres://primary:1,standby:2/name?target_session_attrs=read-write',
      DATABASE_REPLICA_URLS: 'postgres://user@[::1]/name, postgres://other/name',
      REPLICA_WAIT: '0',
      DATA_DIR: '/srv/data',
      WORKERS: '64',
      DATABASE_POOL_SIZE: '2',
      HOST: '::1',
      PORT: '0',
      BODY_LIMIT: '1024',
      PUBLIC_URL: 'https://api.example.org//',
      REVISION_GRACE_MINUTES: '0',
      RESULT_RETENTION_DAYS: '1',
      JOB_INTERVAL_MINUTES: '1440',
      SELLER_VAT: 'none',
      SELLER_TIME_ZONE: 'asia/vladivostok',
      PAYMENT_TERM_DAYS: '365',
      METRICS_KEY: '0123456789-metrics-key',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_SERVICE_NAME: 'testodrom',
      LOG_LEVEL: 'silent',
      NODE_ENV: 'production',
    })).toEqual({
      databaseUrl: 'postgresql://user:pa%2Fss@host:6543/name?application_name=x',
      databaseDirectUrl: 'postgres://primary:1,standby:2/name?target_session_attrs=read-write',
      replicas: { urls: ['postgres://user@[::1]/name', 'postgres://other/name'], waitMs: 0 },
      dataDir: '/srv/data',
      workers: 64,
      databasePoolSize: 2,
      host: '::1',
      port: 0,
      edge: { ...DEFAULTS.edge, bodyLimit: 1024, keyOrigins: [] },
      publicUrl: 'https://api.example.org',
      revisionGraceMinutes: 0,
      resultRetentionDays: 1,
      jobIntervalMinutes: 1_440,
      billing: { seller: null, vat: 'none', timeZone: 'Asia/Vladivostok', paymentTermDays: 365 },
      metricsKey: '0123456789-metrics-key',
      tracing: { endpoint: 'http://collector:4318', serviceName: 'testodrom' },
      logLevel: 'silent',
      production: true,
    });
  });

  it('ignores variables of others', () => {
    expect(loadConfig({ PATH: '/bin', port: '1', PGHOST: 'elsewhere' })).toEqual(DEFAULTS);
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true);
  });

  it.each(['postgres://user@%2Frun%2Fpostgresql/name', 'postgres://[::1]:5432/name', 'postgres://host/na%20me', 'postgres://u:p@[::1]:1,host,host:3/name'])(
    'takes %s for a database', (url) => {
      expect(loadConfig({ DATABASE_URL: url }).databaseUrl).toBe(url);
    },
  );
});

describe('the log', () => {
  it('tells every request in production, and what is wrong elsewhere, unless a level is set', () => {
    const levels = [{ NODE_ENV: 'production' }, {}, { NODE_ENV: 'test' }, { NODE_ENV: 'production', LOG_LEVEL: 'error' }];
    expect(levels.map((variables) => loadConfig(variables).logLevel)).toEqual(['info', 'warn', 'warn', 'error']);
  });
});

describe('the key of the metrics', () => {
  it.each(['!'.repeat(16), '~'.repeat(200)])('may be %s', (key) => {
    expect(loadConfig({ METRICS_KEY: key }).metricsKey).toBe(key);
  });
});

describe('a wrong environment', () => {
  it('is told in one line with every problem', () => {
    expect(problemsOf({
      DATABASE_URL: 'mysql://root:hidden@host/name', DATABASE_DIRECT_URL: 'host', DATABASE_REPLICA_URLS: 'host', REPLICA_WAIT: '1s', DATABASE_POOL_SIZE: '1', PORT: '70000', WORKERS: '65', BODY_LIMIT: '1MB', LOG_LEVEL: 'loud', NODE_ENV: 'Production',
      PUBLIC_URL: 'https://api.example.org/?a=b', REVISION_GRACE_MINUTES: '-1',
      RESULT_RETENTION_DAYS: '0', JOB_INTERVAL_MINUTES: '1441',
      SELLER_VAT: '20', SELLER_TIME_ZONE: '+03:00', PAYMENT_TERM_DAYS: '366', METRICS_KEY: '0123456789',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'collector',
    })).toBe(
      'The environment is wrong: ' +
      'DATABASE_URL must be a URL such as postgres://user:password@host:5432/name, special characters percent-encoded, several hosts separated by commas; ' +
      'DATABASE_DIRECT_URL must be a URL such as postgres://user:password@host:5432/name, special characters percent-encoded, several hosts separated by commas; ' +
      'DATABASE_REPLICA_URLS must be up to 16 URLs such as postgres://user:password@host:5432/name, separated by commas, special characters percent-encoded; ' +
      'REPLICA_WAIT must be a whole number from 0 to 60000; ' +
      'DATABASE_POOL_SIZE must be a whole number from 2 to 1000; ' +
      'PORT must be a whole number from 0 to 65535; ' +
      'WORKERS must be a whole number from 1 to 64; ' +
      'BODY_LIMIT must be a whole number from 1024 to 104857600; ' +
      'PUBLIC_URL must be an address such as https://api.example.org, without a query; ' +
      'REVISION_GRACE_MINUTES must be a whole number from 0 to 525600; ' +
      'RESULT_RETENTION_DAYS must be a whole number from 1 to 3650; ' +
      'JOB_INTERVAL_MINUTES must be a whole number from 1 to 1440; ' +
      'SELLER_VAT must be standard or none; ' +
      'SELLER_TIME_ZONE must be an IANA name such as Europe/Moscow; ' +
      'PAYMENT_TERM_DAYS must be a whole number from 1 to 365; ' +
      'METRICS_KEY must be 16 to 200 visible ASCII characters without spaces; ' +
      'OTEL_EXPORTER_OTLP_ENDPOINT must be an address such as http://collector:4318; ' +
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, silent; ' +
      'NODE_ENV must be one of development, production, test.',
    );
  });

  it.each(['abc', '-1', '70000', '4000.5', '1e3', ' 4000', '0x10', '9'.repeat(30)])('is the PORT %j', (port) => {
    expect(problemsOf({ PORT: port })).toBe('The environment is wrong: PORT must be a whole number from 0 to 65535.');
  });

  it.each(['0', '-1', '65', '2.5', 'all'])('are so many WORKERS: %j', (workers) => {
    expect(problemsOf({ WORKERS: workers })).toBe('The environment is wrong: WORKERS must be a whole number from 1 to 64.');
  });

  it.each([
    ['no URL', 'hidden'],
    ['another scheme', 'http://user:hidden@host/name'],
    ['no name of a database', 'postgres://user:hidden@host:5432'],
    ['an empty name of a database', 'postgres://user:hidden@host:5432/'],
    ['no host', 'postgres:hidden'],
    ['a bare "%" in the password', 'postgres://user:50%hidden@host/name'],
    ['a bare "#" in the password', 'postgres://user:12#hidden@host/name'],
    ['a bare "?" in the password', 'postgres://user:12?hidden@host/name'],
    ['a bare "/" in the password', 'postgres://user:12/hidden@host/name'],
    ['a bare "/" in the password and no name', 'postgres://user:12/hidden@host'],
    ['a senseless port', 'postgres://user:hidden@host:99999/name'],
    ['a senseless port of its second host', 'postgres://user:hidden@host,host:99999/name'],
    ['an empty host among several', 'postgres://user:hidden@host,/name'],
    ['a wish for another host than the primary', 'postgres://user:hidden@one,two/name?target_session_attrs=any'],
  ])('is a DATABASE_URL with %s, which is not repeated', (_, url) => {
    expect(problemsOf({ DATABASE_URL: url })).toMatch(/^The environment is wrong: DATABASE_URL must be a URL such as [^\n]*\.$/);
    expect(problemsOf({ DATABASE_URL: url })).not.toContain('hidden');
  });

  it.each([
    ['several hosts in one URL', 'postgres://user:hidden@one,two/name'],
    ['17 URLs', Array<string>(17).fill('postgres://user:hidden@host/name').join()],
    ['a bare comma in the password', 'postgres://user:12,hidden@host/name'],
    ['an empty part', 'postgres://user:hidden@host/name,'],
  ])('is DATABASE_REPLICA_URLS with %s, which is not repeated', (_, urls) => {
    const problems = problemsOf({ DATABASE_URL: 'postgres://host/name', DATABASE_REPLICA_URLS: urls });
    expect(problems).toMatch(/^The environment is wrong: DATABASE_REPLICA_URLS must be up to 16 URLs such as [^\n]*\.$/);
    expect(problems).not.toContain('hidden');
  });

  it.each(['DATABASE_DIRECT_URL', 'DATABASE_REPLICA_URLS'])('is a %s without a DATABASE_URL', (variable) => {
    expect(problemsOf({ [variable]: 'postgres://host/name' }))
      .toBe(`The environment is wrong: ${variable} goes with DATABASE_URL, which is not set.`);
  });

  it.each([
    ['15 characters', 'hidden123456789'],
    ['201 characters', 'hidden123456789'.padEnd(201, 'x')],
    ['a space', 'hidden 0123456789'],
    ['a line feed at its end', 'hidden-0123456789\n'],
    ['letters that are not ASCII', 'hidden-ключ-0123456789'],
  ])('is a METRICS_KEY with %s, which is not repeated', (_, key) => {
    expect(problemsOf({ METRICS_KEY: key }))
      .toBe('The environment is wrong: METRICS_KEY must be 16 to 200 visible ASCII characters without spaces.');
  });
});
