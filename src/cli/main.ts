import { Command } from 'commander';
import { delayToTell } from '../database/index.js';
import { InputError } from '../kernel/input-error.js';
import { OperatorError } from '../kernel/operator-error.js';
import { auditList } from './audit-list.js';
import { backup } from './backup.js';
import { clientCreate } from './client-create.js';
import { clientList } from './client-list.js';
import { clientSet } from './client-set.js';
import { clientShow } from './client-show.js';
import { clientSuspend } from './client-suspend.js';
import { distribute } from './distribute.js';
import { invoiceCancel } from './invoice-cancel.js';
import { invoiceList } from './invoice-list.js';
import { invoicePay } from './invoice-pay.js';
import { jobsList } from './jobs-list.js';
import { jobsRun } from './jobs-run.js';
import { keyCreate } from './key-create.js';
import { keyList } from './key-list.js';
import { keyRevoke } from './key-revoke.js';
import { licenseUsageRebuild } from './license-usage-rebuild.js';
import { restore } from './restore.js';
import { testExport } from './test-export.js';
import { testImport } from './test-import.js';
import { testList } from './test-list.js';

const program = new Command('testodrom')
  .description('Administers the platform, whether or not its server is running.')
  .showHelpAfterError('(--help shows the options)');

const client = program.command('client').description('partners of the platform');
for (const add of [clientCreate, clientShow, clientList, clientSet, clientSuspend]) add(client);

const licenseUsage = program.command('license-usage').description('licenses counted by day');
for (const add of [licenseUsageRebuild]) add(licenseUsage);

const key = program.command('key').description('keys of a client');
for (const add of [keyCreate, keyList, keyRevoke]) add(key);

const invoice = program.command('invoice').description('what clients have to pay');
for (const add of [invoiceList, invoicePay, invoiceCancel]) add(invoice);

const test = program.command('test').description('the catalogue of tests');
for (const add of [testList, testImport, testExport]) add(test);

auditList(program.command('audit').description('who changed what of a client, and when'));

const jobs = program.command('jobs').description('what servers do in the background');
for (const add of [jobsList, jobsRun]) add(jobs);

for (const add of [backup, restore, distribute]) add(program);

try {
  await program.parseAsync();
} catch (error) {
  const message = error instanceof OperatorError || error instanceof InputError ? error.message : delayToTell(error);
  if (message === null) throw error;
  console.error(message);
  process.exitCode = 1;
}
