import { byItself, type Fault } from './fault.js';

/** Connections between the server and PostgreSQL break and are refused for a while. */
export const databaseCutOff: Fault = {
  name: 'way to PostgreSQL cut',
  async begin({ toDatabase }) {
    await toDatabase.become({ kind: 'closed' });
    return () => toDatabase.become({ kind: 'open' });
  },
};

/** Everything between the server and PostgreSQL takes its time. */
export const databaseFarOff: Fault = {
  name: 'way to PostgreSQL slow',
  async begin({ toDatabase }, random) {
    await toDatabase.become({ kind: 'slow', delayMs: random.whole(20, 300) });
    return () => toDatabase.become({ kind: 'open' });
  },
};

/** Nothing comes through, and nobody is told; afterwards it comes, or the connections break. */
export const databaseSilent: Fault = {
  name: 'way to PostgreSQL a black hole',
  async begin({ toDatabase }, random) {
    await toDatabase.become({ kind: 'black hole' });
    return async () => {
      if (random.next() < 0.5) toDatabase.cut();
      await toDatabase.become({ kind: 'open' });
    };
  },
};

/** What is between forgets the connections that there are: nothing comes through on them any more, and nobody is told. */
export const connectionsForgotten: Fault = {
  name: 'connections to PostgreSQL forgotten on the way',
  // Nobody but the time limit tells that they are of no use.
  prepare: async () => ({ setting: { environment: { STATEMENT_TIMEOUT: '2' } }, clear: async () => undefined }),
  async begin({ toDatabase }) {
    toDatabase.forget();
    return byItself;
  },
};

/** Callers are cut off between the commit and the answer, and try again. */
export const answersLost: Fault = {
  name: 'answers lost on the way to the caller',
  async begin({ toServer }) {
    await toServer.become({ kind: 'no answers' });
    return () => toServer.become({ kind: 'open' });
  },
};
