import { parseArgs } from 'node:util';

/** The sizes of data that can be asked for, in results; growth compares them with the first. */
export const SCALES = [10_000, 100_000, 1_000_000];

/** How long and how often each contender of a work is measured. */
const FULL = { rounds: 5, seconds: 4, warmUpSeconds: 5 };
const QUICK = { rounds: 2, seconds: 0.7, warmUpSeconds: 0.5 };

/**
 * Reads the command line.
 *
 * --scale  how many results the database holds: 10000, 100000 or 1000000
 * --quick  a short run, on the smallest scale unless another is named
 * --check  fails when a ratio is below its bound of the regression gate
 * --works  names of works, separated by commas; all of them by default
 * --profile  a folder for profiles of the processor time of our server, one each time that it is started
 * --soak   only puts a full load on the server for so many seconds, and watches its memory
 */
export function readArguments(args) {
  const { values } = parseArgs({
    args,
    options: {
      scale: { type: 'string' }, quick: { type: 'boolean', default: false }, check: { type: 'boolean', default: false },
      works: { type: 'string' }, soak: { type: 'string' }, profile: { type: 'string' }, rounds: { type: 'string' }, seconds: { type: 'string' },
    },
  });
  const scale = Number(values.scale ?? (values.quick ? SCALES[0] : SCALES.at(-1)));
  if (!SCALES.includes(scale)) throw new Error(`--scale has to be one of ${SCALES.join(', ')}`);
  const times = values.quick ? QUICK : FULL;
  return {
    scale,
    quick: values.quick,
    check: values.check,
    works: values.works?.split(',') ?? null,
    soakSeconds: values.soak === undefined ? null : Number(values.soak),
    profile: values.profile ?? null,
    rounds: Number(values.rounds ?? times.rounds),
    seconds: Number(values.seconds ?? times.seconds),
    warmUpSeconds: times.warmUpSeconds,
  };
}
