// A report by one hand-written statement: what any server would have to do at least.
import { serveStatement } from './sql-peer.mjs';

const report = {
  name: 'report',
  // The calculation comes as text, so that nobody takes apart what is put together again right away.
  text: `
    select r.saved_at as "savedAt", r.revision_number as revision, t.slug, r.calculation::text as calculation
      from result r
      join test t on t.id = r.test_id
     where r.id = $1`,
};

serveStatement(report, ({ key }) => [key], ({ savedAt, revision, slug, calculation }) => {
  const head = JSON.stringify({ savedAt, revision, test: { slug } });
  return `{"result":${head.slice(0, -1)},"calculation":${calculation}}}`;
});
