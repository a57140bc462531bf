import type { PublishedQuestion } from '../../../catalogue/index.js';
import { localize } from '../../../kernel/localized.js';
import { readAnswerSheet } from '../../../results/index.js';
import { COSTS } from '../../charging.js';
import { answerJson } from '../answer-json.js';
import { ANY, type Endpoint } from '../endpoint.js';
import { list, shared } from '../json-schema.js';
import { clientOf, resultKeyIn } from '../lookups.js';
import { echo, requiredText } from '../parameters.js';
import type { PhpValue } from '../php-json.js';
import { questionId } from '../question-id.js';
import { RestError } from '../rest-error.js';
import { parameter } from '../schemas.js';
import { json } from '../success.js';
import { client as clientWording, result as wording } from './wording.js';

/** The answers of a result of one of the client's own users, for quality control. */
export const getAnswers: Endpoint = {
  version: 'v3',
  name: 'answers/get',
  path: '/partner/api/v3/answers/get',
  methods: ANY,
  changes: false,
  cost: COSTS.page,
  takesKey: true,
  summary: "Answers of a result of one of the client's own users",
  notes: 'For quality control: what was asked, as it was asked then, and what was answered.',
  parameters: { client_key: parameter.clientKey, result_key: parameter.resultKey },
  success: json('The questions in their order.', list(shared('AnsweredQuestion'))),
  otherwise: {
    400: '`client_key` or `result_key` is missing.',
    403: 'The page that calls is of no origin that the client registered.',
    404: "No client has this key, or no result of one of the client's users has that.",
  },
  answer: async (call) => {
    const { services: { database, catalogue }, parameters, locale, reply } = call;
    const client = await clientOf(call, 'client_key', clientWording);
    const text = requiredText(parameters, 'result_key', wording.missing);
    const sheet = await readAnswerSheet(database, catalogue, resultKeyIn(text, wording), client.id);
    if (!sheet) throw new RestError(404, wording.unknown(echo(text)));
    const answers = new Map(sheet.answers);
    return answerJson(reply, sheet.edition.questions.map((question) =>
      answeredQuestion(question, answers.get(question.id) ?? [], locale)));
  },
};

function answeredQuestion(question: PublishedQuestion, values: readonly string[], locale: string): PhpValue {
  const text = (translations: PublishedQuestion['text']) => localize(translations, locale, question.locales);
  return {
    id: questionId(question),
    name: text(question.name),
    text: text(question.text),
    items: question.options.map((option) => {
      const ofLanguages = new Map(Object.entries(option.translations ?? {}));
      return {
        text: text(option.text) ?? '',
        value: ofLanguages.get(locale) ?? option.value,
        opted: [option.value, ...ofLanguages.values()].some((value) => values.includes(value)),
      };
    }),
  };
}
