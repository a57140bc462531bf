import { type IncomingHttpHeaders, request } from 'node:http';

/** A request as it goes over the wire: `fetch` mends addresses and headers. */
export interface RawRequest {
  readonly method?: string;
  /** With its query, not encoded any further. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends a request to the server of an address, whose path does not matter, over a connection that is used again. */
export function sendRaw(url: string, { method = 'GET', path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sending = request({ hostname, port, method, path, headers: { ...length, ...headers } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part)).on('error', reject).on('end', () =>
        resolve({ status: answer.statusCode!, headers: answer.headers, text: Buffer.concat(parts).toString() }));
    });
    sending.on('error', reject).end(body);
  });
}

/** Parameters as a query or form; arrays as PHP nests them. */
export function formText(parameters: Readonly<Record<string, unknown>>): string {
  return Object.entries(parameters).flatMap(([name, value]) => fields(name, value))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

function fields(name: string, value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, one]) => fields(`${name}[${key}]`, one));
}
