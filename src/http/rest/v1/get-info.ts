import { localize } from '../../../kernel/localized.js';
import { answerJson } from '../answer-json.js';
import type { Endpoint } from '../endpoint.js';
import { testInPath } from '../lookups.js';
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
  parameters: {
    questions: { type: 'string', enum: ['true', 'false'], description: 'Whether the questions are wanted; `false` by default.' },
  },
  answer: async (call) => {
    const { locale, parameters, reply } = call;
    const test = testInPath(call);
    const text = (translations: typeof test.instruction) => localize(translations, locale, test.locales);
    return answerJson(reply, {
      name: text(test.name),
      description: text(test.description),
      instruction: text(test.instruction),
      duration: test.durationMinutes,
      length: test.questions.length,
      paid: test.paid,
      questions: parameters['questions'] === 'true'
        ? new Map(test.questions.map((question) => [question.id, questionJson(question, locale)]))
        : [],
      authors: test.authors.map(({ slug, name, url }) => ({
        name: text(name),
        // Where authors are on the platform's site.
        url: url ?? `${locale === 'en' ? '/en' : ''}/tests/author/${slug}/`,
      })),
    });
  },
};
