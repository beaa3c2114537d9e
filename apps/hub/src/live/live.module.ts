import { Global, Module } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { HubConfig } from '#config';
import { SiteVisitors } from '../auth/visitors/site-visitors.service.js';
import { VisitorBrakes } from '../auth/visitors/visitor-brakes.service.js';
import { VisitorCheck } from '../auth/visitors/visitor-check.service.js';
import { VisitorSessionController } from '../auth/visitors/visitor-session.controller.js';
import { VisitorSessions } from '../auth/visitors/visitor-sessions.service.js';
import { VisitorTokens } from '../auth/visitors/visitor-tokens.service.js';
import { WebChats } from '../auth/visitors/web-chats.service.js';
import { VisitorUploads } from '../desk/attachments/visitor-uploads.service.js';
import { ViewsModule } from '../desk/views/views.module.js';
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
import { ContinuationLinks } from './continuation-links.js';
import { GivenConsents } from './given-consents.service.js';
import { LiveFeed } from './live-feed.service.js';
import { OwnAccounts } from './own-account.listener.js';
import { NodeLink, NoLink } from './node-link.js';
import { NodeTraffic } from './node-traffic.service.js';
import { NotifyLink } from './notify-link.js';
import { OpeningHours } from './opening-hours.service.js';
import { PresenceService } from './presence.service.js';
import { SocketCalls } from './socket-calls.service.js';
import { SocketOutlet } from './socket-outlet.service.js';
import { ViewCountsGateway } from './view-counts.gateway.js';
import { ViewCountsPush } from './view-counts.service.js';
import { VisitorCallbacks } from './visitor-callbacks.service.js';
import { VisitorForms } from './visitor-forms.service.js';
import { VisitorPlaces } from './visitor-places.service.js';
import { VisitorPeople } from './visitor-people.service.js';
import { VisitorPresence } from './visitor-presence.service.js';
import { VisitorReceipts } from './visitor-receipts.listener.js';
import { VisitorRequests } from './visitor-requests.service.js';
import { VisitorSockets } from './visitor-sockets.service.js';
import { VisitorSpeech } from './visitor-speech.service.js';
import { VisitorStaffing } from './visitor-staffing.service.js';
import { VisitorStandings } from './visitor-standing.service.js';
import { VisitorTalk } from './visitor-talk.service.js';
import { VisitorConsentsController } from './visitor-consents.controller.js';
import { VisitorTranscriptsController } from './visitor-transcripts.controller.js';
import { VisitorTranscripts } from './visitor-transcripts.service.js';
import { VisitorWaiting } from './visitor-waiting.service.js';
import { VisitorWays } from './visitor-ways.service.js';
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
  ViewCountsGateway,
  ViewCountsPush,
];
const forVisitors = [
  VisitorGateway,
  VisitorPeople,
  VisitorSockets,
  VisitorSpeech,
  VisitorTokens,
  VisitorCheck,
  VisitorSessions,
  VisitorBrakes,
  SiteVisitors,
  WebChats,
  GivenConsents,
  OpeningHours,
  VisitorCallbacks,
  VisitorForms,
  VisitorPlaces,
  VisitorPresence,
  VisitorReceipts,
  VisitorRequests,
  VisitorStaffing,
  VisitorStandings,
  VisitorTalk,
  VisitorTranscripts,
  VisitorWaiting,
  VisitorWays,
  VisitorUploads,
];

/** What people hear without asking, and what they say over an open line. */
@Global()
@Module({
  imports: [IntakeModule, ViewsModule],
  controllers: [VisitorSessionController, VisitorConsentsController, VisitorTranscriptsController],
  providers: [
    { provide: NodeLink, useFactory: createLink, inject: [HubConfig, Log, SecretKeys] },
    ContinuationLinks,
    LiveFeed,
    NodeTraffic,
    OwnAccounts,
    SocketCalls,
    SocketOutlet,
    ...forAgents,
    ...forVisitors,
  ],
  exports: [
    ContinuationLinks,
    LiveFeed,
    NodeLink,
    SocketCalls,
    VisitorTokens,
    VisitorCheck,
    VisitorBrakes,
    VisitorRequests,
    VisitorUploads,
    WebChats,
  ],
})
export class LiveModule {}
