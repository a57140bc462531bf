import { percent } from './numbers.js';
import type { GroupScore } from './calculation.js';

/** Points added up over a whole test and within each of its groups, the groups in order of first appearance. */
export class PointTotals {
  private total = 0;
  private readonly groups = new Map<string, number>();

  /** The points of all questions, grouped or not. */
  get all(): number {
    return this.total;
  }

  /** Adds the points of one question; null, `""` and `"0"` are no group. */
  add(group: string | null, points: number): void {
    this.total += points;
    if (group === null || group === '' || group === '0') return;
    this.groups.set(group, this.inGroup(group) + points);
  }

  /** Compares earned points with the points that were possible in the same test. */
  groupScores(possible: PointTotals): GroupScore[] {
    return Array.from(this.groups, ([group, sum]) => {
      const max = possible.inGroup(group);
      return { group, sum, max, percentage: percent(sum, max), percentageOfAll: percent(sum, possible.all) };
    });
  }

  private inGroup(group: string): number {
    return this.groups.get(group) ?? 0;
  }
}
