import type { Endpoint } from '../endpoint.js';
import { getResult } from '../get-result.js';
import { attachResult } from './attach-result.js';
import { registerUser } from './register-user.js';
import { saveProgress } from './save-progress.js';
import { result } from './wording.js';

/** Version 2: users are registered first and named by USER_KEY. */
export const v2: readonly Endpoint[] = [registerUser, saveProgress, attachResult, getResult('v2', ['json', 'pdf'], result)];
