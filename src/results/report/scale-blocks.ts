import type { PublishedScale } from '../../catalogue/index.js';
import { plainToHtml } from '../../kernel/rich-text.js';
import type { ScaleScore } from '../../scoring/index.js';
import type { Block, Chart, ChartPoint, ListItem } from './document.js';
import type { Reading } from './reading.js';
import { richText } from './rich-text-block.js';

/** Up to so many scales are drawn as bars, more as a profile, unless the author chose a chart. */
const BARS_AT_MOST = 8;
/** T-scores are drawn between three standard deviations below and above the average. */
const T_AXIS = { min: 20, max: 80 } as const;

/** A declared scale with its score. */
interface ScoredScale {
  readonly scale: PublishedScale;
  readonly score: ScaleScore;
  readonly name: string;
}

/** A broad scale with its parts, in the author's order. */
interface ScaleFamily {
  readonly broad: ScoredScale;
  readonly parts: readonly ScoredScale[];
}

/** The charts of the declared scales: the broad ones first, then the parts of each. */
export function scaleBlocks(reading: Reading): Block[] {
  const families = scaleFamilies(reading);
  if (families.length === 0) return [];
  const broad = families.map((family) => family.broad);
  return [
    { kind: 'heading', level: 2, text: reading.words.scales },
    chartBlock(broad, reading.words.scales, reading),
    ...(families.some(({ parts }) => parts.length > 0)
      ? families.flatMap((family) => familyBlocks(family, reading))
      : glossary(broad, reading)),
  ];
}

function scaleFamilies({ edition, calculation, text }: Reading): ScaleFamily[] {
  const scores = new Map(calculation.scales.map((score) => [score.scale, score]));
  const scored = edition.scales.flatMap((scale): ScoredScale[] => {
    const score = scores.get(scale.id);
    return score ? [{ scale, score, name: text(scale.name) ?? scale.id }] : [];
  });
  const parts = Map.groupBy(scored, ({ scale }) => scale.parent);
  return (parts.get(undefined) ?? []).map((broad) => ({ broad, parts: parts.get(broad.scale.id) ?? [] }));
}

/** What a broad scale is about, with its parts; nothing for one that has neither a description nor parts. */
function familyBlocks({ broad: { scale, name }, parts }: ScaleFamily, reading: Reading): Block[] {
  const description = richText(reading.html(scale.description));
  if (parts.length === 0 && description.length === 0) return [];
  return [
    { kind: 'heading', level: 3, text: name },
    ...description,
    ...(parts.length > 0 ? [chartBlock(parts, reading.words.facetsOf(name), reading)] : []),
  ];
}

/** What the scales are about, as one list; nothing when nobody wrote it. */
function glossary(scales: readonly ScoredScale[], { html }: Reading): Block[] {
  const items = scales.flatMap(({ scale, name }): ListItem[] => {
    const description = html(scale.description);
    return description === null ? [] : [{ term: name, html: description }];
  });
  return items.length === 0 ? [] : [{ kind: 'list', items }];
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

/** All figures of the declared scales, each broad one with its parts beneath it, and what they were compared with. */
export function scaleTable(reading: Reading): Block[] {
  const { words, format } = reading;
  const scored = scaleFamilies(reading).flatMap(({ broad, parts }) => [broad, ...parts]);
  if (scored.length === 0) return [];
  const standardized = scored.some(({ score }) => score.standardized);
  const labels = [
    words.scale, words.sum, words.range, words.percentage, ...(standardized ? [words.tScore, words.percentile] : []),
  ];
  const rows = scored.map(({ scale, score, name }) => ({
    cells: [
      name, format.number(score.sum), `${format.number(score.min)}–${format.number(score.max)}`,
      score.percentage === null ? '–' : format.whole(score.percentage),
      ...(standardized ? standardCells(score, reading) : []),
    ],
    indented: scale.parent !== undefined,
  }));
  const columns = labels.map((label, index) => ({ label, numeric: index > 0 }));
  return [
    { kind: 'heading', level: 2, text: words.scores },
    { kind: 'table', caption: words.allScales, columns, rows },
    ...normNote(reading),
  ];
}

function normNote({ words, text, calculation, edition: { norm } }: Reading): Block[] {
  const group = norm?.groups.find(({ id }) => id === calculation.norm?.group);
  return norm && group ? richText(plainToHtml(words.norm(text(norm.name) ?? '', text(group.name) ?? ''))) : [];
}

function standardCells({ standardized }: ScaleScore, { format }: Reading): string[] {
  return standardized ? [format.number(standardized.tScore), format.whole(standardized.percentile)] : ['–', '–'];
}
