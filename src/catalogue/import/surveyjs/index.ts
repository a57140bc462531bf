export { surveyJsLimits } from './limits.js';
export { readSurveyJs } from './read-survey-js.js';
