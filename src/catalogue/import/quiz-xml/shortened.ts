/** A text out of a file as messages quote it: of a reasonable length. */
export function shortened(text: string, length = 60): string {
  return text.length <= length ? text : `${text.slice(0, length).toWellFormed()}…`;
}
