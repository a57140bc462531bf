import type { Command } from 'commander';
import { BEGIN, distribute as distributeDatabase, type Plan, planDistribution } from '../database/distribution/index.js';
import { onDatabaseAsItIs } from './run.js';

export function distribute(program: Command): void {
  program.command('distribute')
    .description('spread the tables of a database over the machines of Citus, while no server is connected')
    .option('--print', 'only write the SQL, and change nothing')
    .action(({ print }: { print?: boolean }) => onDatabaseAsItIs(async (database) => {
      if (print) return printPlan(await planDistribution(database));
      await distributeDatabase(database);
      console.log('The database is distributed: start the servers.');
    }));
}

function printPlan({ preparing, spreading }: Plan): void {
  const lines = [BEGIN, '-- On any PostgreSQL. Go on: without the second part the audit log is not protected.', ...preparing, '-- With Citus.', ...spreading, 'commit', 'analyze'];
  for (const line of lines) console.log(line.startsWith('--') ? line : `${line};`);
}
