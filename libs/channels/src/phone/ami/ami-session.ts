import { ChannelError } from '../../channel-adapter.js';
import type { AsteriskSettings } from '../phone-settings.js';
import type { AmiFrame } from './ami-frames.js';
import type { AmiLink } from './ami-link.js';
import { isFollowed } from './follow-call.js';
import { errorOfLink, signIn, type AmiMeans } from './sign-in.js';

/** What an exchange told, in its order: an event, or its whole list of channels. `at`: milliseconds of the Unix epoch. */
export type Heard = { event: AmiFrame; at: number } | { channels: AmiFrame[]; at: number };

interface Listed {
  channels: AmiFrame[];
  at: number;
  isWhole: boolean;
}

type Queued = { event: AmiFrame; at: number } | Listed;

/** More than a database that is away for some minutes leaves waiting; beyond that the list of channels says more than they do. */
const mostQueued = 20_000;

/** A connection to an exchange that hears its events, beginning with the list of its channels. */
export class AmiSession {
  private queue: Queued[] = [];
  private list: Listed | null = null;
  private wake: () => void = () => undefined;

  private constructor(
    private readonly link: AmiLink,
    private readonly answerMs: number,
    private readonly now: () => Date,
  ) {
    link.onClose = () => this.wake();
    link.listen((frame) => this.take(frame));
  }

  /** Throws ChannelError. */
  static async open(settings: AsteriskSettings, means: AmiMeans, now: () => Date): Promise<AmiSession> {
    const { link } = await signIn(settings, means, true);
    const session = new AmiSession(link, means.times.answerMs, now);
    try {
      const answer = await link.ask('CoreShowChannels', {}, means.times.answerMs);
      if (answer['response'] !== 'Success') {
        throw new ChannelError('forbidden', 'The exchange does not let this user list its channels.', {
          retry: 'after-reconnect',
        });
      }
      return session;
    } catch (error) {
      link.close();
      throw errorOfLink(error);
    }
  }

  get isOpen(): boolean {
    return this.link.isOpen;
  }

  /** Whether there is something to tell at once. */
  get hasNews(): boolean {
    const [first] = this.queue;
    return first !== undefined && (!('isWhole' in first) || first.isWhole);
  }

  /** What came since the last time, waiting for it a while; empty when nothing did. Nothing is told beyond a list that is not whole. */
  async next(signal: AbortSignal, waitMs: number): Promise<Heard[]> {
    if (!this.hasNews && this.isOpen && !signal.aborted) {
      await this.wait(signal, waitMs);
    }
    const end = this.queue.findIndex((one) => 'isWhole' in one && !one.isWhole);
    return this.queue.splice(0, end < 0 ? this.queue.length : end);
  }

  /** Whether the exchange still answers. Throws ChannelError when it does not. */
  async ping(): Promise<void> {
    await this.link.ask('Ping', {}, this.answerMs).catch((error: unknown) => {
      throw errorOfLink(error);
    });
  }

  leave(): void {
    this.link.close();
  }

  private wait(signal: AbortSignal, waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.wake = () => undefined;
        resolve();
      };
      const timer = setTimeout(done, waitMs);
      signal.addEventListener('abort', done);
      this.wake = () => {
        if (this.hasNews || !this.isOpen) {
          done();
        }
      };
    });
  }

  private take(frame: AmiFrame): void {
    const at = this.now().getTime();
    const name = frame['event'] ?? '';
    if (frame['response'] !== undefined) {
      this.beginList(frame, at);
    } else if (name === 'CoreShowChannel') {
      this.list?.channels.push(frame);
    } else if (name === 'CoreShowChannelsComplete') {
      this.endList();
    } else if (isFollowed(name)) {
      this.queue.push({ event: frame, at });
    } else {
      return;
    }
    if (this.queue.length > mostQueued) {
      this.link.close();
    }
    this.wake();
  }

  /** The list is what was true here: events that come between its lines are told after it. */
  private beginList(answer: AmiFrame, at: number): void {
    if (answer['response'] === 'Success' && /^start$/iu.test(answer['eventlist'] ?? '')) {
      this.list = { channels: [], at, isWhole: false };
      this.queue.push(this.list);
    }
  }

  private endList(): void {
    if (this.list) {
      this.list.isWhole = true;
      this.list = null;
    }
  }
}
