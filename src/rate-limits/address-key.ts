import { isIPv4, isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';

/** How many addresses are remembered with their keys: each request needs its own several times. */
const KEYS_HELD = 1_000;
const keys = new LRUCache<string, string>({ max: KEYS_HELD });

/** An IPv4 address inside IPv6, as URLs write it. */
const MAPPED = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;

/**
 * Under what an address is counted: an IPv4 address by itself, also when it is written as IPv6, and an IPv6 address by its
 * /64, because whoever has one address has all of these. What is no address is counted together.
 */
export function addressKey(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  const known = keys.get(address);
  if (known !== undefined) return known;
  const key = keyOf(address);
  keys.set(address, key);
  return key;
}

function keyOf(address: string): string {
  const bare = address.replace(/%.*$/, '');
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return 'unknown';
  const canonical = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  const [, high, low] = MAPPED.exec(canonical) ?? [];
  return high === undefined || low === undefined ? networkOf(canonical) : [high, low].flatMap(bytesOf).join('.');
}

function bytesOf(group: string): [number, number] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
}

/** The first four groups, those of zeros that `::` stands for written out. */
function networkOf(address: string): string {
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`;
}
