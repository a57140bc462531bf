import nodeModules from 'node:module';
import { fileURLToPath } from 'node:url';

// What V8 makes of the sources is kept beside them, so that the next start is quicker; it is as good as they are, and no other
// place is. Where nothing can be written, and before Node 22, each start makes it anew.
if ('enableCompileCache' in nodeModules) nodeModules.enableCompileCache(fileURLToPath(new URL('.compiled', import.meta.url)));
await import('./run.js');
