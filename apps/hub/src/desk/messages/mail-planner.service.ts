import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import {
  addressesBut,
  emailAddresses,
  isSameSubject,
  normaliseEmail,
  outgoingOf,
  type EmailSettings,
  type Sql,
} from '#channels';
import type { ReadablePerson } from '../../auth/access.js';
import type { MailContent } from '../../delivery/mail-content.js';
import { ThreadTokens } from '../../delivery/thread-tokens.service.js';
import { invalid, notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory, type OpenChannel } from '../../settings/channel-directory.service.js';
import type { NewMessageDto } from './messages.dto.js';

/** The mail side of a reply. */
export interface MailPlan {
  /** The conversation row that holds the thread. */
  conversationId: string;
  threadId: string;
  /** The mail's Message-ID, made once; retries keep it. */
  mailId: string;
  subject: string;
  content: MailContent;
}

/** Who a mail is written to, and from where. */
export interface MailGoal {
  channel: OpenChannel;
  identity: { id: string; address: string; conversation_id: string };
  person: ReadablePerson;
}

interface ThreadRow {
  id: string;
  conversation_id: string;
  subject: string;
}

/**
 * Whether a reader who serves these queues (null: all) may see thread `t`: nothing of it is in a restricted queue of others, or was
 * when an undo cut it from a ticket there.
 */
export function isOpenThread(t: string, serves: string): string {
  return `(${serves}::uuid[] is null or not exists (
    select 1 from message m left join ticket k on k.id = m.ticket_id left join queue q on q.id = coalesce(k.queue_id, m.restricted_by)
    where m.conversation_id = ${t}.conversation_id and m.thread_id = ${t}.id
      and coalesce(q.restricted, m.ticket_id is null and m.restricted_by is not null, false) and coalesce(k.queue_id, m.restricted_by) <> all (${serves})))`;
}

/** Decides on which thread a mail leaves and who gets copies. A mail belongs to exactly one thread, under that thread's subject. */
@Injectable()
export class MailPlanner {
  constructor(
    private readonly channels: ChannelDirectory,
    private readonly tokens: ThreadTokens,
  ) {}

  async plan(sql: Sql, goal: MailGoal, message: NewMessageDto): Promise<MailPlan> {
    const { channel, identity } = goal;
    const cc = this.copies(message.cc, 'cc', identity.address);
    const bcc = this.copies(message.bcc, 'bcc', identity.address).filter((address) => !cc.includes(address));
    const thread = await this.threadOf(sql, goal, message, [identity.address, ...cc]);
    const settings = channel.account.settings as EmailSettings;
    const mailId = this.tokens.messageIdFor(
      { messageId: message.id.toLowerCase(), threadId: thread.id },
      settings.address.slice(settings.address.lastIndexOf('@') + 1),
    );
    return {
      conversationId: thread.conversation_id,
      threadId: thread.id,
      mailId,
      subject: thread.subject,
      content: {
        subject: thread.subject,
        to: [identity.address],
        ...(cc.length > 0 && { cc }),
        ...(bcc.length > 0 && { bcc }),
        ...((message.quote ?? outgoingOf(settings).quoteHistory) && { quote: true }),
      },
    };
  }

  /** Every address at which this hub reads mail: a copy to one of them would come back as a customer's. */
  ownAddresses(): string[] {
    return this.channels
      .all()
      .filter(({ kind, problem }) => kind === 'email' && problem === null)
      .flatMap(({ account }) => emailAddresses(account.settings as EmailSettings));
  }

  private copies(written: string[] | undefined, field: string, answered: string): string[] {
    const wrong = written?.find((one) => normaliseEmail(one) === null);
    if (wrong !== undefined) {
      throw invalid(field, `“${wrong}” is not an e-mail address.`);
    }
    return addressesBut(written ?? [], answered, this.ownAddresses());
  }

  /** The thread that is answered; a new one for a new mail, and for an answer under another subject. */
  private async threadOf(sql: Sql, goal: MailGoal, message: NewMessageDto, participants: string[]): Promise<ThreadRow> {
    const subject = message.subject?.trim() ?? '';
    const answered = message.threadId ? await this.getThread(sql, goal, message.threadId) : null;
    if (answered && (subject === '' || isSameSubject(answered.subject, subject))) {
      await sql.query(
        `update thread t set participants = array(select distinct one from unnest(t.participants || $2::text[]) one)
         where t.id = $1 and not t.participants @> $2::text[]`,
        [answered.id, participants],
      );
      return answered;
    }
    if (subject === '') {
      throw invalid('subject', 'A new mail needs a subject.');
    }
    const thread = {
      id: uuid(),
      conversation_id: answered?.conversation_id ?? goal.identity.conversation_id,
      subject,
    };
    await sql.query(
      `insert into thread (id, conversation_id, channel_id, subject, participants, verified) values ($1, $2, $3, $4, $5, true)`,
      [thread.id, thread.conversation_id, goal.channel.id, subject, participants],
    );
    return thread;
  }

  /** Throws notFound for a thread of another channel or person. */
  private async getThread(sql: Sql, { channel, person }: MailGoal, id: string): Promise<ThreadRow> {
    const [thread] = await sql.query<ThreadRow>(
      `select t.id, t.conversation_id, t.subject from thread t
       where t.id = $1 and t.channel_id = $2 and t.conversation_id = any ($3::uuid[]) and ${isOpenThread('t', '$4')}`,
      [id, channel.id, person.parts.map((part) => part.id), person.serves === 'all' ? null : person.serves],
    );
    if (!thread) {
      throw notFound('This thread');
    }
    return thread;
  }
}
