/** Something that is asked about a user; what else is asked is the same for many users of a request. */
export interface AboutUser<Asked> {
  readonly userId: string;
  readonly asked: Asked;
}

/**
 * Makes the batch function of a loader: users about whom the same is asked are loaded together.
 *
 * @param name the same for what is the same question
 */
export function perUser<Asked, Value>(
  load: (asked: Asked, userIds: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  name: (asked: Asked) => string = JSON.stringify,
): (wanted: readonly AboutUser<Asked>[]) => Promise<Value[]> {
  return async (wanted) => {
    const names = new Map<Asked, string>();
    const nameOf = ({ asked }: AboutUser<Asked>): string => {
      const known = names.get(asked) ?? name(asked);
      names.set(asked, known);
      return known;
    };
    const groups = Map.groupBy(wanted, nameOf);
    const loaded = new Map(await Promise.all([...groups].map(async ([group, [first, ...others]]) => {
      const userIds = new Set([first!, ...others].map(({ userId }) => userId));
      return [group, await load(first!.asked, [...userIds])] as const;
    })));
    return wanted.map((about) => loaded.get(nameOf(about))!.get(about.userId)!);
  };
}
