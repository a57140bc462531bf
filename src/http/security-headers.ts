/** A year, in seconds. */
const TLS_MAX_AGE = 31_536_000;

/** What no page here has a use for. */
const UNUSED_FEATURES = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb'];

const always = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Of answers that are no pages; a page says in a policy of its own what it needs.
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  // Addresses of reports and invoices are secrets.
  'referrer-policy': 'no-referrer',
  'permissions-policy': UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
  'cross-origin-opener-policy': 'same-origin',
  // Nobody is known by a cookie: pages of other sites get nothing here that who wrote them could not get without a browser.
  'cross-origin-resource-policy': 'cross-origin',
} as const;

// Of this host alone: what else there is below its name may have no TLS.
const overTls = { ...always, 'strict-transport-security': `max-age=${TLS_MAX_AGE}` } as const;

/**
 * What browsers are told with every answer, unless whoever answers says otherwise.
 *
 * @param tls whether partners reach the server over TLS, on which browsers shall insist from then on
 */
export function securityHeaders(tls: boolean): Readonly<Record<string, string>> {
  return tls ? overTls : always;
}
