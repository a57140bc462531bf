import type { EntityClass } from '@mikro-orm/core';
import { Question, QuestionOption, Test, TestRevision } from './catalogue/index.js';
import { Client, ClientKey, License, User } from './clients/index.js';
import { Result } from './results/index.js';

/** Every table of the product. */
export const entities: readonly EntityClass<object>[] = [
  Test, TestRevision, Question, QuestionOption, Client, ClientKey, User, License, Result,
];
