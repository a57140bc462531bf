import type { PublishedScale } from '../../catalogue/index.js';
import { plainToHtml } from '../../kernel/rich-text.js';
import type { ScaleScore } from '../../scoring/index.js';
import type { Block, Chart, ChartPoint } from './document.js';
import type { Reading } from './reading.js';
import { richText } from './rich-text-block.js';

/** Up to so many scales are drawn as bars, more as a profile, unless the author chose a chart. */
export const BARS_AT_MOST = 8;
/** T-scores are drawn between three standard deviations below and above the average. */
const T_AXIS = { min: 20, max: 80 } as const;

/** A declared scale with its score. */
interface ScoredScale {
  readonly scale: PublishedScale;
  readonly score: ScaleScore;
  readonly name: string;
}

/** The charts of the declared scales: the broad ones first, then the parts of each. */
export function scaleBlocks(reading: Reading): Block[] {
  const scored = scoredScales(reading);
  if (scored.length === 0) return [];
  const broad = scored.filter(({ scale }) => scale.parent === undefined);
  return [
    { kind: 'heading', level: 2, text: reading.words.scales },
    chartBlock(broad, reading.words.scales, reading),
    ...(broad.length < scored.length
      ? broad.flatMap((scale) => partBlocks(scale, scored, reading))
      : richText(glossary(broad, reading))),
  ];
}

function scoredScales({ edition, calculation, text }: Reading): ScoredScale[] {
  const scores = new Map(calculation.scales.map((score) => [score.scale, score]));
  return edition.scales.flatMap((scale) => {
    const score = scores.get(scale.id);
    return score ? [{ scale, score, name: text(scale.name) ?? scale.id }] : [];
  });
}

/** What a broad scale is about, with its parts; nothing for one that has neither a description nor parts. */
function partBlocks({ scale, name }: ScoredScale, scored: readonly ScoredScale[], reading: Reading): Block[] {
  const parts = scored.filter(({ scale: { parent } }) => parent === scale.id);
  const description = richText(reading.rich(scale.description));
  if (parts.length === 0 && description.length === 0) return [];
  return [
    { kind: 'heading', level: 3, text: name },
    ...description,
    ...(parts.length > 0 ? [chartBlock(parts, reading.words.facetsOf(name), reading)] : []),
  ];
}

/** What the scales are about, as one list; null when nobody wrote it. */
function glossary(scales: readonly ScoredScale[], { rich }: Reading): string | null {
  const entries = scales.flatMap(({ scale, name }) => {
    const description = rich(scale.description);
    return description === null ? [] : [`<dt>${plainToHtml(name)}</dt><dd>${description}</dd>`];
  });
  return entries.length === 0 ? null : `<dl>${entries.join('')}</dl>`;
}

function chartBlock(scales: readonly ScoredScale[], title: string, reading: Reading): Block {
  const { words, calculation } = reading;
  // One kind of axis in all charts of a report: T-scores only when every scale has one.
  const standardized = calculation.scales.every((score) => score.standardized);
  const chart: Chart = {
    type: reading.edition.report?.chart ?? (scales.length > BARS_AT_MOST ? 'profile' : 'bars'),
    title: `${title}, ${standardized ? words.inTScores : words.inPercent}`,
    ...(standardized ? T_AXIS : { min: 0, max: 100 }),
    points: scales.map((scale) => (standardized ? tScorePoint(scale, reading) : percentagePoint(scale, reading))),
  };
  return { kind: 'chart', chart };
}

function tScorePoint({ name, score }: ScoredScale, { format }: Reading): ChartPoint {
  const tScore = score.standardized?.tScore ?? null;
  if (tScore === null) return { label: name, value: null, text: '–' };
  return { label: name, value: Math.min(T_AXIS.max, Math.max(T_AXIS.min, tScore)), text: format.number(tScore) };
}

function percentagePoint({ name, score: { percentage } }: ScoredScale, { format }: Reading): ChartPoint {
  return { label: name, value: percentage, text: percentage === null ? '–' : format.percent(percentage) };
}

/** All figures of the declared scales, and what they were compared with. */
export function scaleTable(reading: Reading): Block[] {
  const { words, format, calculation, edition } = reading;
  const scored = scoredScales(reading);
  if (scored.length === 0) return [];
  const standardized = scored.some(({ score }) => score.standardized);
  const columns = [words.scale, words.sum, words.range, words.percentage, ...(standardized ? [words.tScore, words.percentile] : [])];
  const rows = scored.map(({ scale, score, name }) => ({
    cells: [
      name, format.number(score.sum), `${format.number(score.min)}–${format.number(score.max)}`,
      score.percentage === null ? '–' : format.whole(score.percentage),
      ...(standardized ? standardCells(score, reading) : []),
    ],
    indented: scale.parent !== undefined,
  }));
  const group = edition.norm?.groups.find(({ id }) => id === calculation.norm?.group);
  return [
    { kind: 'heading', level: 2, text: words.scores },
    { kind: 'table', caption: words.allScales, columns: columns.map((label, index) => ({ label, numeric: index > 0 })), rows },
    ...(group ? richText(plainToHtml(words.norm(reading.text(edition.norm?.name) ?? '', reading.text(group.name) ?? ''))) : []),
  ];
}

function standardCells({ standardized }: ScaleScore, { format }: Reading): string[] {
  return standardized ? [format.number(standardized.tScore), format.whole(standardized.percentile)] : ['–', '–'];
}
