import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import {
  type CancelInvoiceOutcome as Cancellation, type CreateInvoiceOutcome as Creation, Invoice, INVOICE_LICENSES, type InvoiceOrder,
  type IssuedInvoice, OPEN_INVOICE_LIMIT, PERIOD_LICENSES,
} from '../billing/index.js';
import { PeriodInput, periodIn } from './period.js';
import {
  BillingDetailsMissingProblem, IdempotencyKeyReusedProblem, InvoiceNotFoundProblem, InvoicePaidProblem, NothingToInvoiceProblem,
  OpenInvoiceLimitReachedProblem, PaymentPolicyMismatchProblem, type Problem,
} from './problems/index.js';
import { GraphQLUUID } from './uuid.js';

@ObjectType({ description: 'Who pays for the licenses of a client, as it stands in invoices. The platform changes it on request.' })
export class Buyer {
  @Field(() => String, { description: 'Full name of the organisation or the entrepreneur.' })
  name!: string;

  @Field(() => String, { description: 'ИНН, the number of a taxpayer: 10 digits of an organisation, 12 of a person.' })
  inn!: string;

  @Field(() => String, { nullable: true, description: 'КПП, 9 characters; null for a person.' })
  kpp!: string | null;

  @Field(() => String, { nullable: true, description: 'Address in one line; null when not given.' })
  address!: string | null;
}

@InputType({ description: 'What to pay: `licenses` for a prepaid client, `period` for a postpaid one, never both.' })
export class CreateInvoiceInput {
  @Field(() => Int, {
    nullable: true,
    description: `How many licenses a prepaid client buys, 1 to ${INVOICE_LICENSES}: its limit rises by as many when the invoice is paid.`,
  })
  licenses?: number | null;

  @Field(() => PeriodInput, {
    nullable: true,
    description: `The days whose licenses a postpaid client pays: all that no other invoice charges for, at most ${PERIOD_LICENSES}, all under one rate of VAT. Licenses issued later on these days are left for another invoice.`,
  })
  period?: PeriodInput | null;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: 'A random UUID of your making, a new one for each order: repeating the order with it gives the same invoice, as it stands by then, instead of a second one.',
  })
  idempotencyKey?: string | null;
}

/** What an input orders; an `InputError` tells what is wrong with its period. */
export function orderIn({ licenses, period }: CreateInvoiceInput): InvoiceOrder {
  return { licenses: licenses ?? null, period: periodIn(period) };
}

@InputType({ description: 'Which invoice.' })
export class CancelInvoiceInput {
  @Field(() => ID, { description: '`Invoice.id`.' })
  invoiceId!: string;
}

@ObjectType({ description: 'The invoice is made.' })
export class CreateInvoiceSuccess {
  @Field(() => Invoice, { description: 'The invoice.' })
  readonly invoice: IssuedInvoice;

  @Field(() => Boolean, { description: 'Whether an earlier request with the same idempotency key had made it.' })
  readonly replayed: boolean;

  constructor({ invoice, replayed }: Creation & { kind: 'CREATED' }) {
    this.invoice = invoice;
    this.replayed = replayed;
  }
}

@ObjectType({ description: 'The invoice is cancelled; the licenses of a postpaid one are free for another invoice.' })
export class CancelInvoiceSuccess {
  @Field(() => Invoice, { description: 'The invoice.' })
  readonly invoice: IssuedInvoice;

  @Field(() => Boolean, { description: 'Whether it was cancelled already, so that nothing was changed.' })
  readonly replayed: boolean;

  constructor({ invoice, replayed }: Cancellation & { kind: 'CANCELLED' }) {
    this.invoice = invoice;
    this.replayed = replayed;
  }
}

export const CreateInvoiceOutcome = createUnionType({
  name: 'CreateInvoiceOutcome',
  description: `What createInvoice answers. Of several problems the first of these is told: the idempotency key is reused, the order is not one of the payment policy, details are missing, ${OPEN_INVOICE_LIMIT} invoices wait to be paid, nothing is to be invoiced.`,
  types: () => [
    CreateInvoiceSuccess, IdempotencyKeyReusedProblem, PaymentPolicyMismatchProblem, BillingDetailsMissingProblem,
    OpenInvoiceLimitReachedProblem, NothingToInvoiceProblem,
  ] as const,
});

export const CancelInvoiceOutcome = createUnionType({
  name: 'CancelInvoiceOutcome',
  description: 'What cancelInvoice answers.',
  types: () => [CancelInvoiceSuccess, InvoiceNotFoundProblem, InvoicePaidProblem] as const,
});

/** The answer of createInvoice. */
export function createInvoiceOutcome(outcome: Creation): CreateInvoiceSuccess | Problem {
  switch (outcome.kind) {
    case 'CREATED': return new CreateInvoiceSuccess(outcome);
    case 'IDEMPOTENCY_KEY_REUSED': return new IdempotencyKeyReusedProblem();
    case 'PAYMENT_POLICY_MISMATCH': return new PaymentPolicyMismatchProblem(outcome.paymentPolicy);
    case 'BILLING_DETAILS_MISSING': return new BillingDetailsMissingProblem(outcome.missing);
    case 'OPEN_INVOICE_LIMIT_REACHED': return new OpenInvoiceLimitReachedProblem(outcome.limit);
    case 'NOTHING_TO_INVOICE': return new NothingToInvoiceProblem();
  }
}

/** The answer of cancelInvoice. */
export function cancelInvoiceOutcome(outcome: Cancellation): CancelInvoiceSuccess | Problem {
  switch (outcome.kind) {
    case 'CANCELLED': return new CancelInvoiceSuccess(outcome);
    case 'INVOICE_NOT_FOUND': return new InvoiceNotFoundProblem();
    case 'INVOICE_PAID': return new InvoicePaidProblem();
  }
}
