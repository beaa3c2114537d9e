import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { BoardFrame, BoardView } from '#contract';
import { may } from '../../auth/permissions.js';
import type { AgentSocket } from '../../live/agent-sockets.service.js';
import { forbidden } from '../../platform/errors/api-error.js';
import { Log } from '../../platform/operations/log.js';
import { Looks } from '../../platform/operations/looks.js';
import { Metrics } from '../../platform/operations/metrics.js';
import { BoardReader } from './board-reader.service.js';

/** From one look to the next: what happens right behind one is shown by the next, read and sent within the second. */
const paceMs = 800;
/** After each look rests so many times as long as it took: where looking is dear, it fills a quarter of the time at most. */
const restShare = 3;
/** Where nothing changes, watchers hear this often that it is so: what they see is not old. */
const stillMs = 4_000;

interface Watcher {
  /** Part by part, as it was told last. */
  told: Map<string, string>;
  /** As performance.now() tells it. */
  toldAt: number;
}

/**
 * Tells whoever watches the board what changed on it. All of a node who watch the same queues share one reading, and nothing is read
 * while nobody watches. It looks, and does not listen for what may have happened: that costs the same however much happens, and what no
 * message tells of, as a lease that lapsed on another node, is seen like anything else.
 */
@Injectable()
export class BoardPush implements OnModuleDestroy {
  private readonly watchers = new Map<AgentSocket, Watcher>();
  private readonly looks = new Looks(() => this.look());
  private tookMs = 0;

  constructor(
    private readonly reader: BoardReader,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    metrics.gauge({
      name: 'peyk_board_watchers',
      help: 'Consoles of this node that show the live board.',
      read: () => this.watchers.size,
    });
    metrics.gauge({
      name: 'peyk_board_look_seconds',
      help: 'How long the last look for the live board took on this node.',
      read: () => this.tookMs / 1_000,
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.watchers.clear();
    await this.looks.stop();
  }

  /** From now on the socket is told of the board, at first all of it. */
  watch(socket: AgentSocket): void {
    if (!may(socket.data.seat.actor, 'board.watch')) {
      throw forbidden();
    }
    this.watchers.set(socket, { told: new Map(), toldAt: 0 });
    if (this.looks.isStopped) {
      this.looks.start(0);
    }
  }

  leave(socket: AgentSocket): void {
    if (this.watchers.delete(socket) && this.watchers.size === 0) {
      void this.looks.stop();
    }
  }

  /** Returns how long to rest. */
  private async look(): Promise<number> {
    const began = performance.now();
    for (const sockets of this.groups()) {
      await this.show(sockets).catch((error: unknown) =>
        this.log.warn('The live board could not be read.', { reason: String(error) }),
      );
    }
    this.tookMs = performance.now() - began;
    return Math.max(paceMs - this.tookMs, this.tookMs * restShare);
  }

  /** Those who watch the same queues. Whoever may not watch any more hears nothing from here on. */
  private groups(): AgentSocket[][] {
    for (const socket of this.watchers.keys()) {
      if (!may(socket.data.seat.actor, 'board.watch')) {
        this.leave(socket);
      }
    }
    return [...Map.groupBy(this.watchers.keys(), (socket) => scopeOf(socket)?.join() ?? 'all').values()];
  }

  private async show(sockets: AgentSocket[]): Promise<void> {
    const [first] = sockets;
    if (!first) {
      return;
    }
    const scope = scopeOf(first);
    const board = await this.reader.read(scope);
    const parts = Object.entries(board)
      .filter(([name]) => name !== 'at')
      .map(([name, value]): [string, string] => [name, JSON.stringify(value)]);
    // Rights may have changed while it was read.
    sockets
      .filter((socket) => scopeOf(socket)?.join() === scope?.join() && may(socket.data.seat.actor, 'board.watch'))
      .forEach((socket) => this.tell(socket, board, parts));
  }

  private tell(socket: AgentSocket, board: BoardView, parts: [string, string][]): void {
    const watcher = this.watchers.get(socket);
    const news = parts.filter(([name, written]) => watcher?.told.get(name) !== written);
    const now = performance.now();
    if (!watcher || (news.length === 0 && now - watcher.toldAt < stillMs)) {
      return;
    }
    watcher.told = new Map(parts);
    watcher.toldAt = now;
    const frame = Object.fromEntries(news.map(([name]) => [name, board[name as keyof BoardView]]));
    socket.emit('board.changed', { ...frame, at: board.at } as BoardFrame);
  }
}

/** The queues that a socket watches, as of its rights by now; null: all. */
function scopeOf({ data }: AgentSocket): string[] | null {
  const { rooms } = data.seat;
  return rooms.includes('overseers')
    ? null
    : rooms
        .filter((room) => room.startsWith('queue:'))
        .map((room) => room.slice('queue:'.length))
        .toSorted();
}
