import { randomUUID } from 'node:crypto';
import { type ChannelAccount, ChannelError, type Polled } from '../../channel-adapter.js';
import type { PhoneOptions } from '../phone-driver.js';
import type { AsteriskSettings } from '../phone-settings.js';
import { AmiSession, type Heard } from './ami-session.js';
import { readHeard, readPlace } from './read-heard.js';
import { amiTimes, type AmiMeans, type AmiTimes } from './sign-in.js';

type Account = ChannelAccount<AsteriskSettings>;

export interface AsteriskOptions extends PhoneOptions {
  /** Tests shorten the times. */
  amiTimes?: Partial<AmiTimes>;
}

interface Held {
  session: AmiSession | null;
  /** News that were handed on under one name and wait for the word that they are stored. */
  batch: { name: string; heard: Heard[] } | null;
  failures: number;
}

const backoffMs = { first: 1_000, most: 60_000 };

/**
 * The exchanges whose calls this process follows. The connection belongs to whoever polls the account, one process at a time. News are
 * kept until they are stored; those of a process that dies are made up for by the list of channels that the next one begins with.
 */
export class AmiExchanges {
  private readonly held = new Map<string, Held>();
  private readonly means: AmiMeans;
  private readonly now: () => Date;

  constructor(options: AsteriskOptions) {
    this.means = { times: { ...amiTimes, ...options.amiTimes }, agentFor: options.agentFor };
    this.now = options.now ?? (() => new Date());
  }

  async poll(account: Account, cursor: unknown, signal: AbortSignal): Promise<Polled> {
    const held = this.heldOf(account.id);
    const { batch: stored, ...place } = readPlace(cursor);
    const session = await this.open(held, account);
    if (held.batch?.name === stored) {
      held.batch = null;
    }
    const heard = held.batch?.heard ?? (await session.next(signal, this.means.times.lookMs));
    if (heard.length === 0) {
      await this.stands(held, session, signal);
      return { events: [], cursor: { batch: null, ...readHeard([], place, account.settings).place } };
    }
    held.failures = 0;
    held.batch ??= { name: randomUUID(), heard };
    const read = readHeard(heard, place, account.settings);
    return { events: read.events, cursor: { batch: held.batch.name, ...read.place } };
  }

  /** Whether this process follows the account's exchange now. */
  isFollowing(accountId: string): boolean {
    return this.held.get(accountId)?.session?.isOpen ?? false;
  }

  disconnect(accountId: string): void {
    this.held.get(accountId)?.session?.leave();
    this.held.delete(accountId);
  }

  private async open(held: Held, { settings }: Account): Promise<AmiSession> {
    // What came before a connection broke says more of calls than the list that the next one begins with.
    if (held.session?.isOpen || held.session?.hasNews) {
      return held.session;
    }
    held.session = await AmiSession.open(settings, this.means, this.now).catch((error: unknown) => {
      throw later(held, error);
    });
    return held.session;
  }

  private async stands(held: Held, session: AmiSession, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return;
    }
    if (!session.isOpen) {
      throw later(held, new ChannelError('unreachable', 'The exchange closed the connection.', { retry: 'soon' }));
    }
    await session.ping().catch((error: unknown) => {
      throw later(held, error);
    });
  }

  private heldOf(accountId: string): Held {
    const held = this.held.get(accountId) ?? { session: null, batch: null, failures: 0 };
    this.held.set(accountId, held);
    return held;
  }
}

/** An exchange that is down is asked less and less often. */
function later(held: Held, error: unknown): unknown {
  if (!(error instanceof ChannelError) || error.retry !== 'soon') {
    return error;
  }
  const retryAfterMs = Math.min(backoffMs.most, backoffMs.first * 2 ** held.failures);
  held.failures += 1;
  return new ChannelError(error.code, error.message, { retry: 'soon', retryAfterMs, cause: error });
}
