/** The most keys of a client that live at the same time. */
export const KEY_LIMIT = 10;

/** For how many seconds a key may stay good after it was replaced: as a rule a day, at most 30 days. */
export const KEY_GRACE = { usual: 86_400, longest: 2_592_000 } as const;

/** A living key as the rules see it. */
export interface KeyLife {
  readonly id: string;
  /** Null for a key that lives on. */
  readonly expiresAt: Date | null;
}

/** Whether a client with these living keys may have one more. */
export function admitsKey(living: readonly KeyLife[]): boolean {
  return living.length < KEY_LIMIT;
}

/**
 * Whether the client would be locked out without this key, now or when its other keys have ended: a key in its grace
 * does not count.
 */
export function isLastKey(living: readonly KeyLife[], key: KeyLife): boolean {
  return !living.some(({ id, expiresAt }) => id !== key.id && expiresAt === null);
}
