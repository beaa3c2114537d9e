/** So many a minute, evenly: what was not used is kept for a second at most. Instants are milliseconds. */
export class MinutePace {
  private left: number;

  constructor(
    readonly perMinute: number,
    private at: number,
  ) {
    this.left = this.burst;
  }

  /** How many may go now. */
  room(now: number): number {
    this.refill(now);
    return Math.floor(this.left);
  }

  spend(count: number, now: number): void {
    this.refill(now);
    this.left -= count;
  }

  private get burst(): number {
    return Math.max(1, this.perMinute / 60);
  }

  private refill(now: number): void {
    this.left = Math.min(this.burst, this.left + (Math.max(0, now - this.at) * this.perMinute) / 60_000);
    this.at = now;
  }
}
