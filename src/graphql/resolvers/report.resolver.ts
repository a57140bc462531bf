import type { ComplexityEstimatorArgs } from 'graphql-query-complexity/cjs';
import { GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PublishedTest } from '../../catalogue/index.js';
import { localize } from '../../kernel/localized.js';
import {
  composeReport, type Interpretation as GivenInterpretation, interpretationsOf, readingOf, reportFragment, reportPage,
  type ReportSource, type SavedResult,
} from '../../results/index.js';
import { type NormUsed, type StandardScore as ScoredStandard, toPlatformJson } from '../../scoring/index.js';
import type { RequestContext } from '../context.js';
import { listOf } from '../cost.js';
import { ReportFormat } from '../enums.js';
import { Interpretation, Report, ScaleScore, StandardScore } from '../report.js';
import { LocaleArg } from './arguments.js';

/** What composing costs beside reading a field: as measured, a page takes some milliseconds, the rest parts of one. */
const PAGE_COST = 3_000;
const INTERPRETATIONS_COST = 300;

/** A report as its fields are read. */
interface ReportRoot {
  readonly key: string;
  readonly source: ReportSource;
}

/** A standard score with what it was compared with. */
interface StandardScoreRoot extends ScoredStandard {
  readonly edition: PublishedTest;
  readonly norm: NormUsed | null;
}

/** What the fields of a report are read from. */
export function reportRoot({ id, calculation, savedAt }: SavedResult, edition: PublishedTest): object {
  return { ...calculation, key: id, source: { edition, calculation, savedAt } };
}

@Resolver(() => Report)
export class ReportResolver {
  @FieldResolver(() => [ScaleScore], { complexity: listOf(20), description: 'The scales that the test declares, in its order.' })
  scales(@Root() { source: { edition, calculation } }: ReportRoot): object[] {
    const scales = new Map(edition.scales.map((scale) => [scale.id, scale]));
    // Reports that were calculated before there were norms have none.
    const norm = calculation.norm ?? null;
    return calculation.scales.map((score) => ({
      ...score,
      scale: scales.get(score.scale),
      standardized: score.standardized ? { ...score.standardized, edition, norm } : null,
    }));
  }

  @FieldResolver(() => GraphQLJSONObject, {
    complexity: 100,
    description: 'All of it as the json format of the REST API gives it, right texts included as in `values`; maps are always objects.',
  })
  json(@Root() { source }: ReportRoot): Record<string, unknown> {
    return toPlatformJson(source.calculation);
  }

  @FieldResolver(() => [Interpretation], {
    complexity: ({ childComplexity }: ComplexityEstimatorArgs) => INTERPRETATIONS_COST + 10 * childComplexity,
    description: 'What the author of the test has to say about these scores, in order; empty when nothing applies.',
  })
  interpretations(@Root() { source }: ReportRoot, @LocaleArg() locale: string | null): GivenInterpretation[] {
    return interpretationsOf(readingOf(source, locale ?? null));
  }

  @FieldResolver(() => String, { complexity: PAGE_COST, description: 'The report to show: no script, safe to embed.' })
  html(
    @Root() { source }: ReportRoot,
    @LocaleArg() locale: string | null,
    @Arg('fragment', () => Boolean, {
      defaultValue: false, description: 'Whether to give a section to embed in a page of yours instead of a complete page.',
    }) fragment: boolean,
  ): string {
    const document = composeReport(source, locale ?? null);
    return fragment ? reportFragment(document) : reportPage(document);
  }

  @FieldResolver(() => String, { description: 'Where to download the report. The link holds the result key: keep it as secret. It begins with the public address of the server, or, where none is configured, with the address that this request named.' })
  url(
    @Root() { key }: ReportRoot,
    @Arg('format', () => ReportFormat, { description: 'The face of the report.' }) format: ReportFormat,
    @LocaleArg() locale: string | null,
    @Ctx() { origin }: RequestContext,
  ): string {
    const query = locale ? `?locale=${encodeURIComponent(locale)}` : '';
    return `${origin}/results/${key}.${format}${query}`;
  }
}

@Resolver(() => StandardScore)
export class StandardScoreResolver {
  @FieldResolver(() => String, { description: 'The norm and the group of people in it that the sum was compared with.' })
  norm(@Root() { edition, norm }: StandardScoreRoot, @LocaleArg() locale: string | null): string {
    const definition = edition.norm;
    const group = definition?.groups.find(({ id }) => id === norm?.group);
    const named = [definition?.name, group?.name].map((name) => localize(name ?? null, locale ?? null, edition.locales));
    return named.filter((name) => name !== null).join(', ');
  }
}
