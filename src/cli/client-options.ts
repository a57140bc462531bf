import { type Command, InvalidArgumentError } from 'commander';

/** The options for the days and the invoices of a client; `client create` and `client set` share them. */
export function addBillingOptions(command: Command): Command {
  return command
    .option('--time-zone <name>', 'where the days of the client begin, such as Europe/Moscow')
    .option('--price <roubles>', 'price of a license, VAT included, such as 1500 or 1500.50')
    .option('--buyer-name <name>', 'who pays: full name of the organisation or person')
    .option('--buyer-inn <inn>', 'ИНН of the buyer')
    .option('--buyer-kpp <kpp>', 'КПП of the buyer; empty for a person')
    .option('--buyer-address <address>', 'address of the buyer');
}

/** The options in which the policies of a client are given; `client create` and `client set` share them. */
export function addPolicyOptions(command: Command): Command {
  return command
    .option('--license-limit <n>', 'licenses that a prepaid client has paid for', wholeNumber)
    .option('--overdraft <n>', 'licenses that a prepaid client may issue beyond its limit', wholeNumber)
    .option('--max-tests <n>', 'custom policy: distinct tests per user; left out for no limit', wholeNumber)
    .option('--max-bonus-tests <n>', 'custom policy: distinct bonus tests per user', wholeNumber)
    .option('--max-results-per-test <n>', 'custom policy: results of one test per user', wholeNumber);
}

/** The option for the web origins of a client; `client create` and `client set` share it. */
export function addOriginOption(command: Command): Command {
  return command.option(
    '--origin <origin>',
    'site whose pages may use the keys of the client, such as https://school5.ru; once for each, in place of all before; ' +
    'empty for none',
    (origin: string, before: readonly string[] | undefined) => [...before ?? [], origin],
  );
}

/** What `addOriginOption` adds to the options of a command. */
export interface OriginOption {
  readonly origin?: string[];
}

export const PAYMENT_OPTION = ['--payment <policy>', 'prepaid or postpaid'] as const;
export const LICENSE_POLICY_OPTION = [
  '--license-policy <policy>', 'one-test, one-test-and-bonus, unlimited or custom',
] as const;
export const JSON_OPTION = ['--json', 'print JSON, for programs'] as const;

/** How many lines are listed when nobody says how many, and at most. */
const LINES = { byDefault: 20, most: 1_000 } as const;
export const LIMIT_OPTION = ['--limit <n>', `how many, 1 to ${LINES.most}`, lineCount, LINES.byDefault] as const;

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It has to be a whole number.');
  return Number(text);
}

function lineCount(text: string): number {
  const lines = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (lines < 1 || lines > LINES.most) throw new InvalidArgumentError(`It has to be a whole number from 1 to ${LINES.most}.`);
  return lines;
}
