import { announce, databaseUrl, poolSize } from './peer.mjs';

const { start } = await import('../.built/textbook/main.js');
announce(await start(databaseUrl, poolSize));
