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

export function markdown(rows) {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => String(row[column]).length)));
  const line = (row) => `| ${row.map((cell, column) => String(cell).padEnd(widths[column])).join(' | ')} |`;
  return [line(rows[0]), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.slice(1).map(line)].join('\n');
}
