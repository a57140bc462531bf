import { COSTS } from '../../charging.js';
import { answerJson } from '../answer-json.js';
import type { Endpoint } from '../endpoint.js';
import { testOf } from '../lookups.js';
import { saveSentProgress } from '../save.js';
import { parameter } from '../schemas.js';
import { key } from '../success.js';

/** Saves answers and gives the RESULT_KEY. */
export const saveProgress: Endpoint = {
  version: 'v3',
  name: 'progress/save',
  path: '/partner/api/v3/progress/save',
  methods: ['POST'],
  changes: true,
  cost: COSTS.save,
  takesKey: false,
  summary: 'Saves the answers to a test',
  parameters: { test: parameter.test, progress: parameter.progress },
  success: key('result_key', 'RESULT_KEY, by which the result is attached and the report is read.'),
  otherwise: {
    400: '`test` or `progress` is missing, `progress` is no list of answers, or its JSON is broken.',
    404: 'No test is called so.',
    412: 'The answers do not fit the test: every question is answered once, with values that it offers.',
  },
  answer: async (call) => answerJson(call.reply, { result_key: await saveSentProgress(call, testOf(call)) }),
};
