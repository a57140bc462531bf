/** Numbers from 0 to 1 that are the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What stands where something else is expected, as JSON. */
const strangers = [
  'null', 'true', 'false', '0', '-1', '0.5', '1e308', '-1e999', '1e999',
  '""', '" "', '"x"', '"a|b"', '"|"', '"panel"', '"matrix"', '"rating"', '"__proto__"', '"constructor"',
  '"\\u0000"', '"\\ud800"', '"\\u001b[2J"', '"<script>alert(1)</script>"', JSON.stringify('x'.repeat(2000)),
  '{}', '{ "__proto__": { "type": "radiogroup" } }', '{ "constructor": 1 }', '{ "length": 3 }',
  '{ "default": "x", "ru": "y", "en": "z" }', '{ "default": { "default": 1 } }',
  '{ "value": { "value": 1 } }', '{ "value": null, "text": null }',
  '[]', '[[]]', '[null]', '[1, "1", 1]', `[${'1,'.repeat(150)}1]`,
  `${'['.repeat(500)}${']'.repeat(500)}`, `${'{"elements":['.repeat(100)}${']}'.repeat(100)}`,
  `${'{"type":"panel","elements":['.repeat(30)}${']}'.repeat(30)}`,
];

interface Slot {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

/** Every place of a document that something stands at. */
function slotsOf(value: unknown): Slot[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...slotsOf(holder[key])]);
}

/** Properties are made as a parser makes them: `__proto__` is one as any other. */
function put({ holder }: Slot, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}

/** A change of the document in place. */
type Change = (slots: readonly Slot[]) => void;

const signs = ['"', '{', '}', '[', ']', ',', ':', '\\', '\0', '\ud800', '9', '-', 'e', 'x', ' ', '\uFEFF'];

/** Makes spoilt copies of JSON documents, the same ones in every run. */
export interface Mutants {
  readonly oneOf: <Item>(items: readonly Item[]) => Item;
  /** The document with something else in some of its places, or as a damaged text. */
  readonly mutant: (json: string) => string;
}

export function mutants(seed: number): Mutants {
  const random = generator(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const oneOf = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;

  const changes: readonly Change[] = [
    (slots) => { const slot = oneOf(slots); put(slot, slot.key, JSON.parse(oneOf(strangers))); },
    (slots) => { const { holder, key } = oneOf(slots); Reflect.deleteProperty(holder, key); },
    (slots) => { const slot = oneOf(slots); put(slot, slot.key, structuredClone(from(slots))); },
    (slots) => { const slot = oneOf(slots); put(slot, oneOf(slots).key, structuredClone(from(slots))); },
    (slots) => { const { holder, key } = oneOf(slots); holder[key] = oneOf([[holder[key]], { value: holder[key] }]); },
    (slots) => {
      const { holder } = oneOf(slots);
      if (Array.isArray(holder)) holder.splice(below(3), below(2), JSON.parse(oneOf(strangers)));
    },
  ];

  function from(slots: readonly Slot[]): unknown {
    const { holder, key } = oneOf(slots);
    return holder[key];
  }

  function changedStructure(text: string): string {
    const document: unknown = JSON.parse(text);
    const slots = slotsOf(document);
    for (let count = 1 + below(3); count > 0; count -= 1) oneOf(changes)(slots);
    return JSON.stringify(document);
  }

  function changedText(text: string): string {
    const [at, length] = [below(text.length), below(40)];
    const [before, after] = [text.slice(0, at), text.slice(at)];
    return oneOf([
      () => before,
      () => before + after.slice(length),
      () => before + after.slice(0, length) + after,
      () => before + oneOf(signs) + after,
      () => before + oneOf(signs) + after.slice(1),
      () => before + oneOf(strangers) + after.slice(length),
    ])();
  }

  return { oneOf, mutant: (json) => (random() < 0.7 ? changedStructure(json) : changedText(json)) };
}
