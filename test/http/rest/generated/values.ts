import fc from 'fast-check';

/** Stands for something that the server knows when the request is sent. */
export interface Known {
  readonly known: 'result' | 'user' | 'client';
  readonly number: number;
  readonly written: 'as it is' | 'in capitals' | 'in base58';
}

/** The slug of a test. */
export const test = fc.constantFrom('free', 'paid', 'paid-2', 'bonus');
const questionId = fc.constantFrom('11', '3', '7');
const optionValue = fc.constantFrom('0', '1', '2');
const values = fc.oneof(optionValue, optionValue.map((one) => [one]), fc.constant([]), fc.constant({ 0: '1' }));
const wholeAnswers = fc.tuple(fc.shuffledSubarray(['11', '3', '7'], { minLength: 3 }), fc.tuple(values, values, values));

/** All answers, as a list of pairs or as an object. */
const goodProgress = wholeAnswers.chain(([ids, [first, second, third]]) => {
  const pairs = ids.map((id, index) => [id, [first, second, third][index]]);
  return fc.constantFrom<object>(pairs, Object.fromEntries(pairs), pairs.map(([id, one]) => [Number(id), one]));
});

function known(what: Known['known'], written: readonly Known['written'][], number = fc.nat(1_000)): fc.Arbitrary<Known> {
  return fc.record({ known: fc.constant(what), number, written: fc.constantFrom(...written) });
}

const people = [
  'anna', 'Anna', 'b@school.ru', 'Вера', ' ', '00', '1', '🙂', 'a b', '%41', 'a&b=c', '[x]', '__proto__', 'я'.repeat(255),
];
const result = known('result', ['as it is', 'as it is', 'in capitals', 'in base58']);
const user = known('user', ['as it is', 'in capitals']);
/** Mostly the first, so that some of what it asks for is its own. */
const client = known('client', ['as it is'], fc.constantFrom(0, 0, 0, 1, 2, 3));
const format = fc.constantFrom(...Array<string>(50).fill('json'), ...Array<string>(20).fill('html'), 'pdf');

/** What a parameter takes. */
export const good: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  test,
  progress: fc.oneof(goodProgress, goodProgress, goodProgress, goodProgress.map((progress) => JSON.stringify(progress))),
  result_key: result, key: result,
  user_key: user,
  client, client_key: client, token: client,
  user_id: fc.constantFrom(...people),
  format,
  q: questionId,
  questions: fc.constantFrom('true', 'false'),
};

/** Texts that something may trip over. */
export const oddText = fc.oneof(
  fc.constantFrom(
    '', '0', ' ', '\0', 'a\0b', '\ud800', 'a\udfffb', '\u001b[2J', '\r\nset-cookie: a=b', '\u202e', "' or 1=1 --", '../../etc/passwd',
    '<script>', '__proto__', 'constructor', 'null', 'true', 'undefined', 'NaN', '1e999', '-1', '[]', '{}', '[[', '{"', '"', 'JSON', 'HTML',
    '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '1'.repeat(22), 'z'.repeat(22), '{{ SUM }}', '%s%n',
  ),
  fc.uuid(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme-composite' }),
  fc.constantFrom('x', 'я', '🙂', '%', '[', '9').map((one) => one.repeat(10_000)),
);

function nested(depth: number, inside: unknown = 'x'): unknown {
  return Array.from({ length: depth }).reduce((within) => [within], inside);
}

/** Members are own properties, `__proto__` too. */
const oddObject = fc.dictionary(
  fc.constantFrom('0', '1', '11', '-1', '', '__proto__', 'constructor', 'toString', 'length', ']', '[', 'then'),
  fc.oneof(oddText, values, fc.jsonValue({ maxDepth: 1 })), { maxKeys: 4 },
);

/** What nobody should send. */
export const oddValue = fc.oneof(
  { weight: 4, arbitrary: oddText },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, 0, 1, -0.5, 1e308) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  { weight: 1, arbitrary: oddObject },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 300 }).map((depth) => nested(depth)) },
  { weight: 1, arbitrary: fc.oneof(result, user, client) },
);

/** Answers that are almost some. */
export const oddProgress = fc.oneof(
  oddValue,
  fc.array(fc.tuple(fc.oneof(questionId, oddValue), fc.oneof(values, oddValue)), { maxLength: 5 }),
  fc.array(fc.array(oddValue, { maxLength: 3 }), { maxLength: 4 }),
  goodProgress.chain((progress) => oddValue.map((odd) => [...Object.values(progress), odd])),
  goodProgress.map((progress) => [...Object.values(progress), ...Object.values(progress)]),
  fc.constantFrom<unknown>(['11', ['1']], '1', 1, []).map((one) => Array<unknown>(2_000).fill(one)),
  fc.integer({ min: 3, max: 30 }).map((depth) => [['11', nested(depth)]]),
).chain((progress) => fc.constantFrom<unknown>(progress, JSON.stringify(progress)));
