import type { Metrics } from './metrics.js';
import { currentFacts } from './request-facts.js';
import type { Tracing } from './tracing.js';

/** A statement that is sent to the database; see `QueryObserver`. */
interface Statement {
  readonly name: string | null;
  readonly command: string;
}

/**
 * What is to be told of each statement: counts it, for its request too, and traces it within the request's span.
 *
 * @param from a failure of a replica is none of the database: the primary answers
 */
export function observeStatements(metrics: Metrics, tracing: Tracing | null, from: 'primary' | 'replica' = 'primary') {
  return ({ name, command }: Statement): ((failure: Error | null) => void) => {
    const begun = performance.now();
    const facts = currentFacts();
    if (facts) facts.statements += 1;
    const span = facts?.span && tracing ? tracing.beginStatement(facts.span, name, command) : null;
    return (failure) => {
      const code = failure && codeOf(failure);
      metrics.statements.count(performance.now() - begun, from === 'primary' ? code : null);
      if (span) tracing?.endStatement(span, code);
    };
  };
}

/** SQLSTATE; empty for a failure of another kind, such as a lost connection. */
function codeOf(failure: Error): string {
  const { code } = failure as { readonly code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : '';
}
