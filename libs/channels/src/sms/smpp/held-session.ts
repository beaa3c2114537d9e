import { randomUUID } from 'node:crypto';
import { ChannelError } from '../../channel-adapter.js';
import type { AgentChoice } from '../../wire/http-exchange.js';
import type { SmppSettings } from '../sms-settings.js';
import type { SmppTimes } from './bind.js';
import { SmppSession, type Delivered } from './smpp-session.js';

const backoffMs = { first: 1_000, most: 60_000 };

/** Deliveries that were handed on under one name and wait for the word that they are stored. */
export interface Batch {
  name: string;
  deliveries: Delivered[];
}

interface Means {
  times: SmppTimes;
  agentFor: AgentChoice | undefined;
}

/** The one session that this process has for an account while it is the account's owner. */
export class HeldSession {
  private session: SmppSession | null = null;
  private batch: Batch | null = null;
  private failures = 0;
  /** Why this process, which owns the account, has no session; null where it has one, or where another process owns it. */
  trouble: ChannelError | null = null;
  private waiting: ((session: SmppSession) => void)[] = [];

  constructor(private readonly means: Means) {}

  /** A session is open, or this process, which owns the account, knows why there is none. */
  get isOurs(): boolean {
    return this.session?.isOpen === true || this.trouble !== null;
  }

  /** Opens the session where there is none. `isNew` says that the centre may deliver again what it was not answered for. */
  async open(settings: SmppSettings): Promise<{ session: SmppSession; isNew: boolean }> {
    if (this.session?.isOpen) {
      return { session: this.session, isNew: false };
    }
    this.batch = null;
    const session = await SmppSession.open(settings, this.means).catch((error: unknown) => {
      throw this.later(error);
    });
    this.session = session;
    this.trouble = null;
    this.waiting.splice(0).forEach((tell) => tell(session));
    return { session, isNew: true };
  }

  /** The open session, waiting a while for one that is being opened; null when this process is not the owner, or cannot be. */
  async find(waitMs: number): Promise<SmppSession | null> {
    if (this.session?.isOpen) {
      return this.session;
    }
    return await new Promise((resolve) => {
      const tell = (session: SmppSession | null): void => {
        clearTimeout(timer);
        this.waiting = this.waiting.filter((one) => one !== tell);
        resolve(session);
      };
      const timer = setTimeout(() => tell(null), waitMs);
      this.waiting.push(tell);
    });
  }

  /** Answers the centre for the deliveries of a batch once it is known to be stored. */
  confirm(session: SmppSession, stored: string | null): void {
    if (this.batch !== null && this.batch.name === stored) {
      this.batch.deliveries.forEach((delivered) => session.confirm(delivered));
      this.batch = null;
    }
  }

  /** The batch that still waits to be stored, else the next one; null when nothing came. Throws ChannelError when the line broke. */
  async next(session: SmppSession, signal: AbortSignal, waitMs: number): Promise<Batch | null> {
    if (this.batch !== null) {
      return this.batch;
    }
    const deliveries = await session.next(signal, waitMs);
    if (deliveries.length > 0) {
      this.batch = { name: randomUUID(), deliveries };
      return this.batch;
    }
    if (!session.isOpen && !signal.aborted) {
      throw this.later(new ChannelError('unreachable', 'The message centre closed the line.', { retry: 'soon' }));
    }
    this.failures = 0;
    return null;
  }

  end(): void {
    this.session?.leave();
    this.session = null;
    this.batch = null;
    this.trouble = null;
  }

  /** A centre that is down is asked less and less often. */
  private later(error: unknown): unknown {
    this.trouble = error instanceof ChannelError ? error : null;
    if (!(error instanceof ChannelError) || error.retry !== 'soon') {
      return error;
    }
    const wait = Math.min(backoffMs.most, backoffMs.first * 2 ** this.failures);
    this.failures += 1;
    const retryAfterMs = Math.max(wait, error.retryAfterMs ?? 0);
    return new ChannelError(error.code, error.message, { retry: 'soon', retryAfterMs, cause: error });
  }
}
