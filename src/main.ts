import nodeModules from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

// What lives long while the server starts does not while it serves: V8 would put the like of it where garbage stays for long,
// with all that it refers to. Set before the compile cache, which is of no use to a V8 with other flags.
setFlagsFromString('--no-allocation-site-pretenuring');
// What V8 makes of the sources is kept beside them, so that the next start is quicker; it is as good as they are, and no other
// place is. Where nothing can be written, and before Node 22, each start makes it anew.
if ('enableCompileCache' in nodeModules) nodeModules.enableCompileCache(fileURLToPath(new URL('.compiled', import.meta.url)));
// Of what the build makes of all sources and libraries (bundle.js).
await import(import.meta.resolve('#compiled/server/run.js'));
