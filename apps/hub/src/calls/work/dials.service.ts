import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { ChannelError, storableText, type AgentEndpoint, type InboundCall } from '#channels';
import type { DialledView, LiveCallView, MyCallView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { PersonWork } from '../../desk/person-work.service.js';
import { Receiving } from '../../intake/receiving.service.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory, type OpenChannel } from '../../settings/channel-directory.service.js';
import { LineArrivals } from '../lines/line-arrivals.service.js';
import { trialOf } from '../try/trial-line.js';
import type { CallDriver } from './call-driver.js';
import { CallDrivers } from './call-drivers.service.js';
import type { DialDto } from './dial.dto.js';
import { readDialFacts, readMyCall, type DialFacts } from './dials.query.js';

type Originate = NonNullable<CallDriver['originate']>;

/** A number that may be called, and the phone that rings first. */
interface Ready {
  number: string;
  phone: AgentEndpoint;
}

/** Calls that agents make from a conversation: their own phone rings first, then the customer is called. */
@Injectable()
export class Dials {
  constructor(
    private readonly database: Database,
    private readonly people: PersonWork,
    private readonly channels: ChannelDirectory,
    private readonly drivers: CallDrivers,
    private readonly receiving: Receiving,
    private readonly arrivals: LineArrivals,
  ) {}

  /** `key`: of the request; the provider gets one made of it, and calls once for it. Throws in words where nobody can be called. */
  async dial(
    actor: Actor,
    conversationId: string,
    { channelId, identityId, reason }: DialDto,
    key: string,
  ): Promise<DialledView> {
    const channel = this.channels.find(channelId);
    if (!channel || channel.kind !== 'phone') {
      throw notFound('This channel');
    }
    const originate = this.originateOf(channel);
    const ready = await this.people.run(actor, conversationId, async (tx, person) => {
      const values = [person.parts.map(({ id }) => id), identityId, actor.id, channelId];
      const [facts] = await tx.query<DialFacts & Record<string, unknown>>(readDialFacts, values);
      const dialled = readyOf(facts);
      await recordAct(tx, { actorId: actor.id, action: 'call.dialled', subject: identityId, details: { channelId } });
      return dialled;
    });
    const wanted = { agent: ready.phone, to: ready.number, callerId: null, key: `${actor.id} ${key}` };
    const callId = await originate(channel, wanted).catch(explain);
    await this.receiving.take(channel, [this.callOf(channel, callId, { ...ready, agentId: actor.id, reason })]);
    return { callId };
  }

  async mine(actor: Actor): Promise<MyCallView> {
    const [call] = await this.database.query<Omit<LiveCallView, 'canTransfer'> & Record<string, unknown>>(readMyCall, [
      actor.id,
    ]);
    return { call: call ? { ...call, canTransfer: this.canTransfer(call) } : null };
  }

  private canTransfer({ channelId, callId }: Pick<LiveCallView, 'channelId' | 'callId'>): boolean {
    const channel = this.channels.find(channelId);
    return channel !== null && trialOf(callId) === null && this.drivers.of(channel)?.transfer !== undefined;
  }

  private originateOf(channel: OpenChannel): Originate {
    const driver = this.drivers.of(channel);
    if (!channel.enabled || channel.problem !== null) {
      throw conflict('channel_off', 'This channel is switched off or not set up.', 'channelId');
    }
    if (!driver?.originate) {
      throw conflict('cannot_dial', 'This channel only reports calls: it cannot make them.', 'channelId');
    }
    return driver.originate.bind(driver);
  }

  /** What is known from here on. The provider's own events of the call make the same message grow, whichever come first. */
  private callOf(
    channel: OpenChannel,
    callId: string,
    { number, phone, agentId, reason }: Ready & { agentId: string; reason: string },
  ): InboundCall {
    const startedAt = new Date();
    const leg = {
      id: `dial ${callId}`,
      to: phone.address,
      agentId,
      startedAt: startedAt.toISOString(),
      answeredAt: null,
      endedAt: null,
      outcome: 'ringing' as const,
    };
    return {
      type: 'call',
      externalId: `dial ${callId}`,
      raw: new Uint8Array(),
      callId,
      order: 0,
      party: { kind: 'phone', address: number, trust: 'unauthenticated', name: '' },
      direction: 'out',
      state: 'ringing',
      outcome: null,
      startedAt,
      answeredAt: null,
      endedAt: null,
      durationSeconds: null,
      recordingUrl: null,
      note: storableText(reason).trim(),
      details: { source: this.arrivals.sourceOf(channel.id), legs: [leg] },
    };
  }
}

/** A key where the request has none. */
export function newDialKey(): string {
  return uuid();
}

function readyOf(facts: DialFacts | undefined): Ready {
  if (!facts) {
    throw notFound('This number');
  }
  if (facts.phone === null) {
    throw conflict('no_phone', 'You have no phone yet: an administrator can set it, or you in your own settings.');
  }
  if (facts.isBlocked) {
    throw conflict('customer_blocked', 'This customer is blocked.', 'identityId');
  }
  if (facts.isOptedOut) {
    throw conflict('opted_out_of_calls', 'The customer asked not to be called from this channel.', 'identityId');
  }
  return { number: facts.number, phone: facts.phone };
}

function explain(error: unknown): never {
  if (error instanceof ChannelError) {
    throw invalid('channelId', error.message);
  }
  throw error;
}
