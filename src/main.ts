import nodeModules from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

/** The first version of Node that has all that the server and its libraries call. */
const OLDEST_NODE = 24;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(`The server needs Node ${OLDEST_NODE}, and this is ${process.versions.node}: start node_modules/.bin/node dist/main.js instead.`);
  process.exit(1);
}
// What lives long while the server starts does not while it serves: V8 would put the like of it where garbage stays for long,
// with all that it refers to. Set before the compile cache, which is of no use to a V8 with other flags.
setFlagsFromString('--no-allocation-site-pretenuring');
// What V8 makes of the sources is kept beside them, so that the next start is quicker; it is as good as they are, and no other
// place is. Where nothing can be written, each start makes it anew.
nodeModules.enableCompileCache(fileURLToPath(new URL('.compiled', import.meta.url)));
// Of what the build makes of all sources and libraries (bundle.js).
await import(import.meta.resolve('#compiled/server/run.js'));
