import { boolean, integer, list, object, phpMap, type Schema, shared, text, textOrNull } from '../json-schema.js';
import { exampleAnswers } from '../schemas.js';

const id: Schema = { type: ['integer', 'string'], description: 'A number, unless the author of the test wrote no number.' };

const count = object({
  sum: integer('How often the value was answered.'),
  percentage: integer('`sum` in percent: in `VALUES` of the most points of the test, in `REPEATS` of its questions.'),
  percentage_value: {
    type: ['integer', 'null'],
    description: '`sum` in percent of the options that have the value; null for a value that no option has.',
  },
});

const group = object({
  SUM: { type: 'number', description: 'Points of the group.' },
  SCALE: integer('`SUM` in percent of the most points of the group; 0 when that is 0.'),
  SCALE_OF_ALL: integer('`SUM` in percent of the most points of the test; 0 when that is 0.'),
});

const scale = object({
  sum: { type: 'number', description: 'The weighted answers added up.' },
  min: { type: 'number', description: 'The smallest sum that the answered items could give.' },
  max: { type: 'number', description: 'The largest sum that the answered items could give.' },
  answered: integer('How many items were answered.'),
  items: integer('How many items the scale has.'),
  percentage: {
    type: ['number', 'null'],
    description: 'Where `sum` lies between `min` (0) and `max` (100); null when they are equal or too few items were answered.',
  },
  tScore: { type: 'number', description: 'T-score against the norm (mean 50, deviation 10); only with a norm.' },
  percentile: { type: 'number', description: 'How many percent of the norm group have a lower sum, 0 to 100; only with a norm.' },
}, ['tScore', 'percentile']);

const report: Schema = {
  description: 'What was calculated of the answers. A map whose keys are 0, 1, … in this order is a list, an empty one too.',
  ...object({
    SUM: { type: 'number', description: 'Points of the whole test.' },
    SCALE: integer('`SUM` in percent of the most points; 0 when that is 0.'),
    VALUES: phpMap(shared('Count'), 'How often each value was answered; `""` counts the skipped questions.'),
    REPEATS: phpMap(shared('Count'), 'The same, its percentages being those of the questions.'),
    NON_NEGATIVE_ANSWER_VALUES_SUM: integer('How many answers were no negative number.'),
    GROUPS: phpMap(shared('Group'), 'The groups of questions by name.'),
    SCALES: {
      type: 'object', additionalProperties: shared('Scale'), description: 'The scales by id; only of a test that has scales.',
    },
  }, ['SCALES']),
};

const option = object({
  id: { type: 'null', description: 'Options have no ids.' },
  value: text('What an answer says when it is chosen; always empty for type `text`, whose values are the right answers.'),
  text: text('The label, or for type `text` the placeholder; may be empty.'),
  img: textOrNull('Address of a picture; empty or null for none.'),
});

const question = object({
  id,
  type: text('How it is answered.', { enum: ['option', 'checkbox', 'text', 'rating', 'gradient'] }),
  name: text('The question, plain text.'),
  text: textOrNull('More about it, simple HTML; null for none.'),
  img: textOrNull('Address of a picture; null for none.'),
  count: textOrNull('How many values an answer has, as a text; null for one, or for any number where several can be chosen.'),
  gradient: integer('Always 0.'),
  timer: integer('Seconds to answer; 0 for no limit.'),
  wrong: textOrNull('What to say after a wrong answer, simple HTML; null for nothing.'),
  correct: textOrNull('What to say after a right answer, simple HTML; null for nothing.'),
  enabledBack: boolean('Whether the question before may be gone back to.'),
  enabledForward: boolean('Whether the question may be skipped.'),
  showAnswer: boolean('Whether the right answer is shown.'),
  items: list(option, 'The options in their order.'),
});

const placedQuestion = object({
  question: shared('Question'),
  number: integer('Its place, 1 for the first.'),
  length: integer('How many questions the test has.'),
});

const answeredQuestion = object({
  id,
  name: text('The question, plain text.'),
  text: textOrNull('More about it, simple HTML; null for none.'),
  items: list(object({
    text: text('The label; may be empty.'),
    value: text('The value; for a text field the right answer.'),
    opted: boolean('Whether it was answered.'),
  }), 'The options in their order.'),
});

const value: Schema = { type: ['string', 'number', 'boolean', 'null'] };

const progress: Schema = {
  description: 'Answers: pairs of the id of a question and its values or, as it was written at first, an object by ids.',
  anyOf: [
    {
      type: 'object',
      additionalProperties: { anyOf: [{ type: 'array', items: value }, value] },
      description: 'One value need not be in a list. No values: the question was skipped.',
    },
    { type: 'array', items: { type: 'array', minItems: 1, description: 'The id of a question, then its values as above.' } },
  ],
  examples: [exampleAnswers],
};

const error: Schema = {
  description: 'Why a call was refused.',
  ...object({
    error: { description: 'The refusal.', ...object({
      code: integer('The HTTP status.'),
      message: text('What is wrong, in the words of the platform: clients may compare it.'),
    }) },
  }),
};

/** The schemas that answers and parameters share, by the names that `shared` takes. */
export const components: Readonly<Record<string, Schema>> = {
  Error: error,
  Progress: progress,
  Question: question,
  PlacedQuestion: placedQuestion,
  AnsweredQuestion: answeredQuestion,
  Report: report,
  Count: count,
  Group: group,
  Scale: scale,
};
