import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';

/** How many requests of a connection may wait for their answers: browsers send none ahead, and few programs do. */
const PIPELINE_LIMIT = 20;

/**
 * Hangs up on a connection on which more requests were sent ahead than the limit. One packet holds a thousand of them, all of
 * which would be answered before anybody who has just connected is let in.
 *
 * @param onHangUp told of each such connection
 */
export function boundPipelining(server: Server, onHangUp: () => void): void {
  const answer = server.listeners('request') as RequestListener[];
  const unanswered = new WeakMap<Socket, number>();
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response) => {
    const { socket } = request;
    // The rest of the packet.
    if (socket.destroyed) return;
    const waiting = (unanswered.get(socket) ?? 0) + 1;
    if (waiting > PIPELINE_LIMIT) {
      onHangUp();
      return void socket.destroy();
    }
    unanswered.set(socket, waiting);
    response.once('close', () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1));
    for (const each of answer) each.call(server, request, response);
  });
}
