import { Injectable } from '@nestjs/common';
import type { Statement } from '#channels';
import { GuardedAccess } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { isOpenThread } from './mail-planner.service.js';

/** Where a thread of mails is to be read. */
export interface ThreadPlaceView {
  /** The person's conversation. */
  conversation: string;
  subject: string;
  /** Its newest mail; what a server reported of it comes after those. */
  message: { id: string; at: string };
}

interface ThreadRow {
  conversation_id: string;
  subject: string;
  message: string;
  at: Date;
}

const threadPlace: Statement = {
  name: 'thread-place',
  text: `
select t.conversation_id, t.subject, last.id as message, last.at
from thread t cross join lateral (
  select m.id, m.at from message m where m.conversation_id = t.conversation_id and m.thread_id = t.id
  order by m.content ? 'report', m.seq desc limit 1) last
where t.id = $1`,
};

const mayOpen: Statement = {
  name: 'thread-place-open',
  text: `select 1 from thread t where t.id = $1 and ${isOpenThread('t', '$2')}`,
};

/** Finds the thread that a mail points at, for whoever may read it; for everybody else it is not there. */
@Injectable()
export class ThreadPlace {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
  ) {}

  async find(actor: Actor, id: string): Promise<ThreadPlaceView> {
    const [row] = await this.database.query<ThreadRow>(threadPlace, [id]);
    const [found] = row ? await this.access.listPersons(actor, [row.conversation_id]) : [];
    const serves = found?.person.serves === 'all' ? null : (found?.person.serves ?? []);
    const open = found ? await this.database.query(mayOpen, [id, serves]) : [];
    if (!row || !found || open.length === 0) {
      throw notFound('This thread');
    }
    const { conversationId } = found.person;
    return {
      conversation: conversationId,
      subject: row.subject,
      message: { id: row.message, at: row.at.toISOString() },
    };
  }
}
