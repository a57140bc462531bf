import { type Command, InvalidArgumentError } from 'commander';

/** The options in which the policies of a client are given; `client create` and `client set` share them. */
export function addPolicyOptions(command: Command): Command {
  return command
    .option('--license-limit <n>', 'licenses that a prepaid client has paid for', wholeNumber)
    .option('--overdraft <n>', 'licenses that a prepaid client may issue beyond its limit', wholeNumber)
    .option('--max-tests <n>', 'custom policy: distinct tests per user; left out for no limit', wholeNumber)
    .option('--max-bonus-tests <n>', 'custom policy: distinct bonus tests per user', wholeNumber)
    .option('--max-results-per-test <n>', 'custom policy: results of one test per user', wholeNumber);
}

export const PAYMENT_OPTION = ['--payment <policy>', 'prepaid or postpaid'] as const;
export const LICENSE_POLICY_OPTION = [
  '--license-policy <policy>', 'one-test, one-test-and-bonus, unlimited or custom',
] as const;
export const JSON_OPTION = ['--json', 'print JSON, for programs'] as const;

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It has to be a whole number.');
  return Number(text);
}
