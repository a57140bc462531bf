/** Prints lines of equal columns, the first row being the heading. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows) {
    console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
  }
}

/** Prints a value as one line of JSON, for programs. */
export function printJson(value: unknown): void {
  console.log(JSON.stringify(value));
}
