import type { RejectionReason } from '../../src/observability/index.js';
import type { App } from '../../src/app.js';

/** How many requests a server has turned away, by reason. */
export async function rejectionsOf({ services: { metrics } }: Pick<App, 'services'>): Promise<Record<string, number>> {
  const lines = (await metrics.text()).matchAll(/^testodrom_rejections_total\{reason="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries(Array.from(lines, ([, reason, count]) => [reason!, Number(count)]));
}

/** How often a server has turned a request away for a reason. */
export async function rejections({ app }: { readonly app: App }, reason: RejectionReason): Promise<number> {
  const text = await app.services.metrics.text();
  return Number(new RegExp(`^testodrom_rejections_total\\{reason="${reason}"\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}
