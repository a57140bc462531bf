// The limit of what answers over HTTP in this process: the same bytes to everybody.
import { listen } from './peer.mjs';
import { createServer } from 'node:http';
import { testOf } from './served-test.mjs';

const body = Buffer.from(JSON.stringify({ data: { test: testOf(process.env.TEST_SLUG) } }));
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length, 'etag': '"constant"' };
const server = createServer((_request, response) => response.writeHead(200, headers).end(body));
listen(server);
