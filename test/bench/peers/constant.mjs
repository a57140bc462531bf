// The limit of what answers over HTTP in this process: the same bytes to everybody.
import { createServer } from 'node:http';
import { listening, testOf } from './served-test.mjs';

const body = Buffer.from(JSON.stringify({ data: { test: testOf(process.env.TEST_SLUG) } }));
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length, 'etag': '"constant"' };
const server = createServer((_request, response) => response.writeHead(200, headers).end(body));
server.listen(0, '127.0.0.1', () => listening(server.address().port));
process.once('SIGTERM', () => process.exit(0));
