import type { ImportedTest, SourceFile } from '../imported-test.js';
import { isObject, type JsonObject, parseJson } from '../json.js';
import type { TestMetadata } from '../test-metadata.js';
import { definitionOf } from './definition-of.js';
import { Findings } from './findings.js';
import { surveyLanguage } from './languages.js';
import { surveyJsLimits } from './limits.js';
import { placesOf } from './places.js';
import { readQuestions } from './read-questions.js';
import { SurveyTexts } from './survey-texts.js';

/**
 * Reads the JSON of a SurveyJS survey as a test: questions, right answers and time limits come from the survey, all
 * else from the metadata. What the survey does beyond that is told in warnings. Never throws, whatever the file holds.
 */
export function readSurveyJs(file: SourceFile, meta: TestMetadata): ImportedTest {
  const findings = new Findings(file.name);
  const survey = parseSurvey(file.text, findings);
  if (!survey) return { input: null, draft: null, problems: findings.problems, warnings: [], placeOf: placesOf(file.name, []) };

  const texts = new SurveyTexts(surveyLanguage(survey.locale, meta, findings), findings);
  const context = { texts, findings };
  const questions = readQuestions(survey, context);
  if (questions.length === 0 && findings.problems.length === 0) {
    findings.problem(findings.place(), 'has no questions: they stand in pages[].elements[] or elements[]');
  }
  const draft = questions.length > 0 ? definitionOf(questions, meta, context) : null;
  const { problems, warnings } = findings;
  return { input: problems.length === 0 ? draft : null, draft, problems, warnings, placeOf: placesOf(file.name, questions) };
}

function parseSurvey(text: string, findings: Findings): JsonObject | null {
  if (text.length > surveyJsLimits.textLength) {
    return refused(`is longer than ${surveyJsLimits.textLength} characters`, findings);
  }
  const { value, reason } = parseJson(text);
  if (reason !== null) return refused(reason, findings);
  return isObject(value) ? value : refused('must be an object: the JSON of a survey', findings);
}

function refused(message: string, findings: Findings): null {
  findings.problem(findings.place(), message);
  return null;
}
