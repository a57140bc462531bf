import { registerEnumType } from 'type-graphql';
import { BillingDetail, InvoiceStatus } from '../billing/index.js';
import { QuestionKind } from '../catalogue/index.js';
import { ActorKind, AuditAction, ClientStatus } from '../clients/index.js';
import { Interval, LicensePolicyPreset, LicensePolicyRule, PaymentPolicy } from '../licensing/index.js';
import { AnswerIssueCode } from '../results/index.js';

/** Whether the report of a result may be read. */
export enum ReportAvailability {
  AVAILABLE = 'AVAILABLE',
  USER_REQUIRED = 'USER_REQUIRED',
}

/** The sexes that norms tell apart. */
export enum Sex {
  MALE = 'MALE',
  FEMALE = 'FEMALE',
}

/** The faces of a report. */
export enum ReportFormat {
  JSON = 'json',
  HTML = 'html',
  PDF = 'pdf',
}

/** The faces of an invoice. */
export enum InvoiceFormat {
  HTML = 'html',
  PDF = 'pdf',
}

/** What the level of a bar means. */
export enum BarColor {
  PRIMARY = 'primary',
  SUCCESS = 'success',
  WARNING = 'warning',
  DANGER = 'danger',
}

registerEnumType(BarColor, {
  name: 'BarColor',
  description: 'What the level of a bar means, as the author of the test sees it.',
  valuesConfig: {
    PRIMARY: { description: 'Nothing in particular.' },
    SUCCESS: { description: 'Good.' },
    WARNING: { description: 'To be watched.' },
    DANGER: { description: 'Bad.' },
  },
});

registerEnumType(Sex, {
  name: 'Sex',
  description: 'The sexes that norms tell apart.',
  valuesConfig: { MALE: { description: 'Male.' }, FEMALE: { description: 'Female.' } },
});

registerEnumType(ReportFormat, {
  name: 'ReportFormat',
  description: 'The faces of a report.',
  valuesConfig: {
    JSON: { description: 'The scores in the shape of the REST API.' },
    HTML: { description: 'A complete page.' },
    PDF: { description: 'A document to print.' },
  },
});

registerEnumType(InvoiceFormat, {
  name: 'InvoiceFormat',
  description: 'The faces of an invoice.',
  valuesConfig: {
    HTML: { description: 'A complete page.' },
    PDF: { description: 'A document to print.' },
  },
});

registerEnumType(InvoiceStatus, {
  name: 'InvoiceStatus',
  description: 'What became of an invoice.',
  valuesConfig: {
    ISSUED: { description: 'It waits to be paid.' },
    PAID: { description: 'The money has come; the limit of a prepaid client was raised.' },
    CANCELLED: { description: 'It is not to be paid any more. Its number is not given again.' },
  },
});

registerEnumType(BillingDetail, {
  name: 'BillingDetail',
  description: 'What the platform has to know before it can make an invoice.',
  valuesConfig: {
    PRICE: { description: 'The price of a license: `Client.licensePrice`.' },
    BUYER: { description: 'Who pays: `Client.buyer`.' },
    SELLER: { description: 'Who sells the licenses: the same for all clients.' },
  },
});

registerEnumType(ReportAvailability, {
  name: 'ReportAvailability',
  description: 'Whether the report of a result may be read.',
  valuesConfig: {
    AVAILABLE: { description: 'The report may be read by whoever holds the result key.' },
    USER_REQUIRED: { description: 'The test is paid: attach the result to a user first (`Mutation.attachResult`).' },
  },
});

registerEnumType(QuestionKind, {
  name: 'QuestionKind',
  description: 'How a question is answered.',
  valuesConfig: {
    OPTION: { description: 'One of the options, or as many as `count` says.' },
    CHECKBOX: { description: 'Any number of the options, each at most once.' },
    TEXT: { description: 'Free text: one value for each of the options, which are fields to fill in.' },
    RATING: { description: 'The options put in order: the values in the chosen order.' },
    GRADIENT: { description: 'A whole number between the smallest and the largest option, as a slider gives it.' },
  },
});

