import { Parser } from 'htmlparser2';

/** An element with its children in their order; strings are texts. */
export interface HtmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly HtmlNode[];
}

export type HtmlNode = HtmlElement | string;

/** Deeper elements are left out of the tree, and their content belongs to the deepest that is kept. */
const DEPTH = 24;
/** What they hold is no text for readers. */
const UNREADABLE: readonly string[] = ['script', 'style'];

/** Reads any HTML, well-formed or not, as a tree of bounded depth. */
export function parseHtml(html: string): readonly HtmlNode[] {
  const root: HtmlNode[] = [];
  const open: HtmlNode[][] = [root];
  let depth = 0;
  let unreadable = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (UNREADABLE.includes(name)) unreadable += 1;
      if (depth > DEPTH) return;
      const children: HtmlNode[] = [];
      open.at(-1)?.push({ name, attributes, children });
      open.push(children);
    },
    onclosetag(name) {
      depth -= 1;
      if (UNREADABLE.includes(name)) unreadable -= 1;
      if (depth < DEPTH) open.pop();
    },
    ontext(text) {
      if (unreadable === 0) open.at(-1)?.push(text);
    },
  });
  parser.end(html);
  return root;
}

/** The text within the nodes, words of different elements apart. */
export function textOf(nodes: readonly HtmlNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : ` ${textOf(node.children)} `)).join('');
}
