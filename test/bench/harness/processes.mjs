import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;

/** A unit of `/proc/PID/stat`, in milliseconds. */
const TICK_MS = 10;

/** A started server. */
class Running {
  constructor(child, port) {
    this.child = child;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** The time that the process and its workers have had of all processors so far, in milliseconds. */
  get cpuMs() {
    return cpuMsOf(this.child.pid);
  }

  /** The memory that it holds, in MiB. */
  get residentMiB() {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)[1]) / 1_024;
  }

  async stop() {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    const ended = await Promise.race([once(this.child, 'exit').then(() => true), sleep(STOP_LIMIT_MS, false, { ref: false })]);
    if (!ended) this.child.kill('SIGKILL');
  }
}

/** The time that a process, those that it started and those of them that have ended have had of all processors, in milliseconds. */
export function cpuMsOf(pid) {
  let ticks = 0;
  for (const other of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const [parent, own, ended] = timesOf(other);
    if (Number(other) === pid) ticks += own + ended;
    else if (parent === pid) ticks += own;
  }
  return ticks * TICK_MS;
}

/** Of `/proc/PID/stat`: the process that started it, its time, and that of those of its own that have ended. */
function timesOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
    return [fields[1], fields[11] + fields[12], fields[13] + fields[14]];
  } catch {
    // It has just ended.
    return [0, 0, 0];
  }
}

/** Nobody outlives the run. */
const started = new Set();
process.once('exit', () => started.forEach((child) => child.kill('SIGKILL')));

/** Where each server of ours leaves a profile of its processor time when it ends; null for nowhere. */
let profiles = null;

export function profileInto(folder) {
  profiles = folder;
}

/** Starts the production build, with settings of production and limits too high to be met, so that they are counted all the same. */
export async function startTestodrom({ databaseUrl, ...more }) {
  const port = await freePort();
  const profiling = profiles === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  const child = start([...profiling, 'dist/main.js'], ['ignore', 'ignore', 'inherit'], {
    NODE_ENV: 'production', DATABASE_URL: databaseUrl, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'info',
    RATE_LIMIT_CLIENT: '1000000000', RATE_LIMIT_ADDRESS: '1000000000', ...more,
  });
  const running = new Running(child, port);
  await until(async () => (await fetch(`${running.url}/readyz`)).ok, child);
  return running;
}

/** Starts a script of the folder `peers`, which tells its port in one line of JSON. */
export async function startPeer(script, environment) {
  const child = start([`test/bench/peers/${script}`], ['ignore', 'pipe', 'inherit'], { NODE_ENV: 'production', ...environment });
  const failed = once(child, 'exit').then(() => {
    throw new Error(`${script} ended before it listened`);
  });
  const [line] = await Promise.race([once(child.stdout, 'data'), failed]);
  failed.catch(() => undefined);
  return new Running(child, JSON.parse(String(line)).port);
}

/** How long a start takes until the first answer, in milliseconds, with the server that was started. */
export async function timeStart(begin, isAnswered) {
  const at = performance.now();
  const running = await begin();
  await until(() => isAnswered(running.url), running.child);
  return { running, ms: performance.now() - at };
}

function start(args, stdio, environment) {
  const child = spawn(process.execPath, args, { cwd: root, stdio, env: { PATH: process.env.PATH, ...environment } });
  started.add(child);
  child.once('exit', () => started.delete(child));
  return child;
}

async function until(check, child) {
  const end = performance.now() + START_LIMIT_MS;
  while (performance.now() < end && child.exitCode === null) {
    if (await check().catch(() => false)) return;
    await sleep(5);
  }
  throw new Error('A server did not answer in time.');
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
