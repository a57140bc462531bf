/** What is asked of whatever has it: all fields that are read from the database. */
const problem = '__typename ... on Problem { code message }';
const result = 'key savedAt attachedAt reportAvailability test { slug }';
const page = 'pageInfo { hasNextPage hasPreviousPage }';
export const invoice = 'id number status licenses unitPrice { amount } total { amount } vat { amount } period { from to } issuedAt url(format: HTML)';
export const key = 'id hint createdAt lastUsedAt expiresAt current';
const usage = 'issued issuedInPeriod limit remaining series { issued }';
export const user = `id key externalId registeredAt license { issuedAt invoice { number } }
  results(first: 2) { totalCount ${page} nodes { ${result} } } last: results(last: 1, filter: { test: "paid" }) { nodes { ${result} } }
  statistics { resultCount byTest { results test { slug } latest { key } } availableTests { totalCount } remainingTests }`;
export const ownResult = `${result} user { key externalId } answers { question { id } } report { __typename }`;
export const viewer = `id slug name status timeZone
  users(first: 2) { totalCount ${page} nodes { ${user} } } filtered: users(last: 2, filter: { completed: ["paid"], externalIdPrefix: "p" }) { totalCount nodes { externalId } }
  results(first: 2) { totalCount ${page} nodes { ${result} } } lastResults: results(last: 2, filter: { test: "paid" }) { totalCount nodes { ${result} } }
  reports: results(first: 3) { nodes { report { __typename } answers { values } } }
  byKey: user(externalId: "pupil-1") { key } testUsage { results users test { slug } } licenseUsage { ${usage} }
  invoices { totalCount nodes { ${invoice} } } issued: invoices(last: 1, status: ISSUED) { totalCount nodes { number } }
  auditLog(first: 3) { totalCount nodes { id at actor keyHint action details } } keys { ${key} }`;

const outcome = (success: string, selection: string): string => `${problem} ... on ${success} { ${selection} }`;

/** A mutation with all that it may answer. */
const mutation = (field: string, input: string, success: string, selection: string): string =>
  `mutation ($input: ${input}Input!) { ${field}(input: $input) { ${outcome(success, selection)} } }`;

export const mutations = {
  attachResult: mutation('attachResult', 'AttachResult', 'AttachResultSuccess',
    `licenseIssued replayed licenseUsage { ${usage} } result { ${ownResult} } user { ${user} }`),
  checkAttachment: mutation('checkAttachment', 'AttachResult', 'AttachmentCheckSuccess', 'licenseIssued replayed'),
  registerUser: mutation('registerUser', 'RegisterUser', 'RegisterUserSuccess', `licenseIssued replayed licenseUsage { ${usage} } user { ${user} }`),
  eraseUser: mutation('eraseUser', 'EraseUser', 'EraseUserSuccess', 'results userKey'),
  issueAccessToken: mutation('issueAccessToken', 'IssueAccessToken', 'IssueAccessTokenSuccess', 'token expiresAt'),
  saveProgress: mutation('saveProgress', 'SaveProgress', 'SaveProgressSuccess', `resultKey replayed attachment { attached problem } result { ${result} }`),
  createInvoice: mutation('createInvoice', 'CreateInvoice', 'CreateInvoiceSuccess', `replayed invoice { ${invoice} }`),
  cancelInvoice: mutation('cancelInvoice', 'CancelInvoice', 'CancelInvoiceSuccess', `replayed invoice { ${invoice} }`),
  rotateClientKey: mutation('rotateClientKey', 'RotateClientKey', 'RotateClientKeySuccess', `key clientKey { ${key} } replaced { ${key} }`),
  revokeClientKey: mutation('revokeClientKey', 'RevokeClientKey', 'RevokeClientKeySuccess', `replayed clientKey { ${key} }`),
} as const;
