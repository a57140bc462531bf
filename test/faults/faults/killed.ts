import { readFile } from 'node:fs/promises';
import type { World } from '../world/world.js';
import { byItself, type Fault } from './fault.js';

/** The server is killed; a supervisor starts it again. */
export const serverKilled: Fault = {
  name: 'server killed (kill -9)',
  async begin({ server }) {
    server.kill('SIGKILL');
    return byItself;
  },
};

/** PostgreSQL is killed: the process of all others, or one that serves a connection, after which it recovers by itself. */
export const postgresKilled: Fault = {
  name: 'PostgreSQL killed (kill -9)',
  async begin({ postgres }, random) {
    if (random.next() < 0.5) await postgres.signal('SIGKILL');
    else process.kill(random.pick(await backendsOf(await postgres.pid())), 'SIGKILL');
    return byItself;
  },
};

/** Both at once, as when the machine goes down. */
export const bothKilled: Fault = {
  name: 'server and PostgreSQL killed',
  async begin(world: World) {
    world.server.kill('SIGKILL');
    await world.postgres.signal('SIGKILL');
    return byItself;
  },
};

/** PostgreSQL is shut down in order and started again, as for an update. */
export const postgresRestarted: Fault = {
  name: 'PostgreSQL restarted',
  async begin({ postgres }) {
    await postgres.restart();
    return byItself;
  },
};

/** An operator ends all connections. */
export const connectionsEnded: Fault = {
  name: 'connections ended (pg_terminate_backend)',
  async begin({ sql }) {
    await sql('select pg_terminate_backend(pid) from pg_stat_activity where backend_type = $1 and pid <> pg_backend_pid()', ['client backend']);
    return byItself;
  },
};

/** The processes of a PostgreSQL that serve connections. */
async function backendsOf(postmaster: number): Promise<number[]> {
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
  const pids = children.trim().split(' ').map(Number);
  const titles = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return pids.filter((_, index) => /^postgres: \w+ \w+ (\[local\]|127)/.test(titles[index]!));
}
