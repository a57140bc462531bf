import { createUnionType, Field, InputType, Int, ObjectType } from 'type-graphql';
import { TOKEN_TTL, type TokenIssue } from '../clients/index.js';
import { ClientSuspendedProblem, TestNotFoundProblem } from './problems/index.js';

@InputType({ description: 'What an access token is for.' })
export class IssueAccessTokenInput {
  @Field(() => String, { description: 'Slug of the test that may be saved with the token.' })
  test!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Your own id of the person to whom the result is attached when it is saved: 1 to 255 characters, kept exactly as given. Null: the token only saves.',
  })
  userId?: string | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: TOKEN_TTL,
    description: `For how many seconds the token is good: 1 to ${TOKEN_TTL} (24 hours), 24 hours when null.`,
  })
  ttlSeconds?: number | null;
}

@ObjectType({ description: 'The token is issued.' })
export class IssueAccessTokenSuccess {
  @Field(() => String, { description: 'ACCESS_TOKEN, shown this once. Whoever has it may save one run of the test, and nothing else.' })
  readonly token: string;

  @Field(() => Date, { description: 'From when on the token is refused.' })
  readonly expiresAt: Date;

  constructor({ token, expiresAt }: TokenIssue & { kind: 'ISSUED' }) {
    this.token = token;
    this.expiresAt = expiresAt;
  }
}

export const IssueAccessTokenOutcome = createUnionType({
  name: 'IssueAccessTokenOutcome',
  description: 'What issueAccessToken answers; the problems stand in their order of precedence.',
  types: () => [IssueAccessTokenSuccess, ClientSuspendedProblem, TestNotFoundProblem] as const,
});

/** The answer of issueAccessToken. */
export function tokenOutcome(issue: TokenIssue): typeof IssueAccessTokenOutcome {
  switch (issue.kind) {
    case 'ISSUED': return new IssueAccessTokenSuccess(issue);
    case 'CLIENT_SUSPENDED': return new ClientSuspendedProblem();
    case 'TEST_NOT_FOUND': return new TestNotFoundProblem();
  }
}
