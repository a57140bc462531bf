export { BEGIN, distribute, planDistribution } from './distribute.js';
export type { Plan } from './plan.js';
