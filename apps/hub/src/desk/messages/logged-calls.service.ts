import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { growCall, matchKey, normalisePhone, storableText, type InboundCall } from '#channels';
import { HubConfig } from '#config';
import type { MessageView } from '#contract';
import { openWork } from '#tickets';
import type { ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import type { Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, invalid } from '../../platform/errors/api-error.js';
import { ChannelDirectory, type OpenChannel } from '../../settings/channel-directory.service.js';
import { PersonWork } from '../person-work.service.js';
import { MessageReader } from './message-reader.service.js';
import type { NewCallDto } from './messages.dto.js';
import { ReplyPlanner } from './reply-planner.service.js';
import { insertMessage, messageValues } from './write-message.query.js';

/** A clock that is a little fast is nobody's mistake. */
const fastClockMs = 5 * 60_000;

/** Calls that agents write down: made outside any exchange that we hear of. */
@Injectable()
export class LoggedCalls {
  constructor(
    private readonly people: PersonWork,
    private readonly reader: MessageReader,
    private readonly planner: ReplyPlanner,
    private readonly channels: ChannelDirectory,
    private readonly config: HubConfig,
    private readonly bus: EventBus,
  ) {}

  /**
   * Puts a call on the timeline, with the ticket that it is about. One that is to be followed up belongs to the person's live ticket, or to
   * a new one in the channel's queue where they have none.
   */
  async log(actor: Actor, conversationId: string, call: NewCallDto): Promise<MessageView> {
    const channel = this.channels.all().find(({ kind, enabled }) => kind === 'phone' && enabled);
    if (!channel) {
      throw conflict('no_phone_channel', 'Set up a phone channel first.');
    }
    const phone = normalisePhone(call.address, this.config.defaultCountry);
    if (phone?.kind !== 'phone') {
      throw invalid('address', 'This is not a phone number.');
    }
    checkStart(call);
    const id = uuid();
    const event = loggedCall(id, call, { e164: phone.e164, agentId: actor.id });
    await this.people.run(actor, conversationId, async (tx, person) => {
      await checkDisposition(tx, call.disposition);
      const place = await identityOf(tx, person, phone.e164);
      const ticketId = await this.ticketFor(tx, { actor, person, channel, conversation: place.conversationId }, call);
      const [written] = await tx.query<{ seq: number }>(
        insertMessage,
        messageValues({
          id,
          ...place,
          channelId: channel.id,
          threadId: null,
          mailId: null,
          ticketId,
          direction: call.direction,
          author: call.direction === 'in' ? 'customer' : 'agent',
          authorId: call.direction === 'in' ? null : actor.id,
          kind: 'call',
          body: storableText(call.note),
          searchText: matchKey(call.note),
          content: { call: growCall(null, event) },
          sentAt: event.startedAt,
          delivery: null,
        }),
      );
      this.bus.emitAfterCommit(tx, 'call.grown', {
        conversationId: place.conversationId,
        seq: written?.seq ?? 0,
        channelId: channel.id,
        callId: id,
        call: growCall(null, event),
        isPast: false,
      });
    });
    return this.reader.get(id);
  }

  private async ticketFor(
    tx: Transaction,
    on: { actor: Actor; person: ReadablePerson; channel: OpenChannel; conversation: string },
    call: NewCallDto,
  ): Promise<string | null> {
    if (call.ticketId === undefined && !call.followUp) {
      return null;
    }
    const live = await this.planner.findTicket(tx, on.person, call.ticketId ?? null);
    if (live === null) {
      return this.openTicket(tx, on, call.note);
    }
    await tx.query('update ticket set last_message_at = greatest(last_message_at, clock_timestamp()) where id = $1', [
      live,
    ]);
    return live;
  }

  private async openTicket(
    tx: Transaction,
    { actor, channel, conversation }: { actor: Actor; channel: OpenChannel; conversation: string },
    note: string,
  ): Promise<string> {
    const { queueId } = channel;
    if (queueId === null) {
      throw conflict('channel_without_queue', 'Give the channel a queue first.');
    }
    const id = uuid();
    const subject = storableText(note).trim().split('\n', 1)[0]?.slice(0, 80).toWellFormed() ?? '';
    await tx.query('insert into ticket (id, conversation_id, queue_id, subject) values ($1, $2, $3, $4)', [
      id,
      conversation,
      queueId,
      subject,
    ]);
    await openWork(tx, { id, queueId });
    await tx.query(
      `insert into event_log (type, conversation_id, subject_id, actor_id) values ('ticket.opened', $1, $2, $3)`,
      [conversation, id, actor.id],
    );
    this.bus.emitAfterCommit(tx, 'work.queued', { queueId });
    return id;
  }
}

function checkStart({ startedAt }: NewCallDto): void {
  const at = Date.parse(startedAt);
  if (Number.isNaN(at)) {
    throw invalid('startedAt', 'This is not a time.');
  }
  if (at > Date.now() + fastClockMs) {
    throw invalid('startedAt', 'This call is yet to come.');
  }
}

async function checkDisposition(tx: Transaction, key: string | undefined): Promise<void> {
  if (key === undefined) {
    return;
  }
  const known = await tx.query('select 1 from call_disposition where key = $1 and retired_at is null', [key]);
  if (known.length === 0) {
    throw invalid('disposition', 'There is no such outcome of calls.');
  }
}

/** Where the number is the person's own, the call is that address's. */
async function identityOf(
  tx: Transaction,
  person: ReadablePerson,
  e164: string,
): Promise<{ identityId: string | null; conversationId: string }> {
  const [identity] = await tx.query<{ id: string; conversation_id: string }>(
    `select i.id, c.id as conversation_id from identity i join conversation c on c.customer_id = i.customer_id
     where c.id = any ($1::uuid[]) and i.kind = 'phone' and i.address = $2 and i.retired_at is null limit 1`,
    [person.parts.map((part) => part.id), e164],
  );
  return { identityId: identity?.id ?? null, conversationId: identity?.conversation_id ?? person.conversationId };
}

function loggedCall(id: string, call: NewCallDto, { e164, agentId }: { e164: string; agentId: string }): InboundCall {
  const startedAt = new Date(call.startedAt);
  const endedAt = new Date(startedAt.getTime() + call.durationSeconds * 1000);
  const isTalk = call.outcome === 'answered';
  const began = startedAt.toISOString();
  return {
    type: 'call',
    externalId: null,
    raw: new Uint8Array(),
    callId: id,
    order: 1,
    party: { kind: 'phone', address: e164, trust: 'unauthenticated', name: '' },
    direction: call.direction,
    state: 'ended',
    outcome: call.outcome,
    startedAt,
    answeredAt: isTalk ? startedAt : null,
    endedAt,
    durationSeconds: call.durationSeconds,
    recordingUrl: null,
    note: call.note,
    details: {
      source: 'manual',
      ...(call.disposition !== undefined && { disposition: call.disposition }),
      ...(isTalk && {
        legs: [
          {
            id: agentId,
            to: '',
            agentId,
            startedAt: began,
            answeredAt: began,
            endedAt: endedAt.toISOString(),
            outcome: 'answered',
          },
        ],
      }),
    },
  };
}
