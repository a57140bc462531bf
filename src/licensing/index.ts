export { lockClient } from './client-lock.js';
export { type AttachmentDecision, DECISIONS, type LicenseLimitReached, type RegistrationDecision } from './decision.js';
export type { LicensingOutcome } from './draft.js';
export { exhaustedAt, HORIZON_YEARS } from './forecast.js';
export type { LedgerUser } from './ledger.js';
export {
  licensePolicies,
  type LicensePolicy,
  LicensePolicyPreset,
  type LicensePolicyRefusal,
  LicensePolicyRule,
  type LicenseUse,
  presetOf,
  refusalOf,
  remainingTests,
} from './license-policy.js';
export { Interval, type LicenseUsage, readLicenseUsage, type UsagePoint, type UsageQuestion } from './license-usage.js';
export { LicensingService } from './licensing-service.js';
export { type LicenseAccount, PaymentPolicy } from './payment-policy.js';
export { rebuildUsage } from './rebuild-usage.js';
export { PACE_DAYS } from './usage-periods.js';
