import { Field, Int, ObjectType } from 'type-graphql';
import { BillingDetail } from '../../billing/index.js';
import { PaymentPolicy } from '../../licensing/index.js';
import { Problem, ProblemCode } from './problem.js';

@ObjectType({ implements: Problem, description: 'A prepaid client orders a number of licenses, a postpaid one a period.' })
export class PaymentPolicyMismatchProblem extends Problem {
  @Field(() => PaymentPolicy, { description: 'How the client pays.' })
  readonly paymentPolicy: PaymentPolicy;

  constructor(paymentPolicy: PaymentPolicy) {
    const advice = paymentPolicy === PaymentPolicy.PREPAID
      ? 'You pay in advance: order a number of "licenses".'
      : 'You pay after the fact: name the "period" whose licenses you want to pay.';
    super(ProblemCode.PAYMENT_POLICY_MISMATCH, advice);
    this.paymentPolicy = paymentPolicy;
  }
}

@ObjectType({ implements: Problem, description: 'What an invoice has to say is not known yet. Ask the platform to add it.' })
export class BillingDetailsMissingProblem extends Problem {
  @Field(() => [BillingDetail], { description: 'All that is missing.' })
  readonly missing: readonly BillingDetail[];

  constructor(missing: readonly BillingDetail[]) {
    super(ProblemCode.BILLING_DETAILS_MISSING, `No invoice can be made before the platform knows: ${missing.join(', ').toLowerCase()}.`);
    this.missing = missing;
  }
}

@ObjectType({ implements: Problem, description: 'Every license that was issued in the period has its invoice, or none was issued.' })
export class NothingToInvoiceProblem extends Problem {
  constructor() {
    super(ProblemCode.NOTHING_TO_INVOICE, 'No license of this period is without an invoice.');
  }
}

@ObjectType({ implements: Problem, description: 'Too many invoices wait to be paid.' })
export class OpenInvoiceLimitReachedProblem extends Problem {
  @Field(() => Int, { description: 'The most invoices that may wait at the same time.' })
  readonly limit: number;

  constructor(limit: number) {
    super(ProblemCode.OPEN_INVOICE_LIMIT_REACHED, `${limit} invoices wait to be paid: pay or cancel some first.`);
    this.limit = limit;
  }
}

@ObjectType({ implements: Problem, description: 'The client has no invoice with this id.' })
export class InvoiceNotFoundProblem extends Problem {
  constructor() {
    super(ProblemCode.INVOICE_NOT_FOUND, 'You have no invoice with this id: `viewer.invoices` lists all.');
  }
}

@ObjectType({ implements: Problem, description: 'The invoice is paid, so it cannot be cancelled.' })
export class InvoicePaidProblem extends Problem {
  constructor() {
    super(ProblemCode.INVOICE_PAID, 'The invoice is paid and cannot be cancelled.');
  }
}
