import type { Markup } from '../../../kernel/markup.js';

/** What a kind of chart draws: as wide as every chart, as high as it needs. */
export interface Drawing {
  readonly height: number;
  readonly content: Markup;
}
