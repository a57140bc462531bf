import type { FastifyReply } from 'fastify';

/** Does something when an answer was sent or given up: the hooks of Fastify do not hear of a caller who hangs up. */
export function atEnd({ raw }: Pick<FastifyReply, 'raw'>, work: () => void): void {
  // Node tells each answer once that it has ended; to listen once would take as long again.
  raw.on('close', work);
}
