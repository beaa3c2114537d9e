import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { tooMany } from '../../platform/errors/api-error.js';
import { newToken } from '../tokens.js';

/** OWASP's figures: 19 MiB, two passes, one lane. The algorithm is the library's default, argon2id. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const lanes = 2;
const waitingLimit = 200;

/**
 * Hashes and checks passwords, two at a time: each takes a core and 19 MiB for some tens of milliseconds, and a burst of
 * sign-ins must not take the machine from the messages. Whoever finds the queue full is told to come back.
 */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly nobodys = this.hash(newToken());

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, cost));
  }

  /** Takes as long for an account that does not exist (null) as for one that does. */
  async matches(password: string, kept: string | null): Promise<boolean> {
    const against = kept ?? (await this.nobodys);
    const isRight = await this.verify(against, password);
    return isRight && kept !== null;
  }

  /** The work itself: how long it takes is said by the hash alone. */
  verify(against: string, password: string): Promise<boolean> {
    return this.inTurn(() => verify(against, password));
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    await this.takeLane();
    try {
      return await work();
    } finally {
      this.passLaneOn();
    }
  }

  private takeLane(): Promise<void> | void {
    if (this.running < lanes) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= waitingLimit) {
      throw tooMany(5, 'Too many people are signing in at once. Try again in a moment.');
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** The next in line inherits the lane, so that `running` never falls below what runs. */
  private passLaneOn(): void {
    const next = this.waiting.shift();
    if (next) {
      next();
    } else {
      this.running -= 1;
    }
  }
}
