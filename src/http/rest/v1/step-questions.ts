import type { PublishedQuestion, PublishedTest } from '../../../catalogue/index.js';
import { answerJson } from '../answer-json.js';
import type { Endpoint } from '../endpoint.js';
import { shared } from '../json-schema.js';
import { testInPath } from '../lookups.js';
import { echo, type Parameters, textOf } from '../parameters.js';
import { RestError } from '../rest-error.js';
import { testNameInPath, textParameter } from '../schemas.js';
import { json } from '../success.js';
import { placedQuestion } from './question-json.js';

const here = { q: textParameter('Id of the question that is shown now.', { examples: ['1'] }) };
const beyond = 'No test is called so, the test has no such question, or there is no question there.';

/** The first question of a test. */
export const getFirst = step(
  'first', 'First question of a test', {}, { 404: 'No test is called so.' },
  ({ questions }) => questions[0],
);

/** The question after another one. */
export const getNext = step(
  'next', 'Question after another one', here, { 400: '`q` is missing.', 404: beyond },
  (test, parameters) => beside(test, parameters, 1),
);

/** The question before another one. */
export const getPrevious = step(
  'prev', 'Question before another one', here, { 400: '`q` is missing.', 404: beyond },
  (test, parameters) => beside(test, parameters, -1),
);

function step(
  name: string, summary: string, parameters: Endpoint['parameters'], otherwise: Endpoint['otherwise'],
  find: (test: PublishedTest, parameters: Parameters) => PublishedQuestion | undefined,
): Endpoint {
  return {
    version: 'v1',
    name,
    path: `/tests/api/v1/${name}/:test/`,
    methods: ['GET'],
    changes: false,
    takesKey: false,
    summary,
    pathParameters: testNameInPath,
    parameters,
    success: json('The question and its place.', shared('PlacedQuestion')),
    otherwise,
    answer: async (call) => {
      const test = testInPath(call);
      const question = find(test, call.parameters);
      if (!question) throw new RestError(404, 'No more questions.');
      return answerJson(call.reply, placedQuestion(test, question, call.locale));
    },
  };
}

function beside({ questions, questionsById }: PublishedTest, parameters: Parameters, distance: 1 | -1): PublishedQuestion | undefined {
  const id = textOf(parameters, 'q');
  if (id === null) throw new RestError(400, 'Parameter q is required.');
  const question = questionsById.get(id);
  if (!question) throw new RestError(404, `The test has no question "${echo(id)}".`);
  return questions[question.position - 1 + distance];
}
