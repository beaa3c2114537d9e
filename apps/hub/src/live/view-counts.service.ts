import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { AgentEvents, ViewCounts } from '#contract';
import { ViewCounter } from '../desk/views/view-counter.service.js';
import { EventBus } from '../events/event-bus.js';
import { Log } from '../platform/operations/log.js';
import type { AgentSocket } from './agent-sockets.service.js';
import type { Room } from './audience.js';
import { LiveFeed, type Outlet } from './live-feed.service.js';
import { NodeLink } from './node-link.js';
import { NotifyLink } from './notify-link.js';
import { SocketOutlet } from './socket-outlet.service.js';

/** An agent is told at most this often. */
const restMs = 2_000;
/** Waits grow, promises come due and snoozes end without anything happening. */
const timedMs = 30_000;
/** After each agent counting rests so many times as long as it took: for however many it counts, it fills a quarter of the time at most. */
const restShare = 3;

/** Neighbours are told at most this often which lists moved. */
const tellMs = 1_000;

/** Frames that move no list. */
const quiet = new Set<keyof AgentEvents>([
  'presence',
  'customer.typing',
  'agent.state',
  'draft.changed',
  'load.changed',
]);

interface Watcher {
  sockets: Set<AgentSocket>;
  /** Something happened since its counts were read. */
  isDirty: boolean;
  /** Not before, as performance.now() tells it. */
  restsUntil: number;
  told: string;
}

/**
 * Keeps the counts beside the lists of consoles true. What may move them marks whom it is told to; one agent after the other is then
 * counted anew, each at most every two seconds and less often where there are many or counting takes long, so that a busy hub counts less
 * and not more.
 */
@Injectable()
export class ViewCountsPush implements Outlet, OnApplicationBootstrap, OnModuleDestroy {
  readonly isHeard = false;
  private readonly watchers = new Map<string, Watcher>();
  private timer: NodeJS.Timeout | null = null;
  private pace: NodeJS.Timeout | null = null;
  private counting: Promise<void> | null = null;
  /** Nobody is counted before, as performance.now() tells it. */
  private restsUntil = 0;
  private readonly moved = new Set<string>();
  private telling: NodeJS.Timeout | null = null;
  private isOver = false;

  constructor(
    private readonly counter: ViewCounter,
    private readonly log: Log,
    private readonly link: NodeLink,
    outlet: SocketOutlet,
    live: LiveFeed,
    bus: EventBus,
  ) {
    live.attach(this);
    link.on('lists', ({ rooms }) => this.markRooms(new Set(rooms)));
    bus.on('conversation.unread', ({ agentId }) => this.mark(this.watchers.get(agentId)));
    bus.on('conversation.read', ({ agentId }) => this.mark(this.watchers.get(agentId)));
    bus.on('views.changed', () => {
      outlet.toEveryAgent('views.changed');
      this.markAll();
    });
    bus.on('rights.changed', ({ agentId }) => this.mark(this.watchers.get(agentId)));
    bus.on('team.changed', () => this.markAll());
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.markAll(), timedMs);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.isOver = true;
    clearInterval(this.timer ?? undefined);
    clearTimeout(this.pace ?? undefined);
    clearTimeout(this.telling ?? undefined);
    await this.counting;
  }

  /** From now on the socket is told counts, the first at once. */
  watch(socket: AgentSocket): void {
    const { actor } = socket.data.seat;
    const known = this.watchers.get(actor.id);
    const watcher = known ?? { sockets: new Set(), isDirty: true, restsUntil: 0, told: '' };
    watcher.sockets.add(socket);
    // Whoever comes has heard nothing yet, whatever was told to others of them.
    watcher.told = '';
    this.watchers.set(actor.id, watcher);
    this.mark(watcher);
  }

  leave(socket: AgentSocket): void {
    const { id } = socket.data.seat.actor;
    const watcher = this.watchers.get(id);
    watcher?.sockets.delete(socket);
    if (watcher?.sockets.size === 0) {
      this.watchers.delete(id);
    }
  }

  toAgents<Name extends keyof AgentEvents>(
    rooms: Room[],
    _except: Room[],
    name: Name,
    ..._payload: Parameters<AgentEvents[Name]>
  ): void {
    if (!quiet.has(name)) {
      this.markRooms(new Set(rooms));
      this.tellNeighbours(rooms);
    }
  }

  toFormer({ rooms }: { rooms: Room[] }): void {
    this.markRooms(new Set(rooms));
    this.tellNeighbours(rooms);
  }

  toEveryAgent(): void {}

  toVisitors(): void {}

  /** Over PostgreSQL the nodes read what moved for themselves, and so hear of it; over Redis frames go past this class. */
  private tellNeighbours(rooms: Room[]): void {
    if (this.link instanceof NotifyLink) {
      return;
    }
    rooms.filter((room) => !room.startsWith('person:')).forEach((room) => this.moved.add(room));
    this.telling ??= setTimeout(() => {
      this.link.send({ kind: 'lists', rooms: [...this.moved] });
      this.moved.clear();
      this.telling = null;
    }, tellMs).unref();
  }

  private markRooms(moved: ReadonlySet<string>): void {
    this.markWhere((socket) => socket.data.seat.rooms.some((room) => moved.has(room)));
  }

  private markAll(): void {
    this.markWhere(() => true);
  }

  private markWhere(concerns: (socket: AgentSocket) => boolean): void {
    for (const watcher of this.watchers.values()) {
      if (!watcher.isDirty && [...watcher.sockets].some(concerns)) {
        this.mark(watcher);
      }
    }
  }

  private mark(watcher: Watcher | undefined): void {
    if (watcher) {
      watcher.isDirty = true;
      this.plan();
    }
  }

  /** Counts those whose rest is over, and looks again when the next one's is. */
  private plan(): void {
    if (this.counting || this.isOver) {
      return;
    }
    const dirty = [...this.watchers].filter(([, { isDirty }]) => isDirty);
    const next = dirty.toSorted(([, a], [, b]) => a.restsUntil - b.restsUntil)[0];
    if (!next) {
      return;
    }
    clearTimeout(this.pace ?? undefined);
    const [agentId, watcher] = next;
    const wait = Math.max(watcher.restsUntil, this.restsUntil) - performance.now();
    if (wait > 0) {
      this.pace = setTimeout(() => this.plan(), wait);
      this.pace.unref();
      return;
    }
    this.counting = this.count(agentId, watcher).finally(() => {
      this.counting = null;
      this.plan();
    });
  }

  private async count(agentId: string, watcher: Watcher): Promise<void> {
    watcher.isDirty = false;
    const began = performance.now();
    try {
      const [socket] = watcher.sockets;
      if (socket) {
        this.tell(watcher, await this.counter.countsOf(socket.data.seat.actor));
      }
    } catch (error) {
      this.log.warn('Lists of an agent could not be counted.', { agent: agentId, reason: String(error) });
    }
    const now = performance.now();
    this.restsUntil = now + (now - began) * restShare;
    watcher.restsUntil = now + restMs;
  }

  private tell(watcher: Watcher, counts: ViewCounts): void {
    const written = JSON.stringify(counts);
    if (written !== watcher.told) {
      watcher.told = written;
      watcher.sockets.forEach((socket) => socket.emit('views.counts', counts));
    }
  }
}
