import type { App } from '../../src/app.js';

/** How many requests a server has turned away, by reason. */
export async function rejectionsOf({ services: { metrics } }: Pick<App, 'services'>): Promise<Record<string, number>> {
  const lines = (await metrics.text()).matchAll(/^testodrom_rejections_total\{reason="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries(Array.from(lines, ([, reason, count]) => [reason!, Number(count)]));
}
