import { isNativeError } from 'node:util/types';
import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import { Database } from '../../database/database.js';
import { tooMany } from '../../platform/errors/api-error.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { sha256 } from '../tokens.js';

const quarterHour = 15 * 60;

/**
 * How often someone may try to sign in: ten times a quarter of an hour for one address from one place, a hundred times from
 * one place whatever the address.
 *
 * Tries are counted before the password is looked at, in one statement each, so many at once get no more than that. Nodes
 * share the count in the database; each remembers by itself who is blocked, and counts alone while the database is away.
 */
@Injectable()
export class LoginLimits {
  private readonly byAccount: RateLimiterPostgres;
  private readonly byPlace: RateLimiterPostgres;
  private readonly byProof: RateLimiterPostgres;

  constructor(database: Database, housekeeping: Housekeeping) {
    housekeeping.add('rate-limits', () => database.query('delete from rate_limit where expire < $1', [Date.now()]));
    const client = {
      query: async ({ name, text, values }: Query) => ({
        rows: await database.query(name ? { name, text } : text, values),
      }),
    };
    const limiter = (keyPrefix: string, points: number): RateLimiterPostgres =>
      new RateLimiterPostgres({
        storeClient: client,
        storeType: 'client',
        tableName: 'rate_limit',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix,
        points,
        duration: quarterHour,
        inMemoryBlockOnConsumed: points + 1,
        insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration: quarterHour }),
      });
    this.byAccount = limiter('account', 10);
    this.byPlace = limiter('place', 100);
    this.byProof = limiter('proof', 10);
  }

  /** Counts one try. Throws 429 with the time to wait when it is one too many. */
  take(ip: string, email: string): Promise<void> {
    return refuseTooMany(async () => {
      await this.byPlace.consume(ip);
      await this.byAccount.consume(keyOf(ip, email));
    });
  }

  /** Counts one try from a place, of what nobody guesses: links and tickets. */
  takePlace(ip: string): Promise<void> {
    return refuseTooMany(() => this.byPlace.consume(ip));
  }

  /** It was no guess. */
  async forgetPlace(ip: string): Promise<void> {
    await this.byPlace.reward(ip);
  }

  /** Counts one try of an account to prove itself once more, wherever it comes from. Knowing the password gives back no tries at codes. */
  takeProof(agentId: string, by: 'password' | 'code'): Promise<void> {
    return refuseTooMany(() => this.byProof.consume(`${by} ${agentId}`));
  }

  async forgetProof(agentId: string, by: 'password' | 'code'): Promise<void> {
    await this.byProof.delete(`${by} ${agentId}`);
  }

  /** Forgets the tries of an address from one place: its owner got in. Those for other addresses stay, so its place is given one back. */
  async forget(ip: string, email: string): Promise<void> {
    await Promise.all([this.byAccount.delete(keyOf(ip, email)), this.byPlace.reward(ip)]);
  }
}

interface Query {
  name?: string;
  text: string;
  values?: unknown[];
}

async function refuseTooMany(count: () => Promise<unknown>): Promise<void> {
  try {
    await count();
  } catch (error) {
    throw isNativeError(error) ? error : tooMany((error as RateLimiterRes).msBeforeNext / 1000);
  }
}

/** Addresses of people stay out of the table. */
function keyOf(ip: string, email: string): string {
  return sha256(`${ip} ${email}`).toString('base64url');
}
