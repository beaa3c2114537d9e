/** A mean with the half width of its 95 % confidence interval. */
export interface Estimate {
  mean: number;
  halfWidth: number;
  count: number;
}

/** The 0.975 quantile of Student's t, within a thousandth for 10 degrees of freedom and more. */
function studentT(degrees: number): number {
  const z = 1.959964;
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
}

/**
 * The mean of values that depend on their neighbours, as waits in one line do: they are cut into long stretches, whose means are nearly
 * independent of each other. Neighbouring stretches are joined whenever there get to be too many, so no length has to be known before.
 */
export class BatchMeans {
  private static readonly most = 64;
  private size: number;
  private sums: number[] = [];
  private sum = 0;
  private inBatch = 0;
  private total = 0;
  private count = 0;

  /** `size`: values of the first stretches. */
  constructor(size = 1_000) {
    this.size = size;
  }

  add(value: number): void {
    this.sum += value;
    this.total += value;
    this.count += 1;
    this.inBatch += 1;
    if (this.inBatch === this.size) {
      this.sums.push(this.sum);
      this.sum = 0;
      this.inBatch = 0;
      if (this.sums.length === BatchMeans.most) {
        this.join();
      }
    }
  }

  estimate(): Estimate {
    const { count, size } = this;
    const means = this.sums.map((sum) => sum / size);
    const centre = means.reduce((sum, mean) => sum + mean, 0) / means.length;
    const variance = means.reduce((sum, mean) => sum + (mean - centre) ** 2, 0) / (means.length - 1);
    const isEnough = means.length >= 10;
    const halfWidth = isEnough ? studentT(means.length - 1) * Math.sqrt(variance / means.length) : Infinity;
    return { mean: count === 0 ? 0 : this.total / count, halfWidth, count };
  }

  private join(): void {
    this.sums = this.sums.flatMap((sum, index, all) => (index % 2 === 0 ? [sum + (all[index + 1] ?? 0)] : []));
    this.size *= 2;
  }
}
