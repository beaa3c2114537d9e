import { SubscribeMessage, WebSocketGateway, type OnGatewayDisconnect } from '@nestjs/websockets';
import type { Answer } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { AgentSocket } from '../../live/agent-sockets.service.js';
import { conversationCall } from '../../live/call-shapes.js';
import { SocketCalls } from '../../live/socket-calls.service.js';
import { socketOptions } from '../../live/socket-options.js';
import { Watches } from './watches.service.js';

/** Consoles that show a conversation to its watcher say so here; nobody sees them among those who have it open. */
@WebSocketGateway({ ...socketOptions, namespace: '/agent' })
@Access('agent')
export class SteeringGateway implements OnGatewayDisconnect<AgentSocket> {
  constructor(
    private readonly watches: Watches,
    private readonly calls: SocketCalls,
  ) {}

  @SubscribeMessage('steering.watch')
  watch(socket: AgentSocket, call: unknown): Promise<Answer<{ revs: Record<string, number> }>> {
    return this.calls.answer(socket, conversationCall, call, ({ conversation }) =>
      this.watches.begin(socket, conversation),
    );
  }

  @SubscribeMessage('steering.unwatch')
  unwatch(socket: AgentSocket, call: unknown): Promise<Answer<Record<string, never>>> {
    return this.calls.answer(socket, conversationCall, call, async ({ conversation }) => {
      await this.watches.end(socket, conversation);
      return {};
    });
  }

  handleDisconnect(socket: AgentSocket): void {
    this.watches.leave(socket);
  }
}
