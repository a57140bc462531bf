import { definitionLimits } from '../fields.js';
import type { JsonObject } from '../json.js';
import { secondsPerQuestion } from './page-timer.js';
import { readableElement } from './readable-element.js';
import { type SurveyPage, surveyPages } from './survey-pages.js';
import type { SurveyContext, SurveyQuestion, TimedQuestion } from './survey-question.js';
import { tellUnapplied, tellUnappliedOfSurvey } from './unapplied.js';

/** The questions of a survey in their order, not more than a test may have; what is not read is told. */
export function readQuestions(survey: JsonObject, context: SurveyContext): readonly TimedQuestion[] {
  const { findings } = context;
  tellUnappliedOfSurvey(survey, findings);
  const names = new Set<string>();
  const questions: TimedQuestion[] = [];
  for (const page of surveyPages(survey, findings)) {
    const asked = pageQuestions(page, names, context);
    const timerSeconds = secondsPerQuestion(survey, page, asked.length, findings);
    questions.push(...asked.map((question) => ({ ...question, timerSeconds })));
    if (questions.length > definitionLimits.questions) {
      findings.problem(findings.place(), `has more than ${definitionLimits.questions} questions`);
      break;
    }
  }
  return questions;
}

/** @param names of the questions before; those of the page are added */
function pageQuestions(page: SurveyPage, names: Set<string>, context: SurveyContext): readonly SurveyQuestion[] {
  const questions: SurveyQuestion[] = [];
  for (const located of page.elements) {
    const readable = readableElement(located, context.findings);
    if (!readable) continue;
    const { element, read } = readable;
    if (names.has(element.name)) context.findings.problem(element.place(), 'its name stands here a second time');
    names.add(element.name);
    tellUnapplied(element.json, element.place(), context.findings);
    questions.push(...read(element, context));
    if (questions.length > definitionLimits.questions) break;
  }
  return questions;
}
