// What every peer does besides its work: it reads where the database is, and tells on which port it listens.
import './production.mjs';

/** The project's own database. */
export const databaseUrl = process.env.DATABASE_URL;

/** How many connections to it a peer may have. */
export const poolSize = Number(process.env.POOL_SIZE ?? 10);

// Whoever measures keeps nothing of a peer: there is nothing to save before the end.
process.once('SIGTERM', () => process.exit(0));

/** Tells whoever started the peer where it is. */
export function announce(port) {
  console.log(JSON.stringify({ port }));
}

/** Starts a server of `node:http` on a port of its own, and tells which. */
export function listen(server) {
  server.listen(0, '127.0.0.1', () => announce(server.address().port));
}
