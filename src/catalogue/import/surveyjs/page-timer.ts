import type { JsonObject } from '../json.js';
import type { Findings } from './findings.js';
import { isAbsent } from './scalars.js';
import type { SurveyPage } from './survey-pages.js';

/** Names of one limit, the older ones last. */
const pageLimits = ['timeLimit', 'maxTimeToFinish'] as const;
const everyPageLimits = ['timeLimitPerPage', 'maxTimeToFinishPage'] as const;

/**
 * Seconds for each question of a page, 0 for no limit. SurveyJS limits a page, so that only a page with a single
 * question tells the time for it.
 */
export function secondsPerQuestion(
  survey: JsonObject,
  { json, place }: SurveyPage,
  questionCount: number,
  findings: Findings,
): number {
  const limit = readLimit(json, pageLimits, place, findings) || readLimit(survey, everyPageLimits, place, findings);
  if (limit <= 0 || questionCount === 0) return 0;
  if (questionCount === 1) return Math.ceil(limit);
  const advice = 'a limit belongs to one question, so give each a page of its own';
  findings.warning(place, `its ${limit} seconds for ${questionCount} questions are left out: ${advice}`);
  return 0;
}

function readLimit(json: JsonObject, names: readonly string[], place: string, findings: Findings): number {
  for (const name of names) {
    const seconds = json[name];
    if (typeof seconds === 'number' && seconds !== 0) return seconds;
    if (!isAbsent(seconds) && seconds !== 0) findings.problem(place, `"${name}" must be a number of seconds`);
  }
  return 0;
}
