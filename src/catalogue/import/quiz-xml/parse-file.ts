import { parseXml, XmlElement, XmlError } from '@rgrove/parse-xml';
import type { DefinitionProblem } from '../definition-problem.js';
import type { SourceFile } from '../imported-test.js';
import { quoted, shortened } from '../quoted-text.js';
import { refusal } from './xml-limits.js';

/** An XML file as a tree, or the one reason why it is none. */
export type ParsedFile =
  | { readonly root: XmlElement; readonly placeOf: (element: XmlElement) => string; readonly problem: null }
  | { readonly root: null; readonly problem: DefinitionProblem };

/** Parses untrusted XML, within limits and without document types; the root must be of the given name. */
export function parseFile({ name: file, text: source }: SourceFile, rootName: string): ParsedFile {
  const refused = refusal(source);
  if (refused) return unread(`${file}:${position(source.slice(0, refused.at))}`, refused.message);
  // Left to the parser, this takes time quadratic in the number of line breaks.
  const text = source.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  try {
    const root = parseXml(text, { includeOffsets: true, preserveCdata: true }).root;
    if (root?.name !== rootName) return unread(file, `must have ${rootName} as its root element`);
    const lines = linesOf(root, text);
    const placeOf = (element: XmlElement): string => `${file}:${lines.get(element)} ${description(element)}`;
    return { root, placeOf, problem: null };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return unread(`${file}:${position(beforeCharacter(text, error.pos))}`, `is not well-formed XML: ${reason(error)}`);
  }
}

function unread(path: string, message: string): ParsedFile {
  return { root: null, problem: { path, message } };
}

/** Line and column behind a text. */
function position(before: string): string {
  const lines = before.split('\n');
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}

/** The parser counts characters beyond U+FFFF as one, and people see one. */
function beforeCharacter(text: string, index: number): string {
  return text.replace(/[\u{10000}-\u{10FFFF}]/gu, '_').slice(0, index);
}

/** The message continues with position and excerpt. */
function reason({ message }: XmlError): string {
  return shortened(message.slice(0, message.indexOf(' (line ')), 200);
}

function linesOf(root: XmlElement, text: string): ReadonlyMap<XmlElement, number> {
  const lines = new Map<XmlElement, number>();
  let [at, line] = [0, 1];
  const visit = (element: XmlElement): void => {
    for (; at < element.start; at += 1) if (text[at] === '\n') line += 1;
    lines.set(element, line);
    for (const child of element.children) if (child instanceof XmlElement) visit(child);
  };
  visit(root);
  return lines;
}

function description({ name, attributes }: XmlElement): string {
  const id = attributes['id'];
  return id === undefined ? shortened(name) : `${shortened(name)} id=${quoted(id)}`;
}
