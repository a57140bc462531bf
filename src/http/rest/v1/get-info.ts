import { localize } from '../../../kernel/localized.js';
import { chargeMore, COSTS } from '../../charging.js';
import { answerJson } from '../answer-json.js';
import type { Endpoint } from '../endpoint.js';
import { boolean, integer, list, object, phpMap, shared, text, textOrNull } from '../json-schema.js';
import { testInPath } from '../lookups.js';
import { choice, testNameInPath } from '../schemas.js';
import { json } from '../success.js';
import { questionJson } from './question-json.js';

/** A test, with its questions if they are asked for. */
export const getInfo: Endpoint = {
  version: 'v1',
  name: 'info',
  path: '/tests/api/v1/info/:test/',
  methods: ['GET'],
  changes: false,
  takesKey: false,
  summary: 'Description of a test, and its questions',
  pathParameters: testNameInPath,
  parameters: { questions: choice('Whether the questions are wanted.', ['true', 'false'], 'false') },
  success: json('The test.', object({
    name: text('Plain text.'),
    description: textOrNull('Simple HTML; null for none.'),
    instruction: textOrNull('What to tell before the first question, simple HTML; null for none.'),
    duration: integer('How long the test usually takes, in minutes.'),
    length: integer('How many questions it has.'),
    paid: boolean('Whether its reports are read only after the result is attached to a user.'),
    questions: phpMap(shared('Question'), 'The questions by id, in their order; an empty list when they were not asked for.'),
    authors: list(object({ name: text('Plain text.'), url: text("The author's page.") }), 'Who made it.'),
  })),
  otherwise: { 400: '`questions` is neither `true` nor `false`.', 404: 'No test is called so.' },
  answer: async (call) => {
    const { locale, parameters, reply, request, services } = call;
    const test = testInPath(call);
    if (parameters['questions'] === 'true') await chargeMore(reply, services.rateLimits.address(request.ip), COSTS.page - COSTS.call);
    const told = (translations: typeof test.instruction) => localize(translations, locale, test.locales);
    return answerJson(reply, {
      name: told(test.name),
      description: told(test.description),
      instruction: told(test.instruction),
      duration: test.durationMinutes,
      length: test.questions.length,
      paid: test.paid,
      questions: parameters['questions'] === 'true'
        ? new Map(test.questions.map((question) => [question.id, questionJson(question, locale)]))
        : [],
      authors: test.authors.map(({ slug, name }) => ({
        name: told(name),
        // Where authors are on the platform's site.
        url: `${locale === 'en' ? '/en' : ''}/tests/author/${slug}/`,
      })),
    });
  },
};
