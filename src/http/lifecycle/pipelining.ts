import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';
import { atEnd } from './at-end.js';

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
  const connections = new WeakMap<Socket, { unanswered: number }>();
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response) => {
    const { socket } = request;
    // The rest of the packet.
    if (socket.destroyed) return;
    const connection = connections.get(socket) ?? { unanswered: 0 };
    if (!connections.has(socket)) connections.set(socket, connection);
    if (connection.unanswered >= PIPELINE_LIMIT) {
      onHangUp();
      return void socket.destroy();
    }
    connection.unanswered += 1;
    atEnd({ raw: response }, () => void (connection.unanswered -= 1));
    for (const each of answer) each.call(server, request, response);
  });
}
