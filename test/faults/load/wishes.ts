import type { Wish } from './history.js';

const PROBLEM = '... on Problem { code }';
const FULL = '... on LicenseLimitReachedProblem { limit overdraft issued }';
const GRANTED = 'licenseIssued replayed licenseUsage { issued limit }';

/** What is asked of GraphQL. */
interface Operation {
  readonly query: string;
  readonly input: object;
}

const queries = {
  save: `mutation ($input: SaveProgressInput!) { outcome: saveProgress(input: $input) {
    __typename ${PROBLEM} ... on SaveProgressSuccess { resultKey replayed } } }`,
  attach: `mutation ($input: AttachResultInput!) { outcome: attachResult(input: $input) {
    __typename ${PROBLEM} ${FULL} ... on ResultLimitReachedProblem { rule limit used } ... on AttachResultSuccess { ${GRANTED} } } }`,
  register: `mutation ($input: RegisterUserInput!) { outcome: registerUser(input: $input) {
    __typename ${PROBLEM} ${FULL} ... on RegisterUserSuccess { ${GRANTED} } } }`,
  order: `mutation ($input: CreateInvoiceInput!) { outcome: createInvoice(input: $input) {
    __typename ${PROBLEM} ... on CreateInvoiceSuccess { replayed invoice { number licenses } } } }`,
};

/** A wish that is asked of GraphQL; an invoice is paid by the operator. */
export type Asked = Exclude<Wish, { kind: 'pay' }>;

export function operationOf(wish: Asked): Operation {
  return { query: queries[wish.kind], input: inputOf(wish) };
}

function inputOf(wish: Asked): object {
  switch (wish.kind) {
    case 'save': {
      const answers = ['11', '3', '7'].map((questionId, index) => ({ questionId, values: [wish.values[index]] }));
      return { test: 'answered', idempotencyKey: wish.idempotencyKey, answers };
    }
    case 'attach': return { resultKey: wish.resultKey, userId: wish.userId };
    case 'register': return { userId: wish.userId };
    case 'order': return { idempotencyKey: wish.idempotencyKey, licenses: wish.licenses };
  }
}
