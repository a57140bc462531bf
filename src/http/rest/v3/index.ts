import type { Endpoint } from '../endpoint.js';
import { getResult } from '../get-result.js';
import { FORMATS } from '../report-answer.js';
import { attachResult } from './attach-result.js';
import { authenticateByToken } from './authenticate.js';
import { getAnswers } from './get-answers.js';
import { saveProgress } from './save-progress.js';
import { result } from './wording.js';

/** Version 3: users are named by the client's own ids. */
export const v3: readonly Endpoint[] = [
  saveProgress, attachResult, getResult('v3', FORMATS, result), getAnswers, authenticateByToken,
];
