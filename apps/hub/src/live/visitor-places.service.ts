import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { QueuePositionFrame, VisitorStanding } from '#contract';
import { shownPlace, type WaitEstimate } from '#tickets';
import { Database } from '../database/database.js';
import { Log } from '../platform/operations/log.js';
import { SharedLook } from '../platform/operations/shared-look.js';
import { QueuePaces } from '../waiting/queue-paces.service.js';
import { WaitingQueues } from '../waiting/waiting-queues.service.js';
import type { VisitorSocket } from './visitor-sockets.service.js';
import { placesOf, type PlaceRow, type StandingRow } from './visitor-standing.query.js';

/** How often it is looked where they stand; only while somebody waits at a chat of this node. */
const lookMs = 3_000;

/** A visitor who waits and has the chat open. */
interface Followed {
  sockets: Set<VisitorSocket>;
  place: number;
  /** The frame that they have. */
  told: string;
}

type Standing = Pick<StandingRow, 'work' | 'queue' | 'before' | 'waited'>;

/**
 * Follows those who wait at a chat of this node: they hear when they move up. Who waits is known from their standing, which every chat
 * asks for when it is opened and when something was said, so nothing is looked for while nobody waits.
 */
@Injectable()
export class VisitorPlaces implements OnApplicationShutdown {
  /** By the routing life that waits. */
  private readonly followed = new Map<string, Followed>();
  private timer: NodeJS.Timeout | null = null;
  private readonly looks = new SharedLook(() => this.lookSafely());

  constructor(
    private readonly database: Database,
    private readonly queues: WaitingQueues,
    private readonly paces: QueuePaces,
    private readonly log: Log,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer ?? undefined);
    this.followed.clear();
    await this.looks.settled();
  }

  /** What their standing says of it, and from now on they are told when it changes. Null where they do not wait. */
  async follow(socket: VisitorSocket, { work, queue, before, waited }: Standing): Promise<VisitorStanding['queue']> {
    if (work === null || queue === null || before === null) {
      return null;
    }
    const frame = await this.frameOf(work, { queue, place: before + 1, waited });
    const { position, waitMinutes: minutes, isMore } = frame;
    const place = position ?? 1;
    const sockets = this.followed.get(work)?.sockets ?? new Set();
    this.followed.set(work, { sockets: sockets.add(socket), place, told: JSON.stringify(frame) });
    this.lookLater();
    return { place, minutes, isMore };
  }

  /** Looks now, one look after the other. Never rejects. */
  look(): Promise<void> {
    return this.looks.take();
  }

  private async lookSafely(): Promise<void> {
    await this.lookNow().catch((error: unknown) =>
      this.log.debug('Places in line are told later.', { reason: String(error) }),
    );
  }

  private lookLater(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.look().finally(() => this.followed.size > 0 && this.lookLater());
    }, lookMs).unref();
  }

  private async lookNow(): Promise<void> {
    this.forgetGone();
    if (this.followed.size === 0) {
      return;
    }
    const asked = [...this.followed.keys()];
    const rows = await this.database.query<PlaceRow & Record<string, unknown>>(placesOf, [asked]);
    const byWork = new Map(rows.map((row) => [row.id, row]));
    for (const work of asked) {
      await this.tell(work, byWork.get(work));
    }
  }

  private forgetGone(): void {
    for (const [work, { sockets }] of this.followed) {
      [...sockets].filter(({ connected }) => !connected).forEach((socket) => sockets.delete(socket));
      if (sockets.size === 0) {
        this.followed.delete(work);
      }
    }
  }

  private async tell(work: string, row: PlaceRow | undefined): Promise<void> {
    const frame = row ? await this.frameOf(work, row) : frameOf(null, null, true);
    const followed = this.followed.get(work);
    const told = JSON.stringify(frame);
    if (!followed || followed.told === told) {
      return;
    }
    followed.told = told;
    followed.place = frame.position ?? followed.place;
    followed.sockets.forEach((socket) => socket.emit('queue.position', frame));
    if (!row) {
      this.followed.delete(work);
    }
  }

  private async frameOf(work: string, { queue, place, waited }: Omit<PlaceRow, 'id'>): Promise<QueuePositionFrame> {
    const shown = shownPlace(this.followed.get(work)?.place ?? null, place);
    const { isOpen } = await this.queues.hoursOf(queue, Date.now());
    return frameOf(shown, await this.paces.estimate(queue, place - 1, waited), isOpen);
  }
}

function frameOf(position: number | null, wait: WaitEstimate | null, isOpen: boolean): QueuePositionFrame {
  return { position, waitMinutes: wait?.minutes ?? null, isMore: wait?.isMore ?? false, isOpen };
}
