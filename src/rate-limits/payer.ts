import type { Budget } from './budget.js';
import { RateLimited, type Standing } from './standing.js';

/** Who pays for a request out of one budget: a client or an address. */
export class Payer {
  constructor(
    private readonly budget: Budget | null,
    private readonly key: string,
    private readonly onRefused: (refusal: RateLimited) => void,
  ) {}

  /**
   * Takes points for what is about to be done; null without a limit. What is refused is taken too: who goes on asking for
   * more than is left ends with nothing.
   *
   * @throws RateLimited when fewer are left
   */
  async charge(points: number): Promise<Standing | null> {
    return this.budget && this.admitted(await this.budget.take(this.key, points));
  }

  /** Takes points for what has been done already. */
  async note(points: number): Promise<void> {
    await this.budget?.take(this.key, points);
  }

  /**
   * Lets pass who has something left, as far as this process knows: no query is made.
   *
   * @throws RateLimited when nothing is left
   */
  async check(): Promise<void> {
    const standing = await this.budget?.known(this.key);
    if (standing?.remaining === 0) this.admitted({ ...standing, exceeded: true });
  }

  private admitted(standing: Standing & { readonly exceeded: boolean }): Standing {
    if (!standing.exceeded) return standing;
    const refusal = new RateLimited(standing);
    this.onRefused(refusal);
    throw refusal;
  }
}
