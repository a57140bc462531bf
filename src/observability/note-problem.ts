import type { Metrics } from './metrics.js';
import type { RequestFacts } from './request-facts.js';

/** Counts an error or a refusal by its code, and notes it for the log line of its request, if there is one, which tells the first. */
export function noteProblem(metrics: Metrics, facts: RequestFacts | null, code: string): void {
  metrics.graphql.countProblem(code);
  if (facts) facts.problem ??= code;
}
