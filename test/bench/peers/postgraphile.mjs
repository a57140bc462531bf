// PostGraphile over the project's own tables: reports and dashboards, see `postgraphile-queries.mjs`.
import { databaseUrl, listen, poolSize } from './peer.mjs';
import { createServer } from 'node:http';
import { PgAggregatesPreset } from '@graphile/pg-aggregates';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { TYPES } from 'postgraphile/@dataplan/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { addPgTableCondition, pgSmartTags } from 'postgraphile/utils';

/** A result refers to its test by way of the revision; told of the short way, PostGraphile joins one table less. */
const TestOfResult = pgSmartTags({
  kind: 'class',
  match: 'result',
  tags: { foreignKey: '(test_id) references test (id)|@fieldName test' },
});

/** The bounds of a period, which conditions lack: of themselves they only compare for equality. */
const PeriodConditions = [['from', '>='], ['to', '<=']].map(([bound, operator]) => addPgTableCondition(
  { schemaName: 'public', tableName: 'license_usage_day' },
  bound,
  (build) => ({ type: build.getTypeByName('Date') }),
  (value, { sql, sqlTableAlias, sqlValueWithCodec }) => {
    const comparison = operator === '>=' ? sql`>=` : sql`<=`;
    return sql`${sqlTableAlias}.day ${comparison} ${sqlValueWithCodec(value, TYPES.date)}`;
  },
));

/** Groups days by months; the aggregates plugin groups times by hours and days, and leaves the rest to such plugins. */
const MonthsPlugin = {
  name: 'MonthsPlugin',
  version: '1.0.0',
  schema: {
    hooks: {
      build(build) {
        const { sql } = build;
        build.pgAggregateGroupBySpecs.push({
          id: 'month',
          isSuitableType: (codec) => codec === TYPES.date,
          sqlWrap: (day) => sql`to_char(${day}, 'YYYY-MM')`,
          sqlWrapCodec: () => TYPES.text,
        });
        return build;
      },
    },
  },
};

const preset = {
  extends: [PostGraphileAmberPreset, PgAggregatesPreset],
  plugins: [TestOfResult, ...PeriodConditions, MonthsPlugin],
  // It hides what has no index of its own; ours are partial, or serve more than their first column.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [makePgService({ connectionString: databaseUrl, schemas: ['public'], poolConfig: { max: poolSize }, pubsub: false })],
  grafserv: { graphiql: false, watch: false },
  grafast: { explain: false },
};

const server = createServer();
await postgraphile(preset).createServ(grafserv).addTo(server);
listen(server);
