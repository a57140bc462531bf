/**
 * A partner's flow, for the first visit of the explorer: one document, so that key and variables are filled in once. Each
 * operation runs as it is after those before it; the tests run them all.
 */
export const EXAMPLES = `# A partner's whole flow. Choose an operation by the
# run button, or by the cursor and Ctrl-Enter.
#
# What is marked with KEY needs your key in Headers:
#   { "authorization": "Bearer <CLIENT_KEY>" }
# It is forgotten when this tab is closed.

# 1. Show a test with its questions.
query ShowTest($test: String! = "work-values") {
  test(slug: $test) {
    name(locale: "en")
    durationMinutes
    revision
    paid
    questions(locale: "en") {
      id
      kind
      name(locale: "en")
      options { value text(locale: "en") }
    }
  }
}

# 2. Save the answers, one entry a question; what was
#    skipped has no values. Copy "resultKey" from what
#    comes back into Variables: { "resultKey": "..." }
mutation SaveAnswers(
  $test: String! = "work-values"
  $answers: [AnswerInput!]! = [
    { questionId: "1", values: ["4"] }, { questionId: "2", values: ["5"] }
    { questionId: "3", values: ["3"] }, { questionId: "4", values: ["2"] }
    { questionId: "5", values: ["5"] }, { questionId: "6", values: ["4"] }
    { questionId: "7", values: ["1"] }, { questionId: "8", values: ["3"] }
    { questionId: "9", values: ["4"] }, { questionId: "10", values: ["5"] }
    { questionId: "11", values: ["3"] }, { questionId: "12", values: ["2"] }
    { questionId: "13", values: ["4"] }, { questionId: "14", values: ["5"] }
    { questionId: "15", values: ["2"] }, { questionId: "16", values: [] }
  ]
) {
  saveProgress(input: { test: $test, answers: $answers }) {
    __typename
    ... on SaveProgressSuccess { resultKey }
    ... on AnswersInvalidProblem { issues { questionId message } }
    ... on Problem { code message }
  }
}

# 3. KEY. Ask whether the result can be given to a user,
#    whom you name by an id of yours. Changes nothing.
mutation CheckAttachment(
  $resultKey: UUID!
  $user: String! = "anna@example.com"
) {
  checkAttachment(input: { resultKey: $resultKey, userId: $user }) {
    __typename
    ... on AttachmentCheckSuccess { licenseIssued replayed }
    ... on Problem { code message }
  }
}

# 4. KEY. Give the result to the user. Issues a license
#    if the user is new.
mutation AttachResult(
  $resultKey: UUID!
  $user: String! = "anna@example.com"
) {
  attachResult(input: { resultKey: $resultKey, userId: $user }) {
    __typename
    ... on AttachResultSuccess {
      licenseIssued
      user { key }
      licenseUsage { issued remaining }
    }
    ... on Problem { code message }
  }
}

# 5. Read the report: the result key is all it takes.
query ReadReport($resultKey: UUID!) {
  result(key: $resultKey) {
    reportAvailability
    report {
      scales { scale { name(locale: "en") } percentage }
      interpretations(locale: "en") { title }
      page: url(format: HTML, locale: "en")
      pdf: url(format: PDF, locale: "en")
    }
  }
}

# 6. KEY. See how you stand.
query Dashboard {
  viewer {
    name
    licensePolicy { preset }
    licenseUsage { issued limit remaining issuedInPeriod }
    testUsage { test { slug } results users }
    users(first: 5) {
      nodes { externalId registeredAt statistics { resultCount } }
    }
  }
}

# 7. KEY. Get a one-time token: a browser sends it in
#    place of your key, and saves one result of a user.
mutation IssueAccessToken(
  $test: String! = "work-values"
  $user: String = "boris@example.com"
) {
  issueAccessToken(input: { test: $test, userId: $user, ttlSeconds: 3600 }) {
    __typename
    ... on IssueAccessTokenSuccess { token expiresAt }
    ... on Problem { code message }
  }
}

# 8. KEY. Order licenses in advance; a postpaid client
#    names a period instead. Makes an invoice each time.
mutation CreateInvoice($licenses: Int = 25) {
  createInvoice(input: { licenses: $licenses }) {
    __typename
    ... on CreateInvoiceSuccess {
      invoice { number total { amount currency } url }
    }
    ... on Problem { code message }
  }
}
`;
