import type { SurveyQuestion } from './survey-question.js';

const QUESTION_PATH = /^questions\[(\d+)\](?:\.options\[(\d+)\])?/;

/** Where in the survey the thing at a path of the definition stands. */
export function placesOf(file: string, questions: readonly SurveyQuestion[]): (path: string) => string {
  return (path) => {
    const [, index, position] = QUESTION_PATH.exec(path) ?? [];
    const question = questions[Number(index)];
    return question?.options[Number(position)]?.place ?? question?.place ?? file;
  };
}
