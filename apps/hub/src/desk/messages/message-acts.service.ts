import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { growCall, matchKey, normalisePhone, type InboundCall } from '#channels';
import { HubConfig } from '#config';
import type { MessageView } from '#contract';
import { failpoint } from '#failpoint';
import { isWithheld, type ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import type { Transaction } from '../../database/database.js';
import { unreached } from '../../delivery/mail-reports.query.js';
import { Outgoing } from '../../delivery/outgoing.service.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { restriction, restrictionTables } from '../message-rows.query.js';
import { PersonWork } from '../person-work.service.js';
import { MessageReader } from './message-reader.service.js';
import type { NewCallDto } from './messages.dto.js';
import { insertMessage, messageValues } from './write-message.query.js';

interface SentRow {
  id: string;
  channel_id: string | null;
  thread_id: string | null;
  mail_id: string | null;
  delivery: string | null;
  address: string | null;
  /** Whom its last try did not reach; null: nobody is known to have it. */
  only_to: string[] | null;
}

/** What agents do with messages besides writing them: log a call, send again, move to another ticket. */
@Injectable()
export class MessageActs {
  constructor(
    private readonly people: PersonWork,
    private readonly reader: MessageReader,
    private readonly channels: ChannelDirectory,
    private readonly outgoing: Outgoing,
    private readonly config: HubConfig,
  ) {}

  /** A call that was made outside any exchange we hear of. */
  async logCall(actor: Actor, conversationId: string, call: NewCallDto): Promise<MessageView> {
    const channel = this.channels.all().find(({ kind, enabled }) => kind === 'phone' && enabled);
    if (!channel) {
      throw conflict('no_phone_channel', 'Set up a phone channel first.');
    }
    const phone = normalisePhone(call.address, this.config.defaultCountry);
    if (phone?.kind !== 'phone') {
      throw invalid('address', 'This is not a phone number.');
    }
    const id = uuid();
    await this.people.run(actor, conversationId, async (tx, person) => {
      const [identity] = await tx.query<{ id: string; conversation_id: string }>(
        `select i.id, c.id as conversation_id from identity i join conversation c on c.customer_id = i.customer_id
         where c.id = any ($1::uuid[]) and i.kind = 'phone' and i.address = $2 and i.retired_at is null limit 1`,
        [person.parts.map((part) => part.id), phone.e164],
      );
      await tx.query(
        insertMessage,
        messageValues({
          id,
          conversationId: identity?.conversation_id ?? person.conversationId,
          channelId: channel.id,
          threadId: null,
          identityId: identity?.id ?? null,
          mailId: null,
          ticketId: null,
          direction: call.direction,
          author: call.direction === 'in' ? 'customer' : 'agent',
          authorId: call.direction === 'in' ? null : actor.id,
          kind: 'call',
          body: call.note,
          searchText: matchKey(call.note),
          content: { call: growCall(null, loggedCall(id, call, phone.e164)) },
          sentAt: new Date(call.startedAt),
          delivery: null,
        }),
      );
    });
    return this.reader.get(id);
  }

  /**
   * A new try of a message that failed or may not have arrived, for those of its recipients who have not got it. It waits behind what is
   * in flight on its line.
   */
  async resend(actor: Actor, conversationId: string, part: string, seq: number): Promise<MessageView> {
    const id = await this.people.run(actor, conversationId, async (tx, person) => {
      await checkSeen(tx, person, part, seq);
      const [row] = await tx.query<SentRow>(
        `select m.id, m.channel_id, m.thread_id, m.mail_id, m.delivery, i.address,
                (select ${unreached} from delivery d where d.conversation_id = m.conversation_id and d.seq = m.seq
                 order by d.created_at desc limit 1) as only_to
         from message m left join identity i on i.id = m.identity_id where m.conversation_id = $1 and m.seq = $2`,
        [part, seq],
      );
      if (!row?.channel_id || row.address === null) {
        throw notFound('This message');
      }
      if (row.delivery === null || !['failed', 'parked', 'unconfirmed'].includes(row.delivery)) {
        throw conflict('not_resendable', 'This message is on its way or has arrived.');
      }
      await tx.query(`update message set delivery = 'queued' where conversation_id = $1 and seq = $2`, [part, seq]);
      await this.outgoing.enqueue(tx, {
        conversationId: part,
        seq,
        channelId: row.channel_id,
        threadId: row.thread_id,
        address: row.address,
        mailId: row.mail_id,
        onlyTo: row.only_to,
      });
      failpoint('resend.before-commit');
      return row.id;
    });
    failpoint('resend.after-commit');
    return this.reader.get(id);
  }

  async move(
    actor: Actor,
    conversationId: string,
    where: { part: string; seq: number; ticketId: string },
  ): Promise<MessageView> {
    const id = await this.people.run(actor, conversationId, async (tx, person) => {
      await checkSeen(tx, person, where.part, where.seq);
      const [row] = await tx.query<{ id: string }>(
        `update message set ticket_id = $3, ticket_reason = 'agent_chose'
         where conversation_id = $1 and seq = $2 and exists (
           select 1 from ticket t join queue q on q.id = t.queue_id
           where t.id = $3 and t.conversation_id = any ($4::uuid[]) and (not q.restricted or $5::uuid[] is null or q.id = any ($5)))
         returning id`,
        [
          where.part,
          where.seq,
          where.ticketId,
          person.parts.map((part) => part.id),
          person.serves === 'all' ? null : person.serves,
        ],
      );
      if (!row) {
        throw notFound('This message or ticket');
      }
      return row.id;
    });
    return this.reader.get(id);
  }
}

/** Whoever may not read a message may not act on it either: moving it to a ticket of theirs would open it. */
async function checkSeen(tx: Transaction, person: ReadablePerson, part: string, seq: number): Promise<void> {
  const [row] = await tx.query<{ restricted: boolean; queue_id: string | null }>(
    `select ${restriction} from message m ${restrictionTables}
     where m.conversation_id = $1 and m.seq = $2`,
    [part, seq],
  );
  if (!row || !person.parts.some(({ id }) => id === part) || isWithheld(row, person)) {
    throw notFound('This message');
  }
}

function loggedCall(id: string, call: NewCallDto, e164: string): InboundCall {
  const startedAt = new Date(call.startedAt);
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
    answeredAt: null,
    endedAt: new Date(startedAt.getTime() + call.durationSeconds * 1000),
    durationSeconds: call.durationSeconds,
    recordingUrl: null,
    note: call.note,
  };
}
