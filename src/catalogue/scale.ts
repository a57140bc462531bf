import type { Localized } from '../kernel/localized.js';
import type { ScorableScale } from '../scoring/index.js';

/** A scale as the author declares it: which questions count, how much, and in which direction. */
export interface ScaleDefinition extends ScorableScale {
  readonly name: Localized;
  /** What the scale measures, as simple HTML. */
  readonly description?: Localized | undefined;
  /** The broader scale that this one is a part of. */
  readonly parent?: string | undefined;
}
