import { Injectable } from '@nestjs/common';
import type { RevisionView } from '#contract';
import { GuardedAccess, isWithheld } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { restriction, restrictionTables } from '../message-rows.query.js';

interface EditedRow {
  conversation_id: string;
  seq: number;
  restricted: boolean;
  queue_id: string | null;
}

/** What messages said before they were changed, for whoever may read the message. */
@Injectable()
export class MessageRevisions {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
  ) {}

  /** The first form first; empty for a message that was never changed. Throws notFound for one that the actor may not read. */
  async list(actor: Actor, id: string): Promise<RevisionView[]> {
    const [row] = await this.database.query<EditedRow & Record<string, unknown>>(
      `select m.conversation_id, m.seq, ${restriction} from message m ${restrictionTables} where m.id = $1`,
      [id],
    );
    const [found] = row ? await this.access.listPersons(actor, [row.conversation_id]) : [];
    if (!row || !found || isWithheld(row, found.person)) {
      throw notFound('This message');
    }
    const revisions = await this.database.query<{ number: number; body: string; until: Date }>(
      'select number, body, until from message_revision where conversation_id = $1 and seq = $2 order by number limit 200',
      [row.conversation_id, row.seq],
    );
    return revisions.map(({ number, body, until }) => ({ number, body, until: until.toISOString() }));
  }
}
