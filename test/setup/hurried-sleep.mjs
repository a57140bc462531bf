import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

// Loaded before a server that is to be seen doing what it does after a minute: there, a minute of sleep lasts a second.
const { setTimeout: sleep } = timers;
timers.setTimeout = (ms, ...rest) => sleep(ms / 60, ...rest);
syncBuiltinESMExports();
