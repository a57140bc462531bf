export type { Task } from './calls.js';
export { Primary } from './primary.js';
export { Workers } from './workers.js';
