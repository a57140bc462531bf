import type { Localized } from '../kernel/localized.js';
import type { NormGroup, ScorableNorm } from '../scoring/index.js';

/** What the sums of comparison groups say about a sum, with the names by which a report tells them. */
export interface NormDefinition extends ScorableNorm {
  readonly name: Localized;
  readonly groups: readonly (NormGroup & { readonly name: Localized })[];
}
