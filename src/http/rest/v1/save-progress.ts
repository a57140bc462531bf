import { answerJson } from '../answer-json.js';
import { ANY, type Endpoint } from '../endpoint.js';
import { testInPath } from '../lookups.js';
import { answersIn, decodedProgress } from '../progress.js';
import { saveAnswers } from '../save.js';
import { parameter } from '../schemas.js';

/** Saves answers and gives the key of the result. */
export const saveProgress: Endpoint = {
  version: 'v1',
  name: 'save',
  path: '/tests/api/v1/save/:test/',
  methods: ANY,
  changes: true,
  takesKey: false,
  bodyFirst: true,
  summary: 'Saves the answers to a test',
  parameters: { progress: parameter.progress },
  answer: async (call) => {
    const test = testInPath(call);
    const progress = decodedProgress(call);
    return answerJson(call.reply, { key: await saveAnswers(call, test, answersIn(progress, test)) });
  },
};
