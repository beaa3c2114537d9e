import type { Bucket, SendingPace } from '#channels';

/** A token bucket on somebody else's clock (milliseconds). It may be overdrawn: what was sent was sent. */
class Tokens {
  private tokens: number;
  private at: number;

  constructor(
    private readonly bucket: Bucket,
    now: number,
  ) {
    this.tokens = bucket.burst;
    this.at = now;
  }

  available(now: number): number {
    const { burst, perSecond } = this.bucket;
    this.tokens = Math.min(burst, this.tokens + (Math.max(0, now - this.at) / 1000) * perSecond);
    this.at = Math.max(this.at, now);
    return this.tokens;
  }

  spend(count: number, now: number): void {
    this.tokens = this.available(now) - count;
  }

  isFull(now: number): boolean {
    return this.available(now) >= this.bucket.burst;
  }
}

/** Addresses kept in mind before those that could send freely again are forgotten. */
const fewAddresses = 200;

/**
 * How fast one account sends, as its provider allows: all of it together and to each address. Each node keeps its own; what several
 * together send too fast, the provider's refusal and the account's pause bring back in step.
 */
export class Pacer {
  private readonly account: Tokens;
  private readonly each = new Map<string, Tokens>();

  constructor(
    private readonly pace: SendingPace,
    now: number,
  ) {
    this.account = new Tokens(pace.account, now);
  }

  /** How many messages may leave now. */
  room(now: number): number {
    return Math.max(0, Math.floor(this.account.available(now)));
  }

  /** Addresses that must wait. */
  cooling(now: number): string[] {
    return [...this.each].filter(([, tokens]) => tokens.available(now) < 1).map(([address]) => address);
  }

  spend(address: string, count: number, now: number): void {
    this.account.spend(count, now);
    const tokens = this.each.get(address) ?? new Tokens(this.pace.each(address), now);
    tokens.spend(count, now);
    this.each.set(address, tokens);
    if (this.each.size > fewAddresses) {
      this.forget(now);
    }
  }

  private forget(now: number): void {
    for (const [address, tokens] of this.each) {
      if (tokens.isFull(now)) {
        this.each.delete(address);
      }
    }
  }
}
