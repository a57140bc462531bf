import { Counter, type Registry } from 'prom-client';

/** How many names of operations are told apart: callers choose them, and each is a label that is kept for ever. */
const OPERATION_NAMES = 200;
const OTHER = 'other';

/** One answered GraphQL operation, as it is counted. */
interface OperationUse {
  /** Empty for one without a name, and for what could not be read. */
  readonly operation: string;
  readonly type: 'query' | 'mutation' | 'subscription' | 'none';
  /** `error` for an answer with top-level errors, `refused` for a mutation that answered a `Problem`. */
  readonly outcome: 'ok' | 'refused' | 'error';
}

/** What is counted of GraphQL. */
export class GraphQLMetrics {
  private readonly names = new Set<string>();
  private readonly operations: Counter<'operation' | 'type' | 'outcome'>;
  private readonly problems: Counter<'code'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.operations = new Counter({
      name: 'testodrom_graphql_operations_total', help: 'Answered GraphQL operations.',
      labelNames: ['operation', 'type', 'outcome'], registers,
    });
    this.problems = new Counter({
      name: 'testodrom_problems_total', help: 'Codes of errors, those of REST by their status, and of problems that mutations answered.',
      labelNames: ['code'], registers,
    });
  }

  /** Counts an operation. */
  countOperation({ operation, type, outcome }: OperationUse): void {
    this.operations.inc({ operation: this.told(operation), type, outcome });
  }

  /** Counts an error or a refusal by its code, which is one of ours. */
  countProblem(code: string): void {
    this.problems.inc({ code });
  }

  private told(name: string): string {
    if (name === '' || this.names.has(name)) return name;
    if (this.names.size >= OPERATION_NAMES) return OTHER;
    this.names.add(name);
    return name;
  }
}
