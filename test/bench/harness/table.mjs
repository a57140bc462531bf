import { short } from './figures.mjs';

/** The table of a run, in Markdown. */
export function tableOf(works) {
  const rows = [['work', 'who', 'a second', 'p50 ms', 'p99 ms', 'CPU ms each', 'ours : theirs', 'target', '']];
  for (const { title, contenders, ratios } of works) {
    for (const { name, perSecond, p50, p99, cpuMsEach } of contenders) {
      const ratio = ratios.find((one) => one.name === name);
      rows.push([
        name === contenders[0].name ? title : '', name, short(perSecond.median), short(p50.median), short(p99.median), short(cpuMsEach.median),
        ratio ? `${short(ratio.median)} (${short(ratio.min)}–${short(ratio.max)})` : '', ratio?.target ? String(ratio.target) : '', ratio?.verdict ?? '',
      ]);
    }
  }
  return markdown(rows);
}

/** The table of starts and memory. */
export function startTable({ figures, targets }) {
  const rows = [['who', 'start ms', 'at rest MiB', 'under load MiB', 'CPU ms a second, idle']];
  for (const { name, startMs, restMiB, loadMiB, idleCpuMs } of figures) {
    rows.push([name, short(startMs.median), short(restMiB.median), short(loadMiB.median), short(idleCpuMs.median)]);
  }
  const aims = targets.map(({ what, value, target }) => [what, short(value), `at most ${target}`, value <= target ? 'met' : 'missed']);
  return `${markdown(rows)}\n\n${markdown([['what', 'measured', 'target', ''], ...aims])}`;
}

function markdown(rows) {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => String(row[column]).length)));
  const line = (row) => `| ${row.map((cell, column) => String(cell).padEnd(widths[column])).join(' | ')} |`;
  return [line(rows[0]), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.slice(1).map(line)].join('\n');
}
