import type { EntityClass } from '@mikro-orm/core';
import { Invoice, InvoiceCounter, InvoiceLicense } from './billing/index.js';
import { Question, QuestionOption, Test, TestRevision } from './catalogue/index.js';
import { AccessToken, AuditEntry, Client, ClientKey, License, LicenseUsageDay, User } from './clients/index.js';
import { RateLimit } from './rate-limits/index.js';
import { Attachment, Result, Seed } from './results/index.js';

/** Every table of the product. */
export const entities: readonly EntityClass<object>[] = [
  Test, TestRevision, Question, QuestionOption, Client, ClientKey, AccessToken, AuditEntry, User, License, LicenseUsageDay,
  Result, Attachment, Seed, Invoice, InvoiceLicense, InvoiceCounter, RateLimit,
];
