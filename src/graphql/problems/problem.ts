import { Field, InterfaceType, registerEnumType } from 'type-graphql';

/** The expected refusals: each is a type of its own that carries the facts to act on. */
export enum ProblemCode {
  TEST_NOT_FOUND = 'TEST_NOT_FOUND',
  ANSWERS_INVALID = 'ANSWERS_INVALID',
  REVISION_CLOSED = 'REVISION_CLOSED',
  IDEMPOTENCY_KEY_REUSED = 'IDEMPOTENCY_KEY_REUSED',
  RESULT_NOT_FOUND = 'RESULT_NOT_FOUND',
  RESULT_ALREADY_ATTACHED = 'RESULT_ALREADY_ATTACHED',
  LICENSE_LIMIT_REACHED = 'LICENSE_LIMIT_REACHED',
  RESULT_LIMIT_REACHED = 'RESULT_LIMIT_REACHED',
  CLIENT_SUSPENDED = 'CLIENT_SUSPENDED',
  PAYMENT_POLICY_MISMATCH = 'PAYMENT_POLICY_MISMATCH',
  BILLING_DETAILS_MISSING = 'BILLING_DETAILS_MISSING',
  NOTHING_TO_INVOICE = 'NOTHING_TO_INVOICE',
  OPEN_INVOICE_LIMIT_REACHED = 'OPEN_INVOICE_LIMIT_REACHED',
  INVOICE_NOT_FOUND = 'INVOICE_NOT_FOUND',
  INVOICE_PAID = 'INVOICE_PAID',
  KEY_NOT_FOUND = 'KEY_NOT_FOUND',
  KEY_LIMIT_REACHED = 'KEY_LIMIT_REACHED',
  LAST_KEY = 'LAST_KEY',
  ENDING_KEY = 'ENDING_KEY',
  ACCESS_TOKEN_INVALID = 'ACCESS_TOKEN_INVALID',
  USER_NOT_FOUND = 'USER_NOT_FOUND',
}

registerEnumType(ProblemCode, {
  name: 'ProblemCode',
  description: 'The expected refusals of mutations, one for each type that implements `Problem`.',
  valuesConfig: {
    TEST_NOT_FOUND: { description: 'No published test has this slug.' },
    ANSWERS_INVALID: { description: 'The answers do not fit the test.' },
    REVISION_CLOSED: { description: 'The named edition of the test takes no answers any more.' },
    IDEMPOTENCY_KEY_REUSED: { description: 'The idempotency key belongs to another request, or to a result that was erased.' },
    RESULT_NOT_FOUND: { description: 'No result has this key.' },
    RESULT_ALREADY_ATTACHED: { description: 'Another user has the result.' },
    LICENSE_LIMIT_REACHED: { description: 'Payment policy: all licenses are issued.' },
    RESULT_LIMIT_REACHED: { description: "License policy: the user's license admits no further result of this kind." },
    CLIENT_SUSPENDED: { description: 'The client is suspended and issues no licenses.' },
    PAYMENT_POLICY_MISMATCH: { description: 'The order is one of the other payment policy.' },
    BILLING_DETAILS_MISSING: { description: 'What an invoice has to say is not known yet.' },
    NOTHING_TO_INVOICE: { description: 'Every license of the period has its invoice, or there is none.' },
    OPEN_INVOICE_LIMIT_REACHED: { description: 'Too many invoices wait to be paid.' },
    INVOICE_NOT_FOUND: { description: 'The client has no invoice with this id.' },
    INVOICE_PAID: { description: 'The invoice is paid.' },
    KEY_NOT_FOUND: { description: 'The client has no key with this id.' },
    KEY_LIMIT_REACHED: { description: 'The client has as many living keys as it may have.' },
    LAST_KEY: { description: 'No key would be left that lives on.' },
    ENDING_KEY: { description: 'The key that signs the request has been replaced and ends soon.' },
    ACCESS_TOKEN_INVALID: { description: 'The access token is not good for this save.' },
    USER_NOT_FOUND: { description: 'The client has no such user.' },
  },
});

@InterfaceType({ description: 'Why a mutation refused. Nothing was changed.' })
export abstract class Problem {
  @Field(() => ProblemCode, { description: 'The refusal, for programs.' })
  readonly code: ProblemCode;

  @Field(() => String, { description: 'The refusal in English, for developers.' })
  readonly message: string;

  protected constructor(code: ProblemCode, message: string) {
    this.code = code;
    this.message = message;
  }
}
