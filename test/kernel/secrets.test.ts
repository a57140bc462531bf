import { describe, expect, it } from '@jest/globals';
import { clientOfToken, hashSecret, isAccessToken, isSameSecret, newAccessToken, newClientKey } from '../../src/kernel/secrets.js';

/** As the README tells scanners to find leaked secrets. */
const SECRET = /\btd(k_|a_[0-9a-f]{32})[0-9a-f]{72}\b/;
const CLIENT = '0190cb2e-0000-7000-8000-00000000000a';
const tokenOf = (): string => newAccessToken(CLIENT);
const CHECKSUM_LENGTH = 8;

/** CRC-32 as everybody knows it from zip files, bit by bit. */
function crc32(text: string): string {
  let register = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    register ^= byte;
    for (let bit = 0; bit < 8; bit += 1) register = (register >>> 1) ^ (register & 1 ? 0xedb88320 : 0);
  }
  return ((register ^ 0xffffffff) >>> 0).toString(16).padStart(CHECKSUM_LENGTH, '0');
}

const isWhole = (secret: string): boolean => crc32(secret.slice(0, -CHECKSUM_LENGTH)) === secret.slice(-CHECKSUM_LENGTH);

it('the checksum of these tests is CRC-32', () => {
  expect(crc32('123456789')).toBe('cbf43926');
  expect(crc32('')).toBe('00000000');
});

describe.each([
  ['client key', newClientKey, 'tdk_'], ['access token', tokenOf, 'tda_0190cb2e00007000800000000000000a'],
] as const)('a new %s', (_, make, prefix) => {
  it('has the form that scanners look for: a known beginning, 64 random digits and a checksum of both', () => {
    for (let count = 0; count < 100; count += 1) {
      const secret = make();
      expect(secret.slice(0, prefix.length)).toBe(prefix);
      expect(secret).toHaveLength(prefix.length + 64 + CHECKSUM_LENGTH);
      expect(SECRET.exec(`key="${secret}"; // secret`)?.[0]).toBe(secret);
      expect(isWhole(secret)).toBe(true);
    }
  });

  it('is never the same, and all its random digits vary', () => {
    const secrets = Array.from({ length: 500 }, make);
    expect(new Set(secrets).size).toBe(500);
    for (let place = prefix.length; place < prefix.length + 64; place += 1) {
      expect(new Set(secrets.map((secret) => secret[place])).size).toBe(16);
    }
  });

  it('fails its checksum with any single character changed', () => {
    const secret = make();
    const changed = Array.from(secret).flatMap((character, place) =>
      Array.from('0123456789abcdefkt_').filter((other) => other !== character).map((other) => Array.from(secret).with(place, other).join('')));
    expect(changed.length).toBeGreaterThan(secret.length * 15);
    expect(changed.filter(isWhole)).toEqual([]);
  });

  it('is stored as the SHA-256 that a changed secret does not have', () => {
    const secret = make();
    expect(hashSecret(secret)).toHaveLength(32);
    expect(hashSecret(`${secret} `).equals(hashSecret(secret))).toBe(false);
  });
});

it('a client key is not taken for an access token, nor the other way round', () => {
  expect([newClientKey(), tokenOf()].map(isAccessToken)).toEqual([false, true]);
});

it.each([
  ['one-secret', 'one-secret', true],
  ['one-secret', 'one-secreT', false],
  ['one-secret', 'one-secre', false],
  ['one-secret', '', false],
])('%s and %j are the same secret: %s', (one, other, same) => {
  expect(isSameSecret(one, other)).toBe(same);
});

describe('whose an access token is', () => {
  it('it says itself', () => {
    expect(clientOfToken(tokenOf())).toBe(CLIENT);
  });

  it.each(['', 'tda_', `tda_${'0'.repeat(72)}`, `tda_${'0'.repeat(103)}`, `tda_${'0'.repeat(105)}`, `tda_${'A'.repeat(32)}${'0'.repeat(72)}`, 'x'.repeat(108)])(
    '%j does not', (token) => {
      expect(clientOfToken(token)).toBeNull();
    });
});
