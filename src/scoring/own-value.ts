/** What a record itself has under a key. Keys come from authors and respondents, who may call one "constructor". */
export function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
