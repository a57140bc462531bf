import { extractLinks, extractText, extractTextItems, getDocumentProxy, getMeta } from 'unpdf';

/** A piece of text in its place on a page, in points from the bottom left. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** What a reader finds in a PDF. */
export interface ReadPdf {
  /** The text of each page without white space, which lines and cells do not keep. */
  readonly pages: readonly string[];
  readonly items: readonly (readonly PlacedText[])[];
  readonly links: readonly string[];
  readonly info: Readonly<Record<string, unknown>>;
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  // The reader takes its bytes away.
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { text } = await extractText(pdf, { mergePages: false });
  const { items } = await extractTextItems(pdf);
  const { links } = await extractLinks(pdf);
  const { info } = await getMeta(pdf);
  return {
    pages: text.map(solid),
    items: items.map((page) => page.map(({ str, x, y, width }) => ({ text: str, x, y, width }))),
    links,
    info,
  };
}

/** A text without its white space. */
export function solid(text: string): string {
  return text.replace(/\s+/g, '');
}
