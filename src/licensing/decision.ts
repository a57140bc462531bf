import { type LicensedTest, type LicensePolicy, type LicensePolicyRefusal, type LicenseUse, refusalOf } from './license-policy.js';
import { admitsLicense, type LicenseAccount } from './payment-policy.js';

/** The client as the policies see it. */
export interface ClientStanding extends LicenseAccount {
  readonly active: boolean;
  readonly licensePolicy: LicensePolicy;
}

/** A saved result as the policies see it. */
export interface ResultStanding extends LicensedTest {
  /** The user who has the result; null while nobody has. */
  readonly owner: { readonly clientId: string; readonly userId: string } | null;
}

/** A registered user as the policies see it. */
export interface UserStanding {
  readonly id: string;
  readonly clientId: string;
  readonly use: LicenseUse;
}

export type Suspended = { readonly kind: 'CLIENT_SUSPENDED' };
export interface LicenseLimitReached {
  readonly kind: 'LICENSE_LIMIT_REACHED';
  readonly limit: number;
  readonly overdraft: number;
  readonly issued: number;
}

export type RegistrationDecision =
  | Suspended
  | LicenseLimitReached
  /** The user is known: nothing is written and nothing is counted. */
  | { readonly kind: 'KNOWN' }
  /** The user is registered and a license issued. */
  | { readonly kind: 'REGISTERED' };

export type AttachmentDecision =
  | Suspended
  | LicenseLimitReached
  | { readonly kind: 'RESULT_NOT_FOUND' }
  | { readonly kind: 'RESULT_ALREADY_ATTACHED' }
  | ({ readonly kind: 'RESULT_LIMIT_REACHED' } & LicensePolicyRefusal)
  /** The same user has the result already: nothing is written. */
  | { readonly kind: 'REPLAYED' }
  /** The result is attached; a user who was not known is registered in the same transaction. */
  | { readonly kind: 'GRANTED'; readonly licenseIssued: boolean };

/** Every kind of decision. */
export const DECISIONS = [
  'KNOWN', 'REGISTERED', 'REPLAYED', 'GRANTED',
  'CLIENT_SUSPENDED', 'LICENSE_LIMIT_REACHED', 'RESULT_NOT_FOUND', 'RESULT_ALREADY_ATTACHED', 'RESULT_LIMIT_REACHED',
] as const satisfies readonly (RegistrationDecision | AttachmentDecision)['kind'][];

/** Whether a client may register a user; `user` is null for a person whom the client has not registered yet. */
export function decideRegistration(client: ClientStanding, user: UserStanding | null): RegistrationDecision {
  if (!client.active) return { kind: 'CLIENT_SUSPENDED' };
  if (user) return { kind: 'KNOWN' };
  return refusedLicense(client) ?? { kind: 'REGISTERED' };
}

/**
 * Whether a client may attach a result to a user. The order of the checks is the order of precedence of the answers;
 * it is written here and nowhere else.
 */
export function decideAttachment(
  client: ClientStanding,
  result: ResultStanding | null,
  user: UserStanding | null,
): AttachmentDecision {
  if (!client.active) return { kind: 'CLIENT_SUSPENDED' };
  if (!result) return { kind: 'RESULT_NOT_FOUND' };
  if (result.owner) {
    const same = user?.clientId === result.owner.clientId && user.id === result.owner.userId;
    return { kind: same ? 'REPLAYED' : 'RESULT_ALREADY_ATTACHED' };
  }
  const unpaid = user ? null : refusedLicense(client);
  if (unpaid) return unpaid;
  const refusal = refusalOf(client.licensePolicy, user?.use ?? new Map(), result);
  if (refusal) return { kind: 'RESULT_LIMIT_REACHED', ...refusal };
  return { kind: 'GRANTED', licenseIssued: !user };
}

function refusedLicense(client: ClientStanding): LicenseLimitReached | null {
  if (admitsLicense(client)) return null;
  const { limit, overdraft, issued } = client;
  return { kind: 'LICENSE_LIMIT_REACHED', limit: limit ?? 0, overdraft, issued };
}
