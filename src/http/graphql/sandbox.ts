const OWN_POLICY = /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/;

/**
 * The headers of the page of Apollo Sandbox, which comes from Apollo's servers. It names them itself, together with the secret
 * of its scripts, but leaves open what it does not name.
 */
export function sandboxHeaders(page: string): Readonly<Record<string, string>> {
  const [, named] = OWN_POLICY.exec(page) ?? [];
  return {
    'content-security-policy': [
      "default-src 'none'", ...(named === undefined ? [] : [named]),
      'font-src https://fonts.gstatic.com', "connect-src 'self'",
      "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    ].join('; '),
    // One logs in to Apollo in a window of its own.
    'cross-origin-opener-policy': 'same-origin-allow-popups',
    // As browsers have it without us: the frame learns whose it is.
    'referrer-policy': 'strict-origin-when-cross-origin',
  };
}
