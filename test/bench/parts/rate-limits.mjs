// Measures what rate limits cost: how many cheap operations a second one server answers without limits, counting in memory
// and counting in the database, each in turn for moments and many times over, so that only the ratio counts. Anonymous callers and
// one client, whose calls all count in one row. Prints figures; nothing fails.
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../../../dist/app.js';
import { createClient } from '../../../dist/clients/index.js';
import { loadConfig } from '../../../dist/config.js';
import { createServer } from '../../../dist/http/server.js';
import { Traffic } from '../../../dist/http/lifecycle/traffic.js';
import { openForBudgets } from '../../../dist/open-database.js';
import { RateLimits } from '../../../dist/rate-limits/index.js';

const AT_ONCE = 32;
const SLICE_MS = 300;
const ROUNDS = 20;
const ADDRESSES = 100_000;

const unlimited = { store: 'memory', clientPoints: 0, addressPoints: 0, failedKeys: 0 };
const limited = { clientPoints: 1e9, addressPoints: 1e9, failedKeys: 1e6 };
const stores = { 'no limits': unlimited, memory: { store: 'memory', ...limited }, postgres: { store: 'postgres', ...limited } };
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

function ask(url, body, key) {
  const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) };
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', agent, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`answered ${answer.statusCode}`));
      answer.resume().on('end', resolve);
    });
    sending.on('error', reject).end(body);
  });
}

async function rateOf(url, query, key) {
  const body = JSON.stringify({ query });
  const start = performance.now();
  let answered = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (performance.now() - start < SLICE_MS) {
      await ask(url, body, key);
      answered += 1;
    }
  }));
  return answered * 1_000 / (performance.now() - start);
}

/** The same server with other rate limits. */
async function serverWith(services, budgets, edge, settings) {
  const rateLimits = new RateLimits({ settings, sql: budgets, onRefused: fail, onStoreFailure: fail });
  const server = await createServer({ ...services, rateLimits }, {
    edge, landingPage: false, publicUrl: null, metricsKey: null, traffic: new Traffic(), pingDatabase: () => services.database.ping(),
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  return { server, url: `http://127.0.0.1:${server.server.address().port}/graphql` };
}

function fail(reason) {
  throw reason;
}

const folder = await mkdtemp(join(tmpdir(), 'testodrom-bench-'));
const answered = {};
try {
  // The process is busy with asking too.
  const config = loadConfig({ DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', OVERLOAD_EVENT_LOOP_DELAY: '60000' });
  const app = await startApp(config);
  const { key } = await createClient(app.services.database, { name: 'Client', slug: 'client', payment: 'postpaid', licensePolicy: 'unlimited' });
  const budgets = await openForBudgets(app.services.database, () => () => undefined);
  const servers = await Promise.all(Object.entries(stores).map(async ([name, settings]) =>
    ({ name, ...await serverWith(app.services, budgets, config.edge, settings) })));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [who, query, signedBy] of [['anonymous', '{ test(slug: "work-values") { length } }', null], ['signed', '{ viewer { slug } }', key]]) {
      for (const { name, url } of servers) {
        const rate = await rateOf(url, query, signedBy);
        // The first round warms up.
        if (round > 0) ((answered[who] ??= {})[name] ??= []).push(rate);
      }
    }
  }
  agent.destroy();
  for (const { server } of servers) await server.close();
  await budgets.close();
  await app.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}
for (const [who, rates] of Object.entries(answered)) {
  for (const [name, found] of Object.entries(rates)) {
    // Each round is compared within itself: what else the machine does changes from round to round.
    const ratios = found.map((rate, round) => rate / rates.memory[round]).sort((a, b) => a - b);
    const mean = found.reduce((sum, rate) => sum + rate, 0) / found.length;
    console.log(`${who.padEnd(11)}${name.padEnd(11)}${mean.toFixed(0).padStart(7)} a second, ${ratios[Math.floor(ratios.length / 2)].toFixed(2)} of memory`);
  }
}

const all = new RateLimits({
  settings: { store: 'memory', clientPoints: 1, addressPoints: 1_000, failedKeys: 1 },
  sql: null, onRefused: () => undefined, onStoreFailure: () => undefined,
});
globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
for (let address = 0; address < ADDRESSES; address += 1) {
  await all.address(`2001:db8:${(address >> 16).toString(16)}:${(address & 0xffff).toString(16)}::1`).charge(1);
}
globalThis.gc?.();
console.log(`\nmemory for each address that asks within a minute: ${Math.round((process.memoryUsage().heapUsed - before) / ADDRESSES)} bytes`);
