import type { LevelColor } from '../../scoring/index.js';

/** A report as every face shows it: plain data in the reader's language, every text ready to print. */
export interface ReportDocument {
  /** The language of the texts, a locale such as `ru`. */
  readonly locale: string;
  /** The test's name. */
  readonly title: string;
  /** When the answers were saved, in ISO 8601; the document has no other time. */
  readonly savedAt: string;
  /** One line beneath the title, for example the date in words. */
  readonly subtitle: string;
  readonly blocks: readonly Block[];
}

export type Block = HeadingBlock | RichTextBlock | BarBlock | ChartBlock | TableBlock | ListBlock;

export interface HeadingBlock {
  readonly kind: 'heading';
  /** The title is 1. */
  readonly level: 2 | 3;
  readonly text: string;
}

/** A paragraph or several. */
export interface RichTextBlock {
  readonly kind: 'richText';
  /** Simple HTML, sanitised: see kernel/rich-text.ts. */
  readonly html: string;
}

/** One score as a bar with a line above it. */
export interface BarBlock {
  readonly kind: 'bar';
  /** For example `Level: 3 of 6`. */
  readonly text: string;
  /** 0 to 100. */
  readonly percentage: number;
  readonly color: LevelColor;
}

export interface ChartBlock {
  readonly kind: 'chart';
  readonly chart: Chart;
}

export interface Chart {
  readonly type: 'bars' | 'radar' | 'profile';
  /** What the chart shows, also for those who do not see it. */
  readonly title: string;
  /** The ends of the axis. */
  readonly min: number;
  readonly max: number;
  /** At least one. */
  readonly points: readonly ChartPoint[];
}

export interface ChartPoint {
  readonly label: string;
  /** Within the axis; null when there is no score. */
  readonly value: number | null;
  /** The value as it is printed. */
  readonly text: string;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly numeric: boolean }[];
  /** A row has one cell a column; the first cell names the row. An indented row belongs to the one above it. */
  readonly rows: readonly { readonly cells: readonly string[]; readonly indented: boolean }[];
}

/** Terms and what is to be said of each. */
export interface ListBlock {
  readonly kind: 'list';
  readonly items: readonly ListItem[];
}

export interface ListItem {
  readonly term: string;
  /** Simple HTML, sanitised: see kernel/rich-text.ts. */
  readonly html: string;
}
