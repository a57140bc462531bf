// The least that can stand between HTTP and PostgreSQL: one named statement, whose JSON is handed on as it comes.
import { databaseUrl, listen, poolSize } from './peer.mjs';
import { createServer } from 'node:http';
import pg from 'pg';

/**
 * Answers each POST of JSON with what a statement gives for its `variables`.
 *
 * @param statement its name and its text, which gives at most one row
 * @param valuesOf the values of the statement from the variables of a request
 * @param jsonOf the text of the answer's `data` from the row
 */
export function serveStatement({ name, text }, valuesOf, jsonOf) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: poolSize });
  listen(createServer(async (request, response) => {
    try {
      const { variables } = JSON.parse(await bodyOf(request));
      const { rows: [row] } = await pool.query({ name, text, values: valuesOf(variables) });
      send(response, 200, `{"data":${row ? jsonOf(row) : 'null'}}`);
    } catch (error) {
      send(response, 500, JSON.stringify({ errors: [{ message: error.message }] }));
    }
  }));
}

function bodyOf(request) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks).toString()));
    request.on('error', reject);
  });
}

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
