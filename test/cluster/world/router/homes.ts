/**
 * On which machine each client and each result lies. A real one would take a hash of the id; here each new one lies on the
 * next machine, so that neighbours never lie together.
 */
export class Homes {
  private readonly homes = { clients: new Map<string, number>(), results: new Map<string, number>() };

  constructor(private readonly machines: number) {}

  /** Where an id lies, which is decided when it is named for the first time. */
  of(kind: 'clients' | 'results', id: string): number {
    const homes = this.homes[kind];
    const home = homes.get(id) ?? homes.size % this.machines;
    homes.set(id, home);
    return home;
  }

  knows(kind: 'clients' | 'results', id: string): boolean {
    return this.homes[kind].has(id);
  }
}
