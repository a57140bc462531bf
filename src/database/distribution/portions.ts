/** What one statement may lock or write: all, or each alone where each may lie on a machine of its own. */
export function portions<Item>(items: readonly Item[], isSpread: boolean): readonly (readonly Item[])[] {
  if (isSpread) return items.map((item) => [item]);
  return items.length === 0 ? [] : [items];
}
