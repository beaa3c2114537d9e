import type { AgentChoice } from '../../wire/http-exchange.js';
import type { SmppSettings } from '../sms-settings.js';
import { bindLink, type SmppTimes } from './bind.js';
import { commands, genericNack, type Pdu } from './pdu.js';
import { LinkLost, type SmppLink } from './smpp-link.js';

/** The end of a name that is there and empty: the message id of an answer to a delivery. */
const emptyName = Buffer.of(0);
const unknownCommand = 0x03;

/** Something that the centre delivered and that is not answered yet. */
export interface Delivered {
  unit: Pdu;
  link: SmppLink;
}

interface Means {
  times: SmppTimes;
  agentFor: AgentChoice | undefined;
}

/**
 * A session with a message centre: bound for as long as it lives, asked now and then whether the line stands, and with no more
 * requests under way than the centre allows. What the centre delivers waits here until somebody has stored it.
 */
export class SmppSession {
  private readonly deliveries: Delivered[] = [];
  private readonly queue: (() => void)[] = [];
  private underway = 0;
  private ended = false;
  private news: () => void = () => undefined;
  private timer: NodeJS.Timeout | null = null;

  private constructor(
    private readonly sender: SmppLink,
    private readonly links: SmppLink[],
    private readonly settings: SmppSettings,
    private readonly times: SmppTimes,
  ) {
    for (const link of links) {
      link.onClose = () => this.close();
      link.listen((unit) => this.take(unit, link));
    }
    this.timer = setInterval(() => this.enquire(), settings.enquireSeconds * 1000);
    this.timer.unref();
  }

  /** Throws ChannelError. */
  static async open(settings: SmppSettings, means: Means): Promise<SmppSession> {
    if (settings.bind === 'transceiver') {
      const link = await bindLink(settings, 'bindTransceiver', means);
      return new SmppSession(link, [link], settings, means.times);
    }
    const sender = await bindLink(settings, 'bindTransmitter', means);
    const receiver = await bindLink(settings, 'bindReceiver', means).catch((error: unknown) => {
      sender.close();
      throw error;
    });
    return new SmppSession(sender, [sender, receiver], settings, means.times);
  }

  get isOpen(): boolean {
    return !this.ended;
  }

  /** Submits a message once there is room in the window. Throws LinkLost; `reached` false says that it never left. */
  async submit(body: Buffer): Promise<Pdu> {
    await this.room();
    try {
      if (this.ended) {
        throw new LinkLost('closed', false);
      }
      return await this.sender.request(commands.submit, body, this.times.answerMs);
    } finally {
      this.leaveRoom();
    }
  }

  /** What was delivered since the last call; waits for the first until the signal, the time, or the end of the session. */
  async next(signal: AbortSignal, waitMs: number): Promise<Delivered[]> {
    if (this.deliveries.length === 0 && !this.ended && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, waitMs);
        const settle = () => done();
        function done(): void {
          clearTimeout(timer);
          signal.removeEventListener('abort', settle);
          resolve();
        }
        signal.addEventListener('abort', settle);
        this.news = settle;
      });
      this.news = () => undefined;
    }
    return this.deliveries.splice(0);
  }

  /** Tells the centre that a delivery is stored. */
  confirm({ unit, link }: Delivered): void {
    link.answer(unit, 0, emptyName);
  }

  /** Takes leave and ends, without waiting for the centre to say so too. */
  leave(): void {
    if (!this.ended) {
      for (const link of this.links) {
        link.onClose = () => undefined;
        link
          .request(commands.unbind, Buffer.alloc(0), 1_000)
          .catch(() => undefined)
          .finally(() => link.close());
      }
      this.finish();
    }
  }

  close(): void {
    if (!this.ended) {
      this.finish();
      this.links.forEach((link) => link.close());
    }
  }

  private finish(): void {
    this.ended = true;
    clearInterval(this.timer ?? undefined);
    this.queue.splice(0).forEach((wake) => wake());
    this.news();
  }

  private async room(): Promise<void> {
    if (this.underway < this.settings.window || this.ended) {
      this.underway += 1;
    } else {
      await new Promise<void>((resolve) => this.queue.push(resolve));
    }
  }

  /** Whoever waits takes the place over, so that nobody slips in between. */
  private leaveRoom(): void {
    const next = this.queue.shift();
    if (next) {
      next();
    } else {
      this.underway -= 1;
    }
  }

  private take(unit: Pdu, link: SmppLink): void {
    switch (unit.command) {
      case commands.deliver:
        this.deliveries.push({ unit, link });
        this.news();
        break;
      case commands.enquireLink:
        link.answer(unit, 0);
        break;
      case commands.unbind:
        link.answer(unit, 0);
        this.close();
        break;
      default:
        link.answer({ command: genericNack, sequence: unit.sequence }, unknownCommand);
    }
  }

  /** A line may be dead without either side having been told; the question that gets no answer finds out. */
  private enquire(): void {
    for (const link of this.links) {
      link.request(commands.enquireLink, Buffer.alloc(0), this.times.answerMs).catch(() => undefined);
    }
  }
}
