const ID_LENGTH = 32;
const FITTING = new RegExp(`^[A-Za-z0-9_-]{1,${ID_LENGTH}}$`);

/** Names are cut before they are worked on: what lies behind never gets into an id. */
const NAME_LENGTH = 200;

/**
 * An id for each question, in order, made of their names: the name itself where it fits and is free, else what can be
 * read of it in Latin letters, else the number of the question. Equal names always give equal ids.
 */
export function questionIds(names: readonly string[]): readonly string[] {
  const taken = new Set(names.filter((name) => FITTING.test(name)));
  const kept = new Set<string>();
  return names.map((name, index) => {
    if (FITTING.test(name) && !kept.has(name)) {
      kept.add(name);
      return name;
    }
    const latin = latinId(name);
    const id = latin !== '' && !taken.has(latin) ? latin : freeNumber(index + 1, taken);
    taken.add(id);
    return id;
  });
}

function freeNumber(number: number, taken: ReadonlySet<string>): string {
  const id = `q${number}`;
  return taken.has(id) ? freeNumber(number + 1, taken) : id;
}

function latinId(name: string): string {
  return name.slice(0, NAME_LENGTH).normalize('NFKD').replace(/\p{M}/gu, '')
    .replace(/\p{Script=Cyrillic}/gu, (letter) => latin.get(letter.toLowerCase()) ?? '')
    .replace(/[^A-Za-z0-9_]+/g, '-').replace(/^-/, '').slice(0, ID_LENGTH).replace(/-$/, '');
}

/** Cyrillic letters that remain when the marks above them are taken away. */
const latin: ReadonlyMap<string, string> = new Map([
  ...pairs('абвгдезиклмнопрстуфыэ', 'abvgdeziklmnoprstufye'),
  ...pairs('єіґ', 'eig'),
  ['ж', 'zh'], ['х', 'kh'], ['ц', 'ts'], ['ч', 'ch'], ['ш', 'sh'], ['щ', 'shch'], ['ю', 'yu'], ['я', 'ya'],
]);

function pairs(from: string, to: string): [string, string][] {
  return Array.from(from, (letter, index) => [letter, to.charAt(index)]);
}
