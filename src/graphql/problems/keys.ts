import { Field, Int, ObjectType } from 'type-graphql';
import { Problem, ProblemCode } from './problem.js';

@ObjectType({ implements: Problem, description: 'The client has no key with this id.' })
export class KeyNotFoundProblem extends Problem {
  constructor() {
    super(ProblemCode.KEY_NOT_FOUND, 'You have no key with this id: `viewer.keys` lists all.');
  }
}

@ObjectType({ implements: Problem, description: 'The client has as many living keys as it may have.' })
export class KeyLimitReachedProblem extends Problem {
  @Field(() => Int, { description: 'The most keys that live at the same time.' })
  readonly limit: number;

  constructor(limit: number) {
    super(ProblemCode.KEY_LIMIT_REACHED, `${limit} keys live already: revoke one that is not needed, or wait for one to end.`);
    this.limit = limit;
  }
}

@ObjectType({ implements: Problem, description: 'Without this key the client would have none, now or when the others end; it was not revoked.' })
export class LastKeyProblem extends Problem {
  constructor() {
    super(
      ProblemCode.LAST_KEY,
      'No key would be left that lives on, and you would be locked out: make another one first with rotateClientKey.',
    );
  }
}

@ObjectType({
  implements: Problem,
  description: 'The key that signs the request has been replaced and is in its grace: it reads and writes data, but neither makes a key nor revokes another one.',
})
export class EndingKeyProblem extends Problem {
  constructor() {
    super(
      ProblemCode.ENDING_KEY,
      'This key has been replaced: use the key that took its place. If nobody has that one, ask the platform for another before this one ends.',
    );
  }
}
