import type { Random } from '../random.js';
import type { Setting, World } from '../world/world.js';

/** Something bad that happens to a world under load. */
export interface Fault {
  readonly name: string;
  /** Begins it; gives what ends it. */
  begin(world: World, random: Random): Promise<() => Promise<void>>;
  /** What the world needs for it, and what clears that away. */
  readonly prepare?: () => Promise<{ readonly setting: Setting; clear(): Promise<void> }>;
}

/** There is nothing to end: everybody has to get over it by themselves. */
export const byItself = async (): Promise<void> => undefined;
