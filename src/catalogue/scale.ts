import type { ScaleItem } from '../scoring/index.js';
import type { Localized } from '../kernel/localized.js';

/** A scale as the author declares it: which questions count, how much, and in which direction. */
export interface ScaleDefinition {
  readonly id: string;
  readonly name: Localized;
  readonly items: readonly ScaleItem[];
}
