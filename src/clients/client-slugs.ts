import { type Sql, statement } from '../database/index.js';

const byId = statement<{ slug: string }>('client-slug', 'select slug from client where id = $1');

/** The slugs of clients by their ids. A slug never changes, so that each is read once. */
export class ClientSlugs {
  private readonly slugs = new Map<string, string>();

  constructor(private readonly sql: Sql) {}

  /** The slug of a client that exists. */
  async of(clientId: string): Promise<string> {
    const known = this.slugs.get(clientId);
    if (known !== undefined) return known;
    const [client] = await this.sql.run(byId, [clientId]);
    if (!client) throw new Error(`Client ${clientId} is gone.`);
    this.slugs.set(clientId, client.slug);
    return client.slug;
  }
}
