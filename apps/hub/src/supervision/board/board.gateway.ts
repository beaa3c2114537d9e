import { SubscribeMessage, WebSocketGateway, type OnGatewayDisconnect } from '@nestjs/websockets';
import { z } from 'zod';
import type { Answer } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { AgentSocket } from '../../live/agent-sockets.service.js';
import { SocketCalls } from '../../live/socket-calls.service.js';
import { socketOptions } from '../../live/socket-options.js';
import { BoardPush } from './board-push.service.js';

const nothing = z.object({});

/** Consoles that show the live board say so here; who may come at all is for AgentGateway to say. */
@WebSocketGateway({ ...socketOptions, namespace: '/agent' })
@Access('agent')
export class BoardGateway implements OnGatewayDisconnect<AgentSocket> {
  constructor(
    private readonly push: BoardPush,
    private readonly calls: SocketCalls,
  ) {}

  @SubscribeMessage('board.watch')
  watch(socket: AgentSocket, call: unknown): Promise<Answer<Record<string, never>>> {
    return this.calls.answer(socket, nothing, call, () => {
      this.push.watch(socket);
      return {};
    });
  }

  @SubscribeMessage('board.unwatch')
  unwatch(socket: AgentSocket, call: unknown): Promise<Answer<Record<string, never>>> {
    return this.calls.answer(socket, nothing, call, () => {
      this.push.leave(socket);
      return {};
    });
  }

  handleDisconnect(socket: AgentSocket): void {
    this.push.leave(socket);
  }
}
