import type { App } from '../../src/app.js';
import type { RejectionReason } from '../../src/observability/index.js';

/** How often a server has turned requests and operations away, by reason; a reason that never was is left out. */
export async function allRejections({ app }: { readonly app: App }): Promise<Readonly<Record<string, number>>> {
  const lines = (await app.services.metrics.text()).matchAll(/^testodrom_rejections_total\{reason="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries(Array.from(lines, ([, reason, count]) => [reason!, Number(count)] as const).filter(([, count]) => count > 0));
}

/** How often it has done so for one reason. */
export async function rejections(server: { readonly app: App }, reason: RejectionReason): Promise<number> {
  return (await allRejections(server))[reason] ?? 0;
}
