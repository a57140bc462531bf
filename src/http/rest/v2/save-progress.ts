import { COSTS } from '../../charging.js';
import { answerJson } from '../answer-json.js';
import { ANY, type Endpoint } from '../endpoint.js';
import { testOf } from '../lookups.js';
import { requiredParameter } from '../parameters.js';
import { answersIn, isArray } from '../progress.js';
import { refusedAttachment } from '../refusals.js';
import { RestError } from '../rest-error.js';
import { invalidAnswers } from '../save.js';
import { parameter } from '../schemas.js';
import { key } from '../success.js';
import { userOf } from './user-of.js';
import { attachment, UNKNOWN_USER } from './wording.js';

/** Saves answers for a registered user, both or neither, and gives the RESULT_KEY. */
export const saveProgress: Endpoint = {
  version: 'v2',
  name: 'progress/save',
  path: '/partner/api/v2/progress/save',
  methods: ANY,
  changes: true,
  cost: COSTS.save,
  takesKey: false,
  summary: 'Saves the answers of a registered user',
  notes: 'The result is saved and attached, or neither.',
  parameters: { test: parameter.test, user_key: parameter.userKey, progress: parameter.progressArray },
  success: key('result_key', 'RESULT_KEY, by which the report is read.'),
  otherwise: {
    400: 'A parameter is missing, `user_key` is no UUID, or `progress` is no list of answers.',
    403: 'The client of the user is suspended.',
    404: 'No test is called so, or no user has this key.',
    412: 'The answers do not fit the test, or the user may have no more results of this kind.',
  },
  answer: async (call) => {
    const test = testOf(call);
    const user = await userOf(call);
    const answers = answersIn(progressArray(call.parameters['progress']), test);
    const outcome = await call.services.saveProgress.executeForUser({ test: test.slug, answers }, user);
    switch (outcome.kind) {
      case 'SAVED': return answerJson(call.reply, { result_key: outcome.resultKey });
      case 'ANSWERS_INVALID': throw invalidAnswers(outcome, test, answers);
      case 'USER_NOT_FOUND': throw new RestError(404, UNKNOWN_USER);
      case 'REFUSED': throw refusedAttachment(outcome.decision, attachment);
      case 'TEST_NOT_FOUND': throw new Error('A test that was found is gone.');
    }
  },
};

/** JSON text was never taken here. */
function progressArray(progress: unknown): object {
  if (!progress || progress === '0' || (isArray(progress) && Object.keys(progress).length === 0)) {
    throw new RestError(400, requiredParameter('progress'));
  }
  if (!isArray(progress)) throw new RestError(400, 'The "progress" parameter must be in array format.');
  return progress;
}
