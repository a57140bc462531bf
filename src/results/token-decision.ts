/** An access token, and the save for which it was used, as the decision sees them. */
export interface TokenStanding {
  readonly testId: string;
  /** From when on the token is refused. */
  readonly expiresAt: Date;
  readonly used: boolean;
  /** The result of the save; null when the token is unused, or the result was erased since. */
  readonly saved: { readonly resultKey: string; readonly requestDigest: Buffer } | null;
}

/** A save as a token sees it. */
export interface TokenUse {
  /** Null for a slug that no published test has. */
  readonly testId: string | null;
  readonly requestDigest: Buffer;
}

export type TokenFault =
  /** It was never issued, it has expired, or its user was erased: then repeats of its save are refused too. */
  | 'UNKNOWN'
  /** It was used for another save. */
  | 'USED'
  /** It is for another test. */
  | 'OTHER_TEST';

export type TokenDecision =
  /** The answers may be saved, if they fit the test. */
  | { readonly kind: 'GOOD' }
  /** The save was done before. */
  | { readonly kind: 'REPEAT'; readonly resultKey: string }
  | { readonly kind: 'FAULTY'; readonly fault: TokenFault };

/** What a token admits now. The order of the checks is the order of precedence of the answers. */
export function decideToken(token: TokenStanding, use: TokenUse, at: Date): TokenDecision {
  if (token.expiresAt <= at) return { kind: 'FAULTY', fault: 'UNKNOWN' };
  if (token.used) {
    const { saved } = token;
    return saved?.requestDigest.equals(use.requestDigest)
      ? { kind: 'REPEAT', resultKey: saved.resultKey }
      : { kind: 'FAULTY', fault: 'USED' };
  }
  // A test that does not exist is told as that.
  if (use.testId !== null && use.testId !== token.testId) return { kind: 'FAULTY', fault: 'OTHER_TEST' };
  return { kind: 'GOOD' };
}
