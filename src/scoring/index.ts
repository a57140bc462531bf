export { calculate, compileScoring, type Scoring } from './calculate.js';
export type { Calculation, GroupScore, ScaleScore, ValueScore } from './calculation.js';
export {
  interpret,
  type Bar,
  type BarRule,
  type Condition,
  type ConditionOperator,
  type InterpretationRule,
  type Interpreted,
  type LevelColor,
} from './interpret.js';
export type { NormGroup, NormUsed, PercentileCurve, Respondent, ScorableNorm, Sex, StandardScore } from './norm.js';
export { leadingInteger } from './numbers.js';
export { type PlatformEntry, toPlatformJson } from './platform-json.js';
export type {
  Answers,
  ScaleItem,
  ScorableKind,
  ScorableOption,
  ScorableQuestion,
  ScorableScale,
  ScorableTest,
} from './scorable-test.js';
export { valueAt } from './value-at.js';
