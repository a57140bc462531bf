import { erasingSteps, invoiceSteps, keySteps, nodeSteps, readingSteps } from './account-steps.js';
import { backupSteps, beginningSteps, jobSteps, operatorSteps, repeatedSteps } from './command-steps.js';
import { restSteps } from './rest-steps.js';
import { attachingSteps, savingSteps, tokenSteps } from './saving-steps.js';
import type { Step } from './world.js';

/** Every operation of a server, and of commands beside it, in an order in which there is something to read and write. */
export const servedSteps: readonly Step[] = [
  ...beginningSteps, ...readingSteps, ...savingSteps, ...attachingSteps, ...tokenSteps, ...invoiceSteps, ...restSteps, ...nodeSteps,
  ...operatorSteps, ...keySteps, ...erasingSteps, ...repeatedSteps,
];

/** What is done while no server is there that would do it too. */
export const unservedSteps: readonly Step[] = [...jobSteps, ...backupSteps];
