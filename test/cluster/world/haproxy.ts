import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../setup/free-port.js';
import { listens } from '../../setup/listens.js';
import { until } from '../../setup/processes.js';
import { folderOfAccount, start } from './debian.js';

/** Where it tells what it knows of the servers. */
const STATISTICS = '/haproxy';

/** Starts a HAProxy before some servers, which it asks whether they are ready; gives its origin. */
export async function startHaproxy(ports: readonly number[]): Promise<string> {
  const [folder, port] = [await folderOfAccount(), await freePort()];
  const servers = ports.map((each, place) => `  server api${place} 127.0.0.1:${each} check inter 200ms fall 2 rise 1\n`).join('');
  const file = join(folder, 'haproxy.cfg');
  await writeFile(file, `
defaults
  mode http
  option forwardfor
  timeout connect 1s
  timeout client 60s
  timeout server 60s
  timeout check 5s
  option redispatch
frontend partners
  bind 127.0.0.1:${port}
  default_backend servers
backend servers
  balance roundrobin
  option httpchk GET /readyz
  stats enable
  stats uri ${STATISTICS}
${servers}`);
  start('haproxy', ['-db', '-f', file], folder);
  await until(() => listens(port));
  const origin = `http://127.0.0.1:${port}`;
  await until(async () => ((await fetch(`${origin}/healthz`)).ok || undefined));
  return origin;
}

/** Whether the HAProxy of an origin sends requests to the server at a place. */
export async function isUp(origin: string, place: number): Promise<boolean> {
  const [heading = '', ...rows] = (await (await fetch(new URL(`${STATISTICS};csv`, origin))).text()).split('\n');
  const standing = heading.split(',').indexOf('status');
  return rows.find((row) => row.startsWith(`servers,api${place},`))?.split(',')[standing] === 'UP';
}
