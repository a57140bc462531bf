import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { EXTERNAL_ID_LENGTH, TOKEN_TTL } from '../../src/clients/index.js';
import { loadConfig } from '../../src/config.js';
import { ECHO_LENGTH } from '../../src/http/rest/parameters.js';
import { NESTING_LIMIT, PARAMETER_LIMIT } from '../../src/http/rest/tree.js';
import { pdfLimits } from '../../src/printing/index.js';
import { TEXT_ANSWER_LENGTH } from '../../src/results/index.js';

const { resultRetentionDays, revisionGraceMinutes, edge: { bodyLimit } } = loadConfig({});
const waitingPdfs = pdfLimits.waiting;

/** How the pages say a limit, in English and in Russian. */
const figures: readonly (readonly [what: string, english: string, russian: string])[] = [
  ['the largest body', `body ${bodyLimit / 2 ** 20} MiB`, `тело ${bodyLimit / 2 ** 20} МиБ`],
  ['the most parameters', `${inEnglish(PARAMETER_LIMIT)} parameters`, `${inRussian(PARAMETER_LIMIT)} параметров`],
  ['the deepest brackets', `brackets ${NESTING_LIMIT} levels deep`, `${NESTING_LIMIT} уровней скобок`],
  ['the longest text of an answer', `a text that is answered ${inEnglish(TEXT_ANSWER_LENGTH)} characters`,
    `текст в ответе на вопрос — ${inRussian(TEXT_ANSWER_LENGTH)} символов`],
  ['what a message repeats', `a message repeats ${ECHO_LENGTH} characters`, `в сообщении — не более ${ECHO_LENGTH} символов`],
  ['the longest user id', `at most ${EXTERNAL_ID_LENGTH} characters`, `не длиннее ${EXTERNAL_ID_LENGTH} символов`],
  ['how long unattached results are kept', `deleted after ${resultRetentionDays} days`, `удаляются через ${resultRetentionDays} дней`],
  ['how long an older edition counts', `shown up to ${revisionGraceMinutes / 60} hours ago`,
    `показывали не более ${revisionGraceMinutes / 60} часов назад`],
  ['the most pdfs that wait', `when ${waitingPdfs} wait:`, `если в очереди уже ${waitingPdfs}:`],
  ['the longest life of an access token', `for ${TOKEN_TTL / 3_600} hours at most`, `не дольше ${TOKEN_TTL / 3_600} часов`],
];

describe('the pages for partners who move give the figures of the server', () => {
  it.each(figures)('for %s', (_what, ...said) => {
    const pages = ['docs/migration.md', 'docs/migration.ru.md'].map((path) => readFileSync(path, 'utf8').replace(/\s+/g, ' '));
    expect(said.filter((figure, page) => !pages[page]!.includes(figure))).toEqual([]);
  });
});

function inEnglish(number: number): string {
  return number.toLocaleString('en');
}

/** With the plain spaces of the page between thousands. */
function inRussian(number: number): string {
  return number.toLocaleString('ru').replace(/\s/g, ' ');
}
