/** What can be told as JSON; a `Map` is what PHP knows as an array. */
export type PhpValue =
  | string | number | boolean | null
  | readonly PhpValue[]
  | ReadonlyMap<string, PhpValue>
  | { readonly [member: string]: PhpValue };

/**
 * JSON as the platform always told it: a `Map` keeps its order whatever its keys, and one whose keys are 0, 1, … in this
 * order is a list, the empty one too. Clients of the REST API are written for it; nobody else shall have to be.
 */
export function phpJson(value: PhpValue): string {
  if (isMap(value)) return isList(value) ? listOf([...value.values()]) : objectOf([...value]);
  if (isArray(value)) return listOf(value);
  return typeof value === 'object' && value !== null ? objectOf(Object.entries(value)) : JSON.stringify(value);
}

function isMap(value: PhpValue): value is ReadonlyMap<string, PhpValue> {
  return value instanceof Map;
}

function isArray(value: PhpValue): value is readonly PhpValue[] {
  return Array.isArray(value);
}

function isList(map: ReadonlyMap<string, PhpValue>): boolean {
  return [...map.keys()].every((key, index) => key === String(index));
}

function listOf(values: readonly PhpValue[]): string {
  return `[${values.map(phpJson).join(',')}]`;
}

function objectOf(members: readonly (readonly [string, PhpValue])[]): string {
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${phpJson(value)}`).join(',')}}`;
}
