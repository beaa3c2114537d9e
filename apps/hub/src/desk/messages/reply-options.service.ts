import { Injectable } from '@nestjs/common';
import { outgoingOf, replyAllCopies, type EmailSettings, type MessageContent, type MessageFlag } from '#channels';
import { GuardedAccess, type ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { isOpenThread, MailPlanner } from './mail-planner.service.js';
import type { ReplyOptionsQueryDto } from './messages.dto.js';

/** What a mail's composer starts from. */
export interface ReplyOptionsView {
  /** The thread's subject; null where a new mail needs one. */
  subject: string | null;
  /** The account's own address and the name that customers see. */
  from: { address: string; name: string };
  to: string;
  /** Everybody else whom the last mail of the customer was addressed to, for an answer to all. */
  replyAll: string[];
  /** Whether an answer repeats the thread unless the agent says otherwise. */
  quote: boolean;
}

interface LastMail {
  subject: string;
  address: string | null;
  content: MessageContent | null;
}

const writtenByNobody: MessageFlag[] = ['automatic', 'bounce', 'complaint', 'out_of_office', 'newsletter'];

@Injectable()
export class ReplyOptions {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly channels: ChannelDirectory,
    private readonly mails: MailPlanner,
  ) {}

  /** Throws notFound for what the actor may not read. */
  async read(actor: Actor, conversationId: string, wish: ReplyOptionsQueryDto): Promise<ReplyOptionsView> {
    const person = await this.access.getPerson(actor, conversationId);
    const parts = person.parts.map(({ id }) => id);
    const channel = this.channels.find(wish.channelId);
    const [identity] = await this.database.query<{ address: string }>(
      `select i.address from identity i join conversation c on c.customer_id = i.customer_id
       where i.id = $1 and i.kind = 'email' and i.retired_at is null and c.id = any ($2::uuid[])`,
      [wish.identityId, parts],
    );
    if (channel?.kind !== 'email' || !identity) {
      throw notFound('This way to answer');
    }
    const settings = channel.account.settings as EmailSettings;
    const last = wish.threadId === undefined ? null : await this.lastMail(wish.threadId, channel.id, person);
    return {
      subject: last?.subject ?? null,
      from: { address: settings.address, name: settings.fromName },
      to: identity.address,
      replyAll: last ? this.everybody(last, identity.address) : [],
      quote: outgoingOf(settings).quoteHistory,
    };
  }

  /** Copies are whoever the sender named, and a forger may name himself: then nobody is proposed. */
  private everybody({ address, content }: LastMail, answered: string): string[] {
    const { to = [], cc = [], flags = [] } = content ?? {};
    return address === null || flags.includes('forged')
      ? []
      : replyAllCopies({ from: address, to, cc }, answered, this.mails.ownAddresses());
  }

  /** What a program wrote is nothing that anybody answers, unless there is nothing else. */
  private async lastMail(threadId: string, channelId: string, person: ReadablePerson): Promise<LastMail> {
    const [row] = await this.database.query<LastMail>(
      `select t.subject, last.address, last.content
       from thread t left join lateral (
         select i.address, m.content from message m join identity i on i.id = m.identity_id
         where m.conversation_id = t.conversation_id and m.thread_id = t.id and m.direction = 'in'
         order by coalesce(m.content -> 'flags' ?| $5::text[], false), m.seq desc limit 1) last on true
       where t.id = $1 and t.channel_id = $2 and t.conversation_id = any ($3::uuid[]) and ${isOpenThread('t', '$4')}`,
      [
        threadId,
        channelId,
        person.parts.map(({ id }) => id),
        person.serves === 'all' ? null : person.serves,
        writtenByNobody,
      ],
    );
    if (!row) {
      throw notFound('This thread');
    }
    return row;
  }
}
