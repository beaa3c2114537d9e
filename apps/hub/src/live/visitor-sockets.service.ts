import { Injectable } from '@nestjs/common';
import type { DefaultEventsMap, Socket } from 'socket.io';
import type { VisitorCalls, VisitorEvents } from '#contract';
import { HubConfig } from '#config';
import { VisitorTokens, type Visitor } from '../auth/visitors/visitor-tokens.service.js';
import { WebChats } from '../auth/visitors/web-chats.service.js';
import { EventBus } from '../events/event-bus.js';
import { mayShowChat } from './allowed-origin.js';
import { visitorHandshake } from './call-shapes.js';
import { NodeLink } from './node-link.js';
import { RefusedSocket } from './socket-options.js';
import { VisitorPeople } from './visitor-people.service.js';
import type { KnownVisitor } from './visitor-people.query.js';

/** A visitor at a socket. `known` is null until they have written. */
export interface VisitorSeat extends Visitor {
  known: KnownVisitor | null;
  /** When `known` was read, in milliseconds of the process. */
  knownAt: number;
  /** Up to where they have seen our messages, as far as this socket said. */
  seen: number;
  typingToldAt: number;
}

export type VisitorSocket = Socket<VisitorCalls, VisitorEvents, DefaultEventsMap, { seat: VisitorSeat }>;

/** Who the agents know the person as may change by a merge; typing may go astray for this long. */
const freshMs = 15_000;

/** Which visitors are connected here. Each hears their own identity's room and no other; it does not exist before they wrote. */
@Injectable()
export class VisitorSockets {
  private readonly seated = new Map<string, Set<VisitorSocket>>();

  constructor(
    private readonly config: HubConfig,
    private readonly chats: WebChats,
    private readonly tokens: VisitorTokens,
    private readonly people: VisitorPeople,
    private readonly link: NodeLink,
    bus: EventBus,
  ) {
    link.on('met', ({ visitorId }) => void this.greetAll(visitorId));
    bus.on('channel.changed', () => this.dismissStrays());
  }

  /** Who is knocking. Throws RefusedSocket. */
  async identify({ headers, auth }: VisitorSocket['handshake']): Promise<VisitorSeat> {
    const call = visitorHandshake.safeParse(auth);
    const chat = call.success ? this.chats.find(call.data.channel) : null;
    if (!call.success || !chat) {
      throw new RefusedSocket('not_found');
    }
    if (!mayShowChat(headers, this.config.publicUrl, chat.allowedOrigins)) {
      throw new RefusedSocket('forbidden');
    }
    const visitor = this.tokens.read(call.data.token, chat.id);
    if (!visitor) {
      throw new RefusedSocket('unauthenticated');
    }
    const known = await this.people.find(visitor.visitorId);
    return { ...visitor, known, knownAt: performance.now(), seen: 0, typingToldAt: -Infinity };
  }

  enter(socket: VisitorSocket): void {
    const { seat } = socket.data;
    const tabs = this.seated.get(seat.visitorId) ?? new Set();
    this.seated.set(seat.visitorId, tabs.add(socket));
    if (seat.known) {
      void socket.join(`identity:${seat.known.identityId}`);
    }
  }

  leave(socket: VisitorSocket): void {
    const { visitorId } = socket.data.seat;
    const tabs = this.seated.get(visitorId);
    tabs?.delete(socket);
    if (tabs?.size === 0) {
      this.seated.delete(visitorId);
    }
  }

  /** Who the visitor is by now; null while they have not written. */
  async know(socket: VisitorSocket): Promise<KnownVisitor | null> {
    const { seat } = socket.data;
    if (seat.known === null || performance.now() - seat.knownAt > freshMs) {
      seat.known = await this.people.find(seat.visitorId);
      seat.knownAt = performance.now();
    }
    return seat.known;
  }

  /** They wrote. The first time, every tab of theirs is put where it hears the answer, and gets what was said so far. */
  async wrote(socket: VisitorSocket): Promise<void> {
    const { seat } = socket.data;
    if (seat.known !== null) {
      return;
    }
    await this.greetAll(seat.visitorId);
    const known = socket.data.seat.known;
    if (known) {
      this.link.send({ kind: 'met', visitorId: seat.visitorId, identityId: known.identityId });
    }
  }

  private async greetAll(visitorId: string): Promise<void> {
    const tabs = [...(this.seated.get(visitorId) ?? [])].filter(({ data }) => data.seat.known === null);
    const known = tabs.length > 0 ? await this.people.find(visitorId).catch(() => null) : null;
    if (!known) {
      return;
    }
    for (const tab of tabs) {
      tab.data.seat.known = known;
      tab.data.seat.knownAt = performance.now();
      void tab.join(`identity:${known.identityId}`);
    }
    const messages = await this.people.messagesSince(known, 0).catch(() => []);
    tabs.forEach((tab) => tab.emit('messages', { since: 0, rev: known.rev, messages }));
  }

  /** A chat that was switched off, or taken from a site, ends for those who are in it. */
  private dismissStrays(): void {
    for (const socket of [...this.seated.values()].flatMap((tabs) => [...tabs])) {
      const chat = this.chats.find(socket.data.seat.channelId);
      if (!chat || !mayShowChat(socket.handshake.headers, this.config.publicUrl, chat.allowedOrigins)) {
        socket.disconnect(true);
      }
    }
  }
}
