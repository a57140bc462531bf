import type { Round } from './round.js';

/** Prints how the rounds of a fault went, as a line of the table of docs/reliability.md. */
export function report(name: string, rounds: readonly Round[]): void {
  const sum = (count: (round: Round) => number): number => rounds.reduce((total, round) => total + count(round), 0);
  const recoveries = rounds.map(({ recoveryMs }) => recoveryMs).sort((one, other) => one - other);
  const seconds = (ms = 0): string => (ms / 1_000).toFixed(1);
  const cells = [
    name, rounds.length, sum(({ acknowledged }) => acknowledged), sum(({ unknown }) => unknown),
    sum(({ lost }) => lost.length), sum(({ doubled }) => doubled.length), sum(({ wrong }) => wrong.length),
    `${seconds(recoveries[Math.floor(recoveries.length / 2)])} (${seconds(recoveries.at(-1))})`,
  ];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
