import {
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import type { Namespace } from 'socket.io';
import type { Answer } from '#contract';
import { HubConfig } from '#config';
import { Access } from '../auth/access-rule.js';
import { isAway } from '../database/is-away.js';
import { AgentFeed, type FeedAnswer } from './agent-feed.service.js';
import { AgentRoom } from './agent-room.service.js';
import { AgentSockets, type AgentSocket } from './agent-sockets.service.js';
import { isOwnOrigin } from './allowed-origin.js';
import { catchUpCall, conversationCall, feedCall, lookCall, typingCall } from './call-shapes.js';
import { CatchUp, type CaughtUp } from './catch-up.service.js';
import { SocketCalls } from './socket-calls.service.js';
import { RefusedSocket, socketOptions } from './socket-options.js';

type Next = (error?: Error) => void;

/**
 * The consoles' way in. Who comes is proven at the handshake by the same session or key as for requests, from the hub's own pages or
 * from programs; what a socket hears is decided here and nowhere by the client.
 */
@WebSocketGateway({ ...socketOptions, namespace: '/agent' })
@Access('agent')
export class AgentGateway
  implements OnGatewayInit<Namespace>, OnGatewayConnection<AgentSocket>, OnGatewayDisconnect<AgentSocket>
{
  constructor(
    private readonly config: HubConfig,
    private readonly sockets: AgentSockets,
    private readonly room: AgentRoom,
    private readonly calls: SocketCalls,
    private readonly caughtUp: CatchUp,
    private readonly feed: AgentFeed,
  ) {}

  afterInit(namespace: Namespace): void {
    namespace.use((socket, next) => void this.admit(socket as AgentSocket, next));
    this.room.open(namespace);
  }

  async handleConnection(socket: AgentSocket): Promise<void> {
    if (await this.sockets.enter(socket)) {
      this.room.arrive(socket);
    }
  }

  handleDisconnect(socket: AgentSocket): void {
    this.sockets.leave(socket);
    this.room.depart(socket);
  }

  @SubscribeMessage('conversation.open')
  openConversation(socket: AgentSocket, call: unknown): Promise<Answer<{ revs: Record<string, number> }>> {
    return this.calls.answer(socket, conversationCall, call, ({ conversation }) =>
      this.room.watch(socket, conversation),
    );
  }

  @SubscribeMessage('conversation.close')
  async closeConversation(socket: AgentSocket, call: unknown): Promise<void> {
    await this.calls.answer(socket, conversationCall, call, ({ conversation }) =>
      this.sockets.unwatch(socket, conversation),
    );
  }

  @SubscribeMessage('typing')
  async type(socket: AgentSocket, call: unknown): Promise<void> {
    await this.calls.answer(socket, typingCall, call, ({ conversation, on }) =>
      this.room.type(socket, conversation, on),
    );
  }

  @SubscribeMessage('look')
  async look(socket: AgentSocket, call: unknown): Promise<void> {
    await this.calls.answer(socket, lookCall, call, ({ away }) => Promise.resolve(this.room.look(socket, away)));
  }

  @SubscribeMessage('catch-up')
  catchUp(socket: AgentSocket, call: unknown): Promise<Answer<CaughtUp>> {
    return this.calls.answer(socket, catchUpCall, call, ({ revs }) => this.caughtUp.read(socket.data.seat.actor, revs));
  }

  @SubscribeMessage('feed')
  readFeed(socket: AgentSocket, call: unknown): Promise<Answer<FeedAnswer>> {
    return this.calls.answer(socket, feedCall, call, ({ cursor }) => this.feed.read(socket.data.seat.actor, cursor));
  }

  private async admit(socket: AgentSocket, next: Next): Promise<void> {
    const { headers } = socket.handshake;
    // A browser adds the cookie by itself, so its page must be ours; no page can make it add a key.
    if (headers.authorization === undefined && !isOwnOrigin(headers, this.config.publicUrl)) {
      next(new RefusedSocket('forbidden'));
      return;
    }
    try {
      const seat = await this.sockets.identify({ ...headers, 'x-agent': pageOf(socket) });
      if (seat) {
        socket.data.seat = seat;
        socket.data.actor = seat.actor;
        next();
      } else {
        next(new RefusedSocket('unauthenticated'));
      }
    } catch (error) {
      next(isAway(error) ? new RefusedSocket('unavailable') : new RefusedSocket('unauthenticated'));
    }
  }
}

/** Whose page it is, as a console says beside the cookie: a browser's socket takes no headers. */
function pageOf({ handshake }: AgentSocket): string | undefined {
  const agent: unknown = handshake.auth['agent'];
  return typeof agent === 'string' ? agent : undefined;
}
