export { calculate, compileScoring, type Scoring } from './calculate.js';
export type { Calculation, GroupScore, ScaleScore, ValueScore } from './calculation.js';
export { toPlatformJson } from './platform-json.js';
export type {
  Answers,
  ScaleItem,
  ScorableKind,
  ScorableOption,
  ScorableQuestion,
  ScorableScale,
  ScorableTest,
} from './scorable-test.js';
