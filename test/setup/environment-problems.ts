import { expect } from '@jest/globals';
import { loadConfig } from '../../src/config.js';
import { OperatorError } from '../../src/kernel/operator-error.js';

/** What a server says of a wrong environment; `none` of a good one. */
export function problemsOf(variables: Record<string, string>): string {
  try {
    loadConfig(variables);
    return 'none';
  } catch (error) {
    expect(error).toBeInstanceOf(OperatorError);
    return (error as OperatorError).message;
  }
}
