#!/usr/bin/env node
/** As much of curl as the README uses (-s, -H, -d @-), because a machine that runs the tests need not have it. */
const headers = {};
let body;
let url;
for (let rest = process.argv.slice(2); rest.length > 0;) {
  const [argument, value] = rest;
  if (argument === '-H') {
    const [name, ...content] = value.split(':');
    headers[name.trim()] = content.join(':').trim();
  } else if (argument === '-d') {
    body = value === '@-' ? (await process.stdin.toArray()).join('') : value;
  } else if (argument !== '-s') {
    url = argument;
  }
  rest = rest.slice(argument === '-H' || argument === '-d' ? 2 : 1);
}
const response = await fetch(url, body === undefined ? { headers } : { method: 'POST', headers, body });
process.stdout.write(await response.text());
