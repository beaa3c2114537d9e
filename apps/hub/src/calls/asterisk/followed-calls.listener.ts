import { Injectable } from '@nestjs/common';
import type { CallContent, CallLeg, Statement } from '#channels';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import type { HubEvents } from '../../events/hub-events.js';
import { CallGrower } from '../../intake/call-grower.service.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { LineNotices } from '../twilio/line-notices.service.js';
import { HeldLines } from './held-lines.service.js';

type Grown = HubEvents['call.grown'];

/** Whose phones extensions are; one that several have is nobody's. Parameters: extensions. */
const ownersOf: Statement = {
  name: 'extension-owners',
  text: `
select phone_address as extension, min(id::text) as agent from agent
where phone_kind = 'extension' and phone_address = any ($1) and disabled_at is null
group by phone_address having count(*) = 1`,
};

/** Lines that Peyk answers and takes for open. Parameters: channel, call id. */
const openLine: Statement = {
  name: 'asterisk-open-line',
  text: `
select call_id as "callId", turn from phone_call
where channel_id = $1 and (call_id = $2 or starts_with(call_id, $2 || '~')) and ended_at is null`,
};

const mostTold = 2_000;

/**
 * What calls mean that exchanges only report: whose phone it is that rings, so that the customer opens before it is picked up, and that a
 * line is over although nobody said so to it, as when its node died.
 */
@Injectable()
export class FollowedCalls {
  /** Legs whose ringing was told on this node. */
  private readonly told = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly grower: CallGrower,
    private readonly held: HeldLines,
    private readonly notices: LineNotices,
    private readonly bus: EventBus,
  ) {
    bus.on('call.grown', (grown) => this.hear(grown));
  }

  private async hear(grown: Grown): Promise<void> {
    const channel = this.channels.find(grown.channelId);
    const { driver } = (channel?.account.settings ?? {}) as { driver?: string };
    if (grown.isPast || driver !== 'asterisk') {
      return;
    }
    this.ring(grown);
    await this.nameLegs(grown);
    if (grown.call.state === 'ended') {
      await this.endLines(grown);
    }
  }

  private async nameLegs({ channelId, callId, call }: Grown): Promise<void> {
    const nameless = (call.details?.legs ?? []).filter(({ agentId, to }) => agentId === null && to !== '');
    if (nameless.length === 0) {
      return;
    }
    const owners = await this.database.query<{ extension: string; agent: string }>(ownersOf, [
      nameless.map(({ to }) => to),
    ]);
    const agents = new Map(owners.map(({ extension, agent }) => [extension, agent]));
    const legs = nameless.flatMap((leg) => {
      const agentId = agents.get(leg.to);
      return agentId === undefined ? [] : [{ ...leg, agentId }];
    });
    if (legs.length > 0) {
      await this.grower.grow(channelId, eventOf(callId, call, legs));
    }
  }

  private ring({ channelId, callId, conversationId, call }: Grown): void {
    for (const { id, agentId, outcome, endedAt } of call.details?.legs ?? []) {
      const key = `${channelId} ${callId} ${id}`;
      if (agentId !== null && outcome === 'ringing' && endedAt === null && !this.told.has(key)) {
        this.told.add(key);
        this.bus.emit('call.ringing', { agentId, conversationId, channelId, callId });
      }
    }
    if (this.told.size > mostTold) {
      this.told.clear();
    }
  }

  private async endLines({ channelId, callId }: Grown): Promise<void> {
    const lines = await this.database.query<{ callId: string; turn: number }>(openLine, [channelId, callId]);
    for (const { callId: of, turn } of lines) {
      const line = { channelId, callId: of };
      if (!this.held.has(line)) {
        await this.notices.tell({ line, turn, happening: { kind: 'hung_up' } });
      }
    }
  }
}

function eventOf(callId: string, call: CallContent, legs: CallLeg[]): Parameters<CallGrower['grow']>[1] {
  return {
    type: 'call',
    externalId: `owners ${callId} ${legs.map(({ id, agentId }) => `${id} ${String(agentId)}`).join(' ')}`,
    raw: new Uint8Array(),
    callId,
    order: call.order,
    // A call that grows keeps the party that it began with.
    party: { kind: 'external', address: `call:${callId}`, trust: 'unauthenticated', name: '' },
    direction: call.direction,
    state: 'ringing',
    outcome: null,
    startedAt: null,
    answeredAt: null,
    endedAt: null,
    durationSeconds: null,
    recordingUrl: null,
    note: '',
    details: { legs },
  };
}
