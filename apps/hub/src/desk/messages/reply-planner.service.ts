import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { capabilitiesFor, type Capabilities, type Sql } from '#channels';
import { openWork } from '#tickets';
import type { ReadablePerson } from '../../auth/access.js';
import { SendPermits } from '../../delivery/send-permits.service.js';
import { conflict, invalid } from '../../platform/errors/api-error.js';
import { ChannelDirectory, type OpenChannel } from '../../settings/channel-directory.service.js';
import { MailPlanner, type MailPlan } from './mail-planner.service.js';
import { identityToWriteTo } from '../customers/customers.query.js';
import type { NewMessageDto } from './messages.dto.js';

/** Where a reply goes, all of it checked. */
export interface ReplyPlan {
  channel: OpenChannel;
  identity: { id: string; address: string };
  /** The conversation row it is written to: the thread's, else the identity's. */
  conversationId: string;
  /** There on e-mail only. */
  mail: MailPlan | null;
  /** The ticket it belongs to; null where nothing is open. */
  ticketId: string | null;
}

interface IdentityRow {
  id: string;
  kind: string;
  address: string;
  reachable: string;
  conversation_id: string;
}

/** Decides how a reply reaches its customer, and refuses what cannot arrive before anything is written. */
@Injectable()
export class ReplyPlanner {
  constructor(
    private readonly channels: ChannelDirectory,
    private readonly mails: MailPlanner,
    private readonly permits: SendPermits,
  ) {}

  async plan(sql: Sql, person: ReadablePerson, message: NewMessageDto): Promise<ReplyPlan> {
    const channel = this.findChannel(message.channelId);
    const identity = await this.getIdentity(sql, person, message.identityId);
    this.check(channel, identity, message);
    await checkFiles(sql, capabilitiesFor(channel.adapter, channel.account), message.attachmentIds ?? []);
    await this.permits.refuseWriting(sql, channel, identity.address);
    const mail = channel.kind === 'email' ? await this.mails.plan(sql, { channel, identity, person }, message) : null;
    return {
      channel,
      identity,
      conversationId: mail?.conversationId ?? identity.conversation_id,
      mail,
      ticketId: await this.findTicket(sql, person, message.ticketId ?? null),
    };
  }

  /** The ticket that is named, else the one that was active last. */
  async findTicket(sql: Sql, person: ReadablePerson, wanted: string | null): Promise<string | null> {
    const [ticket] = await sql.query<{ id: string }>(
      `select t.id from ticket t join queue q on q.id = t.queue_id
       where t.conversation_id = any ($1::uuid[]) and t.state not in ('solved', 'closed') and ($2::uuid is null or t.id = $2)
         and (not q.restricted or $3::uuid[] is null or q.id = any ($3))
       order by t.last_message_at desc limit 1`,
      [person.parts.map(({ id }) => id), wanted, person.serves === 'all' ? null : person.serves],
    );
    if (wanted !== null && !ticket) {
      throw invalid('ticketId', 'This ticket is not open, or belongs to somebody else.');
    }
    return ticket?.id ?? null;
  }

  /** A ticket for what an agent begins: in the channel's queue, with its work. */
  async openTicket(sql: Sql, plan: ReplyPlan): Promise<string> {
    if (plan.channel.queueId === null) {
      throw conflict('channel_without_queue', 'Give the channel a queue first.');
    }
    const id = uuid();
    await sql.query('insert into ticket (id, conversation_id, queue_id, subject) values ($1, $2, $3, $4)', [
      id,
      plan.conversationId,
      plan.channel.queueId,
      plan.mail?.subject ?? '',
    ]);
    await openWork(sql, { id, queueId: plan.channel.queueId });
    return id;
  }

  private findChannel(id: string | undefined): OpenChannel {
    const channel = id === undefined ? null : this.channels.find(id);
    if (!channel) {
      throw invalid('channelId', 'Choose a channel to answer on.');
    }
    return channel;
  }

  private async getIdentity(sql: Sql, person: ReadablePerson, id: string | undefined): Promise<IdentityRow> {
    const [row] = await sql.query<IdentityRow>(
      `select i.id, i.kind, i.address, i.reachable, c.id as conversation_id
       from identity i join conversation c on c.customer_id = i.customer_id
       where i.id = $1 and i.retired_at is null and c.id = any ($2::uuid[])`,
      [id ?? null, person.parts.map((part) => part.id)],
    );
    const found = row ?? (await this.claimedBy(sql, person, id));
    if (!found) {
      throw invalid('identityId', 'Choose an address of this customer.');
    }
    return found;
  }

  /** An address that is only claimed can be written to. Whoever answers from it is somebody of their own until an agent links them. */
  private async claimedBy(sql: Sql, person: ReadablePerson, id: string | undefined): Promise<IdentityRow | undefined> {
    const parts = person.parts.map((part) => part.id);
    const [row] = await sql.query<IdentityRow & Record<string, unknown>>(identityToWriteTo, [
      id ?? null,
      parts,
      uuid(),
    ]);
    return row;
  }

  private check(channel: OpenChannel, identity: IdentityRow, message: NewMessageDto): void {
    const { capabilities } = channel.adapter;
    if (!channel.enabled) {
      throw conflict('channel_off', 'This channel is switched off.', 'channelId');
    }
    if (!(capabilities.reaches as string[]).includes(identity.kind)) {
      throw invalid('identityId', 'This channel cannot reach that address.');
    }
    if (identity.reachable !== 'yes') {
      throw conflict(identity.reachable, 'The customer does not accept messages here.', 'identityId');
    }
    if (capabilities.textLimit !== null && message.body.length > capabilities.textLimit) {
      throw invalid('body', `This channel takes at most ${capabilities.textLimit} characters.`);
    }
  }
}

/** Refuses files that the account's provider would refuse, while whoever sends them can still choose another way. */
async function checkFiles(sql: Sql, { attachments, media }: Capabilities, wanted: readonly string[]): Promise<void> {
  const ids = [...new Set(wanted)];
  if (ids.length === 0) {
    return;
  }
  if (attachments === null) {
    throw invalid('attachmentIds', 'This channel takes no files.');
  }
  if (ids.length > attachments.maxCount) {
    throw invalid('attachmentIds', `This channel takes up to ${attachments.maxCount} files at once.`);
  }
  const files = await sql.query<{ bytes: number; media_type: string }>(
    'select bytes::float8 as bytes, media_type from attachment where id = any ($1::uuid[])',
    [ids],
  );
  if (files.some(({ bytes }) => bytes > attachments.maxBytes)) {
    const most = Math.floor(attachments.maxBytes / 1024 / 1024);
    throw invalid('attachmentIds', `This channel takes files of up to ${most} MB.`, 'file_too_large_here');
  }
  if (media && files.some(({ media_type: type }) => !media.some((taken) => type.startsWith(taken)))) {
    throw invalid('attachmentIds', 'This channel takes pictures only.', 'file_type_refused_here');
  }
}
