import { beforeEach, describe, expect, it } from '@jest/globals';
import { Metrics, type MetricsSnapshot, MetricsSum } from '../../src/observability/index.js';

let sum: MetricsSum;
beforeEach(() => {
  sum = new MetricsSum();
});

/** What a process tells that knows so many tests, as it comes to another process. */
async function toldBy(metrics: Metrics, tests: number): Promise<MetricsSnapshot> {
  metrics.watch({
    connections: () => ({ total: 5, idle: 2, waiting: 1 }), documents: () => ({ printing: 1, waiting: 0 }), tests: () => tests,
  });
  return JSON.parse(JSON.stringify(await metrics.snapshot())) as MetricsSnapshot;
}

/** Two processes with some counts. */
async function two(): Promise<[MetricsSnapshot, MetricsSnapshot]> {
  const [one, other] = [new Metrics(), new Metrics()];
  for (const metrics of [one, one, other]) metrics.countRest({ version: 'v2', endpoint: 'result/get', client: 'school', status: 200 });
  other.countRest({ version: 'v2', endpoint: 'result/get', client: 'school', status: 404 });
  one.http.begun();
  one.http.ended({ method: 'GET', route: '/', status: 200, milliseconds: 20 });
  other.http.begun();
  other.http.ended({ method: 'GET', route: '/', status: 200, milliseconds: 200 });
  other.http.begun();
  return [await toldBy(one, 3), await toldBy(other, 4)];
}

/** The lines whose names begin so. */
async function lines(name: string): Promise<string[]> {
  return (await sum.text()).split('\n').filter((line) => line.startsWith(name));
}

describe('the metrics of several processes', () => {
  it('add up counts, histograms, and amounts; what is no amount is told of one', async () => {
    const [one, other] = await two();
    sum.note(1, one);
    sum.note(2, other);
    expect(await lines('testodrom_rest_requests_total')).toEqual([
      'testodrom_rest_requests_total{version="v2",endpoint="result/get",client="school",status="200"} 3',
      'testodrom_rest_requests_total{version="v2",endpoint="result/get",client="school",status="404"} 1',
    ]);
    expect(await lines('testodrom_http_request_duration_seconds')).toEqual(expect.arrayContaining([
      'testodrom_http_request_duration_seconds_bucket{le="0.025",route="/"} 1',
      'testodrom_http_request_duration_seconds_bucket{le="0.25",route="/"} 2',
      'testodrom_http_request_duration_seconds_count{route="/"} 2',
      'testodrom_http_request_duration_seconds_sum{route="/"} 0.22',
    ]));
    expect(await lines('testodrom_http_requests_under_way')).toEqual(['testodrom_http_requests_under_way 1']);
    expect(await lines('testodrom_database_connections ')).toEqual(['testodrom_database_connections 10']);
    expect(await lines('testodrom_catalogue_tests')).toEqual(['testodrom_catalogue_tests 3']);
    expect(await lines('nodejs_version_info')).toHaveLength(1);
    const start = one.find(({ name }) => name === 'process_start_time_seconds')!.values[0] as { value: number };
    expect(await lines('process_start_time_seconds')).toEqual([`process_start_time_seconds ${start.value}`]);
  });

  it('are those that each told last', async () => {
    const [one, other] = await two();
    sum.note(1, one);
    sum.note(1, other);
    expect(await lines('testodrom_database_connections ')).toEqual(['testodrom_database_connections 5']);
  });

  it('keep what was counted by those that are gone, and not how they stood', async () => {
    const [one, other] = await two();
    sum.note(1, one);
    sum.note(2, other);
    sum.note(3, one);
    const [counts, durations] = [await lines('testodrom_rest_requests_total'), await lines('testodrom_http_request_duration')];
    sum.leave(2);
    sum.leave(1);
    sum.leave(4);
    expect((await lines('testodrom_rest_requests_total')).toSorted()).toEqual(counts.toSorted());
    expect((await lines('testodrom_http_request_duration')).toSorted()).toEqual(durations.toSorted());
    expect(await lines('testodrom_database_connections ')).toEqual(['testodrom_database_connections 5']);
    expect(await lines('testodrom_http_requests_under_way')).toEqual(['testodrom_http_requests_under_way 0']);
    sum.leave(3);
    expect(await lines('testodrom_rest_requests_total')).toHaveLength(2);
    expect(await lines('testodrom_database_connections ')).toEqual([]);
  });
});
