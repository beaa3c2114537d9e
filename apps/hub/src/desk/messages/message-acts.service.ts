import { Injectable } from '@nestjs/common';
import type { MessageView } from '#contract';
import { failpoint } from '#failpoint';
import { isWithheld, type ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import type { Transaction } from '../../database/database.js';
import { unreached } from '../../delivery/mail-reports.query.js';
import { Outgoing } from '../../delivery/outgoing.service.js';
import { conflict, notFound } from '../../platform/errors/api-error.js';
import { restriction, restrictionTables } from '../message-rows.query.js';
import { PersonWork } from '../person-work.service.js';
import { MessageReader } from './message-reader.service.js';

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

/** What agents do with messages besides writing them: send again. */
@Injectable()
export class MessageActs {
  constructor(
    private readonly people: PersonWork,
    private readonly reader: MessageReader,
    private readonly outgoing: Outgoing,
  ) {}

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
}

/** Whoever may not read a message may not act on it either. */
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
