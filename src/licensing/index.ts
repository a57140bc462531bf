export type { AttachmentDecision, LicenseLimitReached, RegistrationDecision } from './decision.js';
export type { LicensingOutcome } from './draft.js';
export type { LedgerUser } from './ledger.js';
export {
  licensePolicies,
  type LicensePolicy,
  LicensePolicyPreset,
  type LicensePolicyRefusal,
  LicensePolicyRule,
  presetOf,
} from './license-policy.js';
export { LicensingService } from './licensing-service.js';
export { type LicenseAccount, PaymentPolicy } from './payment-policy.js';
