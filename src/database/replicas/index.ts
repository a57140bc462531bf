export { Replica } from './replica.js';
export { type ReplicaRead, Replicas } from './replicas.js';
