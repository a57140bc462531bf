import type { Endpoint } from '../endpoint.js';
import { getInfo } from './get-info.js';
import { getResult } from './get-result.js';
import { saveProgress } from './save-progress.js';
import { getFirst, getNext, getPrevious } from './step-questions.js';

/** Version 1: tests and their questions for everybody, and results of guests. */
export const v1: readonly Endpoint[] = [getInfo, getFirst, getNext, getPrevious, saveProgress, getResult];
