import {
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import type { Namespace } from 'socket.io';
import type { VisitorCalls, VisitorMessage } from '#contract';
import { Access } from '../auth/access-rule.js';
import {
  callbackCall,
  formCall,
  seenCall,
  sayCall,
  standingCall,
  visitorCatchUpCall,
  visitorTypingCall,
} from './call-shapes.js';
import { serveCalls, type TakeCall } from './serve-calls.js';
import { SocketCalls } from './socket-calls.service.js';
import { RefusedSocket, socketOptions } from './socket-options.js';
import { SocketOutlet } from './socket-outlet.service.js';
import { VisitorPeople } from './visitor-people.service.js';
import { VisitorSockets, type VisitorSocket } from './visitor-sockets.service.js';
import { VisitorTalk } from './visitor-talk.service.js';

type Next = (error?: Error) => void;

/** Agents are told again that a visitor writes at most this often, and believe it this long. */
const tellAgainMs = 2_000;
const typingMs = 6_000;

/** The chat's way in. A visitor is proven by their token and hears of one conversation, their own, what passed over the chat. */
@WebSocketGateway({ ...socketOptions, namespace: '/visitor' })
@Access('visitor')
export class VisitorGateway
  implements OnGatewayInit<Namespace>, OnGatewayConnection<VisitorSocket>, OnGatewayDisconnect<VisitorSocket>
{
  /** Every call of a visitor, by its name. */
  readonly served: ReadonlyMap<string, TakeCall<VisitorSocket>>;

  constructor(
    private readonly outlet: SocketOutlet,
    private readonly sockets: VisitorSockets,
    private readonly people: VisitorPeople,
    private readonly talk: VisitorTalk,
    calls: SocketCalls,
  ) {
    this.served = new Map([
      ['say', calls.taking(sayCall, (socket: VisitorSocket, said) => talk.say(socket, said))],
      ['form', calls.taking(formCall, (socket: VisitorSocket, form) => talk.fillIn(socket, form))],
      ['standing', calls.taking(standingCall, (socket: VisitorSocket, { locale }) => talk.stand(socket, locale))],
      ['callback', calls.taking(callbackCall, (socket: VisitorSocket, wish) => talk.wishCallback(socket, wish))],
      ['typing', calls.taking(visitorTypingCall, (socket: VisitorSocket, { on }) => this.tellTyping(socket, on))],
      ['seen', calls.taking(seenCall, (socket: VisitorSocket, { seq }) => this.markSeen(socket, seq))],
      ['catch-up', calls.taking(visitorCatchUpCall, (socket: VisitorSocket, { rev }) => this.readSince(socket, rev))],
    ] satisfies [keyof VisitorCalls, TakeCall<VisitorSocket>][]);
  }

  afterInit(namespace: Namespace): void {
    namespace.use((socket, next) => void this.admit(socket as VisitorSocket, next));
    this.outlet.open('visitors', namespace);
  }

  handleConnection(socket: VisitorSocket): void {
    serveCalls(socket, this.served);
    this.sockets.enter(socket);
    this.talk.come(socket);
  }

  handleDisconnect(socket: VisitorSocket): void {
    void this.tellTyping(socket, false).catch(() => undefined);
    this.sockets.leave(socket);
    this.talk.go(socket);
  }

  private async admit(socket: VisitorSocket, next: Next): Promise<void> {
    try {
      socket.data.seat = await this.sockets.identify(socket.handshake);
      next();
    } catch (error) {
      next(error instanceof RefusedSocket ? error : new RefusedSocket('unavailable'));
    }
  }

  private async tellTyping(socket: VisitorSocket, on: boolean): Promise<void> {
    const { seat } = socket.data;
    const now = performance.now();
    if (on ? now - seat.typingToldAt < tellAgainMs : seat.typingToldAt === -Infinity) {
      return;
    }
    seat.typingToldAt = on ? now : -Infinity;
    const known = await this.sockets.know(socket);
    if (known) {
      const until = new Date(Date.now() + (on ? typingMs : 0)).toISOString();
      const { person: conversation } = known;
      this.outlet.toAgents([`person:${conversation}`, `watch:${conversation}`], [], 'customer.typing', {
        conversation,
        until,
      });
    }
  }

  private async markSeen(socket: VisitorSocket, seq: number): Promise<void> {
    const { seat } = socket.data;
    const known = await this.sockets.know(socket);
    if (known && seq > seat.seen) {
      const after = seat.seen;
      seat.seen = seq;
      await this.people.raise(known, { after, upTo: seq }, 'read');
    }
  }

  /** What is read here has arrived; agents are told so. Where nothing has moved since, there is nothing to look for. */
  private async readSince(socket: VisitorSocket, rev: number): Promise<{ rev: number; messages: VisitorMessage[] }> {
    const { seat } = socket.data;
    const known = await this.people.find(seat.visitorId);
    if (!known) {
      return { rev: 0, messages: [] };
    }
    const messages = known.rev > rev ? await this.people.messagesSince(known, rev) : [];
    const upTo = messages.at(-1)?.seq ?? 0;
    if (messages.some(({ delivery }) => delivery === 'sent' || delivery === 'queued')) {
      await this.people.raise(known, { after: 0, upTo }, 'delivered');
    }
    return { rev: known.rev, messages };
  }
}
