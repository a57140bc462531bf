/** How often what depends on chance is tried: CLUSTER_ROUNDS. */
export const ROUNDS = Number(process.env['CLUSTER_ROUNDS'] ?? 10);

/** One round is for who has little time. */
export const SHORT = ROUNDS === 1;
