import pg from 'pg';

/** Does something over a connection of its own. */
export async function onConnection(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
