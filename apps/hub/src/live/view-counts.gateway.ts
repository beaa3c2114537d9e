import { SubscribeMessage, WebSocketGateway, type OnGatewayDisconnect } from '@nestjs/websockets';
import type { Answer } from '#contract';
import { Access } from '../auth/access-rule.js';
import type { AgentSocket } from './agent-sockets.service.js';
import { watchViewsCall } from './call-shapes.js';
import { SocketCalls } from './socket-calls.service.js';
import { socketOptions } from './socket-options.js';
import { ViewCountsPush } from './view-counts.service.js';

/** Consoles that show their lists ask here for what stands beside them; who may come at all is for AgentGateway to say. */
@WebSocketGateway({ ...socketOptions, namespace: '/agent' })
@Access('agent')
export class ViewCountsGateway implements OnGatewayDisconnect<AgentSocket> {
  constructor(
    private readonly counts: ViewCountsPush,
    private readonly calls: SocketCalls,
  ) {}

  @SubscribeMessage('views.watch')
  watch(socket: AgentSocket, call: unknown): Promise<Answer<Record<string, never>>> {
    return this.calls.answer(socket, watchViewsCall, call, ({ on }) => {
      if (on) {
        this.counts.watch(socket);
      } else {
        this.counts.leave(socket);
      }
      return {};
    });
  }

  handleDisconnect(socket: AgentSocket): void {
    this.counts.leave(socket);
  }
}
