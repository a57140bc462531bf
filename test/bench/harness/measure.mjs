import autocannon from 'autocannon';

/** How many connections ask at once, each one question after another. */
export const CONNECTIONS = 64;

/**
 * Puts a load on a server for some seconds, and checks every answer.
 *
 * @param next gives the next request: `body`, and what its answer has to be, by `check`
 * @param rate how many requests a second arrive, whether earlier ones were answered or not; as many as are answered by default
 */
export async function load(running, { method = 'POST', path, headers, body, next, check }, seconds, { connections = CONNECTIONS, rate } = {}) {
  const wrong = [];
  const cpuBefore = running.cpuMs;
  const ownBefore = process.cpuUsage();
  const instance = autocannon({
    url: running.url, connections, duration: seconds, timeout: 30, excludeErrorStats: true, ...(rate && { overallRate: rate }),
    requests: [{
      method,
      path,
      ...(body && { body }),
      headers: { ...(method === 'POST' && { 'content-type': 'application/json' }), ...headers },
      ...(next && {
        setupRequest: (request) => {
          const { headers: own, ...rest } = next();
          return { ...request, ...rest, headers: { ...request.headers, ...own } };
        },
      }),
      onResponse: (status, answer) => {
        if (!check(status, answer) && wrong.length < 3) wrong.push(`${status} ${String(answer).slice(0, 300)}`);
      },
    }],
  });
  const { requests, latency, duration, errors, timeouts } = await instance;
  const { user, system } = process.cpuUsage(ownBefore);
  if (wrong.length > 0 || errors > 0 || timeouts > 0) {
    throw new Error(`Wrong answers: ${JSON.stringify({ wrong, errors, timeouts })}`);
  }
  return {
    perSecond: requests.total / duration,
    answered: requests.total,
    p50: latency.p50,
    p99: latency.p99,
    cpuMsEach: (running.cpuMs - cpuBefore) / requests.total,
    // Near 1 it is the one who asks that is the limit.
    askerBusy: (user + system) / 1_000_000 / duration,
  };
}
