import { COSTS } from '../../charging.js';
import { answerJson } from '../answer-json.js';
import { ANY, type Endpoint } from '../endpoint.js';
import { testInPath } from '../lookups.js';
import { saveSentProgress } from '../save.js';
import { parameter, testNameInPath } from '../schemas.js';
import { key } from '../success.js';

/** Saves answers and gives the key of the result. */
export const saveProgress: Endpoint = {
  version: 'v1',
  name: 'save',
  path: '/tests/api/v1/save/:test/',
  methods: ANY,
  changes: true,
  cost: COSTS.save,
  takesKey: false,
  bodyFirst: true,
  summary: 'Saves the answers to a test',
  notes: 'A parameter of the body hides one of the same name in the query: here alone.',
  pathParameters: testNameInPath,
  parameters: { progress: parameter.progress },
  success: key('key', 'RESULT_KEY, by which the report is read and the result is attached.'),
  otherwise: {
    400: '`progress` is missing or no list of answers, or its JSON is broken.',
    404: 'No test is called so.',
    412: 'The answers do not fit the test: every question is answered once, with values that it offers.',
  },
  answer: async (call) => answerJson(call.reply, { key: await saveSentProgress(call, testInPath(call)) }),
};
