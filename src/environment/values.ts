import { isIP } from 'node:net';
import { z } from 'zod';

/** A whole number of a range, written in digits. */
export const whole = (from: number, to: number, byDefault: number) =>
  z.string().regex(/^\d+$/, `must be a whole number from ${from} to ${to}`).transform(Number)
    .refine((value) => value >= from && value <= to, `must be a whole number from ${from} to ${to}`)
    .default(byDefault);

/** Something that is there or not. */
export const onOrOff = (byDefault: boolean) =>
  z.enum(['on', 'off'], 'must be on or off').default(byDefault ? 'on' : 'off').transform((value) => value === 'on');

const origin = z.string().refine(isOrigin, 'must be origins such as https://school.ru, separated by commas');
const proxy = z.string().refine(isNetwork, 'must be addresses or networks such as 10.0.0.0/8, separated by commas');

const listed = (text: string): string[] => text.split(',').map((part) => part.trim());

/** Web origins, separated by commas, as browsers write them. */
export const origins = z.string().transform(listed).pipe(z.array(origin));

/** Addresses and networks, separated by commas. */
export const networks = z.string().transform(listed).pipe(z.array(proxy));

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}
