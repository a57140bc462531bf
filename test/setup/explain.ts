import pg from 'pg';

/** A named statement with its values, as a request sends it. */
export interface NamedQuery {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** How tables are read: the types of the nodes, by the name of the table. */
export type Scans = Readonly<Record<string, readonly string[]>>;

/**
 * How PostgreSQL plans a statement: `custom` for these very values, as it does the first times, and `generic` for any, as it
 * does on a connection that has run the statement often. Of a bitmap, `Bitmap Heap Scan` stands for both halves.
 */
export async function scansOf(databaseUrl: string, { name, text, values }: NamedQuery): Promise<{ custom: Scans; generic: Scans }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const custom = scansIn(await client.query(`explain (format json) ${text}`, [...values]));
    await client.query('set plan_cache_mode = force_generic_plan');
    await client.query(`prepare ${client.escapeIdentifier(name)} as ${text}`);
    const nothing = values.length === 0 ? '' : `(${values.map(() => 'null').join(', ')})`;
    const generic = scansIn(await client.query(`explain (format json) execute ${client.escapeIdentifier(name)}${nothing}`));
    return { custom, generic };
  } finally {
    await client.end();
  }
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

function scansIn({ rows }: pg.QueryResult<{ 'QUERY PLAN': readonly { Plan: PlanNode }[] }>): Scans {
  const found = nodesOf(rows[0]!['QUERY PLAN'][0]!.Plan).filter((node) => node['Relation Name'] !== undefined);
  const byTable = Map.groupBy(found, (node) => node['Relation Name']!);
  return Object.fromEntries([...byTable].map(([table, nodes]) => [table, nodes.map((node) => node['Node Type'])]));
}

function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}
