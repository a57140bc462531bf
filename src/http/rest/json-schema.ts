/** A JSON schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** An object that has these members and no other. */
export function object(members: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  const required = Object.keys(members).filter((name) => !optional.includes(name));
  return { type: 'object', properties: members, required, additionalProperties: false };
}

/** A list of such items. */
export function list(items: Schema, description?: string): Schema {
  return { type: 'array', ...(description !== undefined && { description }), items };
}

/** What PHP knows as an array: an object by keys, but a list when the keys are 0, 1, … in this order or there are none. */
export function phpMap(of: Schema, description: string): Schema {
  return { description, anyOf: [{ type: 'object', additionalProperties: of }, { type: 'array', items: of }] };
}

/** A text; `more` narrows it. */
export function text(description: string, more: Schema = {}): Schema {
  return { type: 'string', description, ...more };
}

/** A text, or null as the description says. */
export function textOrNull(description: string): Schema {
  return { type: ['string', 'null'], description };
}

/** A whole number. */
export function integer(description: string): Schema {
  return { type: 'integer', description };
}

/** Yes or no. */
export function boolean(description: string): Schema {
  return { type: 'boolean', description };
}

/** The schema of this name that the whole description shares. */
export function shared(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}