registerEnumType(ClientStatus, {
  name: 'ClientStatus',
  description: 'Whether a client may issue licenses.',
  valuesConfig: {
    ACTIVE: { description: 'In business.' },
    SUSPENDED: { description: 'Reads its data, but neither registers users nor attaches results.' },
  },
});

registerEnumType(PaymentPolicy, {
  name: 'PaymentPolicy',
  description: 'How a client pays for licenses.',
  valuesConfig: {
    PREPAID: { description: 'In advance: no more licenses are issued than the limit plus the overdraft.' },
    POSTPAID: { description: 'After the fact: licenses are never refused and always counted.' },
  },
});

registerEnumType(Interval, {
  name: 'Interval',
  description: "What a point of a series stands for, as the client's calendar has it.",
  valuesConfig: {
    DAY: { description: 'A day, which has 23 or 25 hours when clocks are changed.' },
    WEEK: { description: 'A week, from Monday.' },
    MONTH: { description: 'A calendar month.' },
  },
});

registerEnumType(LicensePolicyPreset, {
  name: 'LicensePolicyPreset',
  description: 'The license policies that have a name.',
  valuesConfig: {
    ONE_TEST: { description: 'One result of one test.' },
    ONE_TEST_AND_BONUS: { description: 'One result of one test and one result of one bonus test.' },
    UNLIMITED: { description: 'Any number of results.' },
    CUSTOM: { description: 'Limits agreed with this client.' },
  },
});

registerEnumType(LicensePolicyRule, {
  name: 'LicensePolicyRule',
  description: 'The part of a license policy that refused a result.',
  valuesConfig: {
    MAX_TESTS: { description: '`LicensePolicy.maxTests`: distinct tests that are no bonus.' },
    MAX_BONUS_TESTS: { description: '`LicensePolicy.maxBonusTests`: distinct bonus tests.' },
    MAX_RESULTS_PER_TEST: { description: '`LicensePolicy.maxResultsPerTest`: results of one and the same test.' },
  },
});

registerEnumType(AnswerIssueCode, {
  name: 'AnswerIssueCode',
  description: 'What is wrong with the answer to one question.',
  valuesConfig: {
    MISSING: { description: 'The answers lack this question; a skipped one is sent with an empty list of values.' },
    UNKNOWN_QUESTION: { description: 'The test has no such question.' },
    DUPLICATE: { description: 'The question is answered a second time, or one value is given twice.' },
    UNKNOWN_VALUE: { description: 'The question does not offer this value.' },
    TOO_MANY_VALUES: { description: 'More values than the question takes.' },
    TOO_LONG: { description: 'A text is longer than 10,000 characters.' },
  },
});

registerEnumType(ActorKind, {
  name: 'ActorKind',
  description: 'Who changed something.',
  valuesConfig: {
    CLIENT_KEY: { description: 'The client, by one of its keys.' },
    COMMAND_LINE: { description: 'An operator of the platform, by a command.' },
    PLATFORM: { description: 'The platform itself.' },
  },
});

registerEnumType(AuditAction, {
  name: 'AuditAction',
  description: 'What was done.',
  valuesConfig: {
    CLIENT_CREATED: { description: 'The client was registered, with its first key.' },
    CLIENT_CHANGED: { description: 'Name, policies, price, buyer or time zone of the client were changed.' },
    CLIENT_SUSPENDED: { description: 'The client was stopped from issuing licenses.' },
    CLIENT_RESUMED: { description: 'The client may issue licenses again.' },
    KEY_CREATED: { description: 'The client got one more key.' },
    KEY_ROTATED: { description: 'A new key took the place of another one.' },
    KEY_REVOKED: { description: 'A key was ended.' },
    INVOICE_CREATED: { description: 'An invoice was issued.' },
    INVOICE_PAID: { description: 'An invoice was paid.' },
    INVOICE_CANCELLED: { description: 'An invoice was cancelled.' },
    USER_ERASED: { description: 'A user was erased.' },
  },
});
