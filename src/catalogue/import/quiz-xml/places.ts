/**
 * Tells where the thing at a path of a test stands in its files: what was made of an element where that is, everything
 * in it there too.
 *
 * @param test the test with all its parts
 * @param origins the places of the elements of which parts were made
 * @param file what is said of everything else
 */
export function placeFinder(
  test: unknown,
  origins: ReadonlyMap<object, string>,
  file: string,
): (path: string) => string {
  const places = new Map<string, string>();
  const visit = (part: unknown, path: string): void => {
    if (part === null || typeof part !== 'object') return;
    const place = origins.get(part);
    if (place !== undefined) places.set(path, place);
    for (const [key, inner] of Object.entries(part)) {
      if (Array.isArray(part)) visit(inner, `${path}[${key}]`);
      else visit(inner, path === '' ? key : `${path}.${key}`);
    }
  };
  visit(test, '');
  return (path) => {
    for (let whole = path; whole !== ''; whole = parentOf(whole)) {
      const place = places.get(whole);
      if (place !== undefined) return place;
    }
    return file;
  };
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.'), path.lastIndexOf('[')));
}
