/** A text out of a file as messages repeat it: of a reasonable length. */
export function shortened(text: string, length = 60): string {
  return text.length <= length ? text : `${text.slice(0, length).toWellFormed()}…`;
}

/** The same in quotes, control characters being escaped: a terminal would obey them. */
export function quoted(text: string): string {
  return JSON.stringify(shortened(text)).replace(/\p{Cc}/gu, escaped);
}

/** JSON itself escapes those below U+0020 only. */
function escaped(control: string): string {
  return `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
