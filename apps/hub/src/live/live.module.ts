import { Global, Module } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { HubConfig } from '#config';
import { VisitorSessionController } from '../auth/visitors/visitor-session.controller.js';
import { VisitorTokens } from '../auth/visitors/visitor-tokens.service.js';
import { WebChats } from '../auth/visitors/web-chats.service.js';
import { IntakeModule } from '../intake/intake.module.js';
import { Log } from '../platform/operations/log.js';
import { SecretKeys } from '../platform/secret-keys.js';
import { AgentFeed } from './agent-feed.service.js';
import { AgentRoom } from './agent-room.service.js';
import { AgentSockets } from './agent-sockets.service.js';
import { AgentStandings } from './agent-standings.service.js';
import { AgentGateway } from './agent.gateway.js';
import { CatchUp } from './catch-up.service.js';
import { Companions } from './companions.service.js';
import { LiveFeed } from './live-feed.service.js';
import { NodeLink, NoLink } from './node-link.js';
import { NodeTraffic } from './node-traffic.service.js';
import { NotifyLink } from './notify-link.js';
import { PresenceService } from './presence.service.js';
import { SocketCalls } from './socket-calls.service.js';
import { SocketOutlet } from './socket-outlet.service.js';
import { VisitorPeople } from './visitor-people.service.js';
import { VisitorSockets } from './visitor-sockets.service.js';
import { VisitorSpeech } from './visitor-speech.service.js';
import { VisitorGateway } from './visitor.gateway.js';

/** Redis when there is one; else the shared database; a hub on its embedded database has no neighbours. */
async function createLink({ redisUrl, databaseUrl }: HubConfig, log: Log, keys: SecretKeys): Promise<NodeLink> {
  const nodeId = uuid();
  if (redisUrl !== null) {
    const name = keys.derive('where nodes meet').toString('hex').slice(0, 16);
    const { RedisLink } = await import('./redis-link.js');
    return new RedisLink(nodeId, { url: redisUrl, name }, log);
  }
  return databaseUrl === null ? new NoLink(nodeId) : new NotifyLink(nodeId, databaseUrl, log);
}

const forAgents = [
  AgentGateway,
  AgentRoom,
  AgentSockets,
  AgentStandings,
  AgentFeed,
  CatchUp,
  Companions,
  PresenceService,
];
const forVisitors = [VisitorGateway, VisitorPeople, VisitorSockets, VisitorSpeech, VisitorTokens, WebChats];

/** What people hear without asking, and what they say over an open line. */
@Global()
@Module({
  imports: [IntakeModule],
  controllers: [VisitorSessionController],
  providers: [
    { provide: NodeLink, useFactory: createLink, inject: [HubConfig, Log, SecretKeys] },
    LiveFeed,
    NodeTraffic,
    SocketCalls,
    SocketOutlet,
    ...forAgents,
    ...forVisitors,
  ],
  exports: [LiveFeed, VisitorTokens],
})
export class LiveModule {}
