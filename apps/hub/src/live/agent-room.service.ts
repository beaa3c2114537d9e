import { Injectable } from '@nestjs/common';
import type { Namespace } from 'socket.io';
import { Database } from '../database/database.js';
import { AgentSockets, type AgentSocket } from './agent-sockets.service.js';
import { Companions } from './companions.service.js';
import { LiveFeed } from './live-feed.service.js';
import { PresenceService } from './presence.service.js';
import { SocketOutlet } from './socket-outlet.service.js';

/** A visitor is told again that somebody writes at most this often, and believes it this long. */
const tellAgainMs = 2_000;
const typingMs = 6_000;

const webIdentities = {
  name: 'live-web-identities',
  text: `
    select i.id from identity i join customer k on k.id = i.customer_id
    where (k.id = $1 or k.merged_into = $1) and i.kind = 'web' and i.retired_at is null`,
};

/** What agents do with people beside reading them: opening, leaving, typing, and being there at all. */
@Injectable()
export class AgentRoom {
  private readonly toldAt = new WeakMap<AgentSocket, Map<string, number>>();

  constructor(
    private readonly database: Database,
    private readonly outlet: SocketOutlet,
    private readonly sockets: AgentSockets,
    private readonly companions: Companions,
    private readonly presence: PresenceService,
    private readonly live: LiveFeed,
  ) {}

  open(namespace: Namespace): void {
    this.outlet.open('agents', namespace);
  }

  /** A program that listens is nobody at a desk: it holds no lease and gets no work. */
  arrive(socket: AgentSocket): void {
    const { actor } = socket.data.seat;
    if (actor.sessionId !== null) {
      this.presence.arrive(socket, actor.id);
    }
    if (this.live.storageState === 'down') {
      socket.emit('hub.state', { storage: 'down' });
    }
  }

  depart(socket: AgentSocket): void {
    this.presence.depart(socket);
    this.companions.look(socket, false);
  }

  async watch(socket: AgentSocket, conversation: string): Promise<{ revs: Record<string, number> }> {
    const person = await this.sockets.watch(socket, conversation);
    return { revs: Object.fromEntries(person.parts.map(({ id, rev }) => [id, rev])) };
  }

  /** Whoever turns to another window is still there, and does not look. */
  look(socket: AgentSocket, away: boolean): void {
    this.companions.look(socket, away);
  }

  /** Typing counts only where the person is open. Teammates see who; visitors see that somebody answers. */
  async type(socket: AgentSocket, conversation: string, on: boolean): Promise<void> {
    const { seat } = socket.data;
    const person = seat.watched.get(conversation);
    const mayWrite = seat.actor.scopes === null || seat.actor.scopes.includes('write');
    if (!person || !mayWrite) {
      return;
    }
    this.companions.typing(person.conversationId, socket, on);
    if (this.isDue(socket, person.conversationId, on)) {
      const rows = await this.database.query<{ id: string }>(webIdentities, [person.customerId]);
      const until = new Date(Date.now() + (on ? typingMs : 0)).toISOString();
      this.outlet.toVisitors(
        rows.map(({ id }) => id),
        'typing',
        { until, name: seat.name },
      );
    }
  }

  private isDue(socket: AgentSocket, person: string, on: boolean): boolean {
    const told = this.toldAt.get(socket) ?? new Map<string, number>();
    this.toldAt.set(socket, told);
    const now = performance.now();
    const last = told.get(person);
    if (on) {
      told.set(person, now);
      return last === undefined || now - last > tellAgainMs;
    }
    told.delete(person);
    return last !== undefined;
  }
}
