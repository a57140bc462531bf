import { clockSteps } from './clock.js';
import { diskFull } from './disk.js';
import type { Fault } from './fault.js';
import { bothKilled, connectionsEnded, postgresKilled, postgresRestarted, serverKilled } from './killed.js';
import { answersLost, connectionsForgotten, databaseCutOff, databaseFarOff, databaseSilent } from './network.js';

export { byItself, type Fault } from './fault.js';

/** All that is tried, in the order of the table. */
export const faults: readonly Fault[] = [
  serverKilled, postgresKilled, bothKilled, postgresRestarted, connectionsEnded,
  databaseCutOff, databaseFarOff, databaseSilent, connectionsForgotten, answersLost,
  diskFull, clockSteps,
];
