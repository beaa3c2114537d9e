import { Injectable } from '@nestjs/common';
import type { DefaultEventsMap, Socket } from 'socket.io';
import type { VisitorCalls, VisitorEvents } from '#contract';
import { HubConfig } from '#config';
import { VisitorCheck } from '../auth/visitors/visitor-check.service.js';
import type { Visitor } from '../auth/visitors/visitor-tokens.service.js';
import { WebChats, type WebChat } from '../auth/visitors/web-chats.service.js';
import { EventBus } from '../events/event-bus.js';
import { notFound } from '../platform/errors/api-error.js';
import { mayShowChat, type OriginHeaders } from './allowed-origin.js';
import { visitorHandshake } from './call-shapes.js';
import { clientAddress } from './client-address.js';
import { lightenSocket } from './lighten-socket.js';
import { NodeLink } from './node-link.js';
import { RefusedSocket } from './socket-options.js';
import { VisitorPeople } from './visitor-people.service.js';
import type { KnownVisitor } from './visitor-people.query.js';

/** A visitor at a socket. `known` is null until they have written. */
export interface VisitorSeat extends Visitor {
  /** The page that shows the chat, as far as its browser says. */
  page: OriginHeaders;
  /** The address that they come from. */
  place: string;
  known: KnownVisitor | null;
  /** When `known` was read, in milliseconds of the process. */
  knownAt: number;
  /** Up to where they have seen our messages, as far as this socket said. */
  seen: number;
  typingToldAt: number;
  /** The page that they wrote on last, as far as this socket said. */
  wroteOn: string;
}

export type VisitorSocket = Socket<VisitorCalls, VisitorEvents, DefaultEventsMap, { seat: VisitorSeat }>;

/** Who the agents know the person as may change by a merge; typing may go astray for this long. */
const freshMs = 15_000;
/** Longer than any handshake takes. */
const handshakeMs = 60_000;

/** Which visitors are connected here. Each hears their own identity's room and no other; it does not exist before they wrote. */
@Injectable()
export class VisitorSockets {
  private readonly seated = new Map<string, Set<VisitorSocket>>();
  /** Who signed in a moment ago: a handshake that was let in before may still be on its way here. */
  private readonly justTaken = new Set<string>();

  constructor(
    private readonly config: HubConfig,
    private readonly chats: WebChats,
    private readonly check: VisitorCheck,
    private readonly people: VisitorPeople,
    private readonly link: NodeLink,
    private readonly bus: EventBus,
  ) {
    link.on('met', ({ visitorId }) => void this.greetAll(visitorId));
    bus.on('channel.changed', () => this.dismissStrays());
    bus.on('visitor.taken', ({ visitorId }) => this.dismissAnonymous(visitorId));
  }

  /** Who is knocking. Throws RefusedSocket. */
  async identify({ headers, auth, address }: VisitorSocket['handshake']): Promise<VisitorSeat> {
    const call = visitorHandshake.safeParse(auth);
    const chat = call.success ? this.chats.find(call.data.channel) : null;
    if (!call.success || !chat) {
      throw new RefusedSocket('not_found');
    }
    if (!mayShowChat(headers, this.config.publicUrl, chat)) {
      throw new RefusedSocket('forbidden');
    }
    const visitor = await this.check.read(call.data.token, chat.id);
    if (!visitor) {
      throw new RefusedSocket('unauthenticated');
    }
    const known = await this.people.find(visitor.visitorId);
    return {
      ...visitor,
      page: { origin: headers.origin, host: headers.host },
      place: clientAddress(address, [headers['x-forwarded-for']].flat().join(), this.config.trustProxy),
      known,
      knownAt: performance.now(),
      seen: 0,
      typingToldAt: -Infinity,
      wroteOn: '',
    };
  }

  enter(socket: VisitorSocket): void {
    const { seat } = socket.data;
    if (seat.site === null && this.justTaken.has(seat.visitorId)) {
      socket.disconnect(true);
      return;
    }
    lightenSocket(socket);
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

  /** The chat that they are in. Throws notFound once it is off. */
  chatOf({ data: { seat } }: VisitorSocket): WebChat {
    const chat = this.chats.find(seat.channelId);
    if (!chat) {
      throw notFound('This chat');
    }
    return chat;
  }

  /** Who the visitor is by now; null while they have not written. */
  async know(socket: VisitorSocket): Promise<KnownVisitor | null> {
    const { seat } = socket.data;
    if (seat.known === null) {
      // What they write on another call, or at another place, may be stored already: whoever is known hears what is said to them.
      await this.wrote(socket);
    } else if (performance.now() - seat.knownAt > freshMs) {
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
    const { visitorId, device, site } = seat;
    await this.greetAll(visitorId);
    const known = socket.data.seat.known;
    if (known) {
      this.link.send({ kind: 'met', visitorId, identityId: known.identityId });
      this.bus.emit('device.seen', { visitorId, device });
    }
    if (known && site) {
      this.bus.emit('visitor.identified', { visitorId, former: null, user: site });
    }
  }

  private async greetAll(visitorId: string): Promise<void> {
    const tabs = [...(this.seated.get(visitorId) ?? [])].filter(({ data }) => data.seat.known === null);
    const known = tabs.length > 0 ? await this.people.find(visitorId).catch(() => null) : null;
    if (!known) {
      return;
    }
    // Two calls may ask at once; the first to hear who it is greets.
    const strangers = tabs.filter(({ data, connected }) => data.seat.known === null && connected);
    for (const tab of strangers) {
      tab.data.seat.known = known;
      tab.data.seat.knownAt = performance.now();
      void tab.join(`identity:${known.identityId}`);
    }
    const messages = strangers.length > 0 ? await this.people.messagesSince(known, 0).catch(() => []) : [];
    strangers.forEach((tab) => tab.emit('messages', { since: 0, rev: known.rev, messages }));
  }

  /** Whoever listens by an anonymous token hears no more of somebody who has signed in. */
  private dismissAnonymous(visitorId: string): void {
    this.justTaken.add(visitorId);
    setTimeout(() => this.justTaken.delete(visitorId), handshakeMs).unref();
    [...(this.seated.get(visitorId) ?? [])]
      .filter(({ data }) => data.seat.site === null)
      .forEach((tab) => tab.disconnect(true));
  }

  /** A chat that was switched off, or taken from a site, ends for those who are in it. */
  private dismissStrays(): void {
    for (const socket of [...this.seated.values()].flatMap((tabs) => [...tabs])) {
      const { channelId, page } = socket.data.seat;
      const chat = this.chats.find(channelId);
      if (!chat || !mayShowChat(page, this.config.publicUrl, chat)) {
        socket.disconnect(true);
      }
    }
  }
}
