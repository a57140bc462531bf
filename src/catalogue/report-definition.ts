import type { Localized } from '../kernel/localized.js';
import type { BarRule, InterpretationRule } from '../scoring/index.js';

/** What the author of a test has to say about its results. Texts are simple HTML with `{{ path }}` placeholders. */
export interface ReportDefinition {
  /** How scales are drawn; absent: by their number. */
  readonly chart?: 'bars' | 'radar' | 'profile' | undefined;
  readonly intro?: Localized | undefined;
  readonly interpretations?: readonly InterpretationDefinition[] | undefined;
  readonly outro?: Localized | undefined;
  /** Texts that others refer to as `{{ config.path }}`, by their paths. */
  readonly texts?: Readonly<Record<string, Localized>> | undefined;
}

export interface InterpretationDefinition extends InterpretationRule {
  readonly name?: Localized | undefined;
  readonly bar?: (BarRule & { readonly max?: number | undefined; readonly label?: Localized | undefined }) | undefined;
  readonly text?: Localized | undefined;
}
