const PLACEHOLDER = /\{\{\s*([^\s{}|]+)\s*\}\}/g;

/** The dotted paths that the `{{ path }}` placeholders of a text name. */
export function placeholderPaths(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, path]) => path!);
}

/** The text with each `{{ path }}` replaced by what stands for the path. */
export function fillPlaceholders(text: string, valueOf: (path: string) => string): string {
  return text.replace(PLACEHOLDER, (_placeholder, path: string) => valueOf(path));
}
