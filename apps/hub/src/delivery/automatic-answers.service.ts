import { Injectable, Logger } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import {
  answerBudget,
  emailAddresses,
  refusalToAnswer,
  type AnswerRefusal,
  type EmailSettings,
  type MessageContent,
} from '#channels';
import type { Transaction } from '../database/database.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';

/** A mail that something of ours would answer by itself. */
export interface Answerable {
  channelId: string;
  threadId: string | null;
  address: string;
  content: Pick<MessageContent, 'flags' | 'report' | 'checks'>;
  /** A bot answers each mail that is written to it: how many it may write is not for its thread to say. */
  isTalk?: boolean;
}

const hourMs = 3_600_000;

interface Counts {
  thread: number;
  day: number;
  hour: number;
  suppressed: boolean;
}

/**
 * The brake that every automatic answer passes: bots, receipts of arrival, questions for a rating. Asked in the transaction that
 * writes the answer, so that two at once cannot both find room; what it allows it counts.
 */
@Injectable()
export class AutomaticAnswers {
  private readonly logger = new Logger(AutomaticAnswers.name);

  constructor(private readonly channels: ChannelDirectory) {}

  /** @returns why not; null when it may leave, and is counted. */
  async refusal(tx: Transaction, mail: Answerable): Promise<AnswerRefusal | null> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [`automatic answer ${mail.address}`]);
    const counts = await this.countsOf(tx, mail);
    const refusal = refusalToAnswer({
      flags: mail.content.flags ?? [],
      hasReport: mail.content.report !== undefined,
      checks: mail.content.checks ?? null,
      address: mail.address,
      own: this.ownAddresses(),
      suppressed: counts.suppressed,
      inThread: mail.isTalk === true ? 0 : counts.thread,
      inDay: mail.isTalk === true ? 0 : counts.day,
      inMailboxHour: counts.hour,
    });
    if (refusal === 'mailbox_budget') {
      this.logger.warn(
        `mailbox ${mail.channelId} has answered ${counts.hour} times by itself within an hour and rests`,
      );
    }
    if (refusal === null) {
      await tx.query('insert into automatic_answer (id, channel_id, thread_id, address) values ($1, $2, $3, $4)', [
        uuid(),
        mail.channelId,
        mail.threadId,
        mail.address,
      ]);
    }
    return refusal;
  }

  private async countsOf(tx: Transaction, { channelId, threadId, address }: Answerable): Promise<Counts> {
    const [counts] = await tx.query<Counts>(
      `select (select count(*)::int from (select 1 from automatic_answer where address = $2 and thread_id = $1 limit $3) t) as thread,
              (select count(*)::int from (select 1 from automatic_answer where address = $2 and at > clock_timestamp() - interval '24 hours' limit $4) d) as day,
              (select count(*)::int from (select 1 from automatic_answer
                 where id > $5 and channel_id = $6 and at > clock_timestamp() - interval '1 hour' limit $7) h) as hour,
              exists (select 1 from suppressed_address where kind = 'email' and address = $2 and lifted_at is null) as suppressed`,
      [
        threadId,
        address,
        answerBudget.perThread,
        answerBudget.perDay,
        firstIdSince(Date.now() - 2 * hourMs),
        channelId,
        answerBudget.perMailboxHour,
      ],
    );
    return counts ?? { thread: 0, day: 0, hour: 0, suppressed: false };
  }

  /** Two mailboxes of one installation would answer each other for ever. */
  private ownAddresses(): ReadonlySet<string> {
    const mailboxes = this.channels.all().filter(({ kind }) => kind === 'email');
    return new Set(mailboxes.flatMap(({ account }) => emailAddresses(account.settings as EmailSettings)));
  }
}

/** Ids begin with when they were made, so the newest rows are found by them; twice the time is allowed for clocks that differ. */
function firstIdSince(ms: number): string {
  const at = ms.toString(16).padStart(12, '0');
  return `${at.slice(0, 8)}-${at.slice(8)}-7000-8000-000000000000`;
}
