const DIGITS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** A number in base58, with zeros in front up to so many digits. */
export function base58(number: bigint, length = 22): string {
  let rest = number;
  let text = '';
  for (; rest > 0n; rest /= 58n) text = DIGITS.charAt(Number(rest % 58n)) + text;
  return text.padStart(length, DIGITS.charAt(0));
}

/** The 22 characters in which the platform wrote a UUID. */
export function shortKey(uuid: string): string {
  return base58(BigInt(`0x${uuid.replaceAll('-', '')}`));
}
