import { Injectable } from '@nestjs/common';
import type { AttemptView } from '#contract';
import { GuardedAccess, isWithheld } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { restriction, restrictionTables } from '../message-rows.query.js';

interface SentRow {
  conversation_id: string;
  seq: number;
  restricted: boolean;
  queue_id: string | null;
}

interface AttemptRow {
  id: string;
  created_at: Date;
  state: AttemptView['state'];
  attempts: number;
  address: string;
  due_at: Date;
  error_code: string | null;
  error: string | null;
  provider_id: string | null;
  missed: string[] | null;
}

/** By `delivery_of_message`. Nobody resends one message more often than this. */
const attemptsOf = `
select id, created_at, state, attempts, address, due_at, error_code, error, provider_id, missed from delivery
where conversation_id = $1 and seq = $2 order by created_at, id limit 100`;

/** How a message was sent, and sent again, for whoever may read the message. */
@Injectable()
export class MessageAttempts {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
  ) {}

  /** The first one first; empty for a message that goes nowhere. Throws notFound for one that the actor may not read. */
  async list(actor: Actor, id: string): Promise<AttemptView[]> {
    const [row] = await this.database.query<SentRow & Record<string, unknown>>(
      `select m.conversation_id, m.seq, ${restriction} from message m ${restrictionTables} where m.id = $1`,
      [id],
    );
    const [found] = row ? await this.access.listPersons(actor, [row.conversation_id]) : [];
    if (!row || !found || isWithheld(row, found.person)) {
      throw notFound('This message');
    }
    const rows = await this.database.query<AttemptRow & Record<string, unknown>>(attemptsOf, [
      row.conversation_id,
      row.seq,
    ]);
    return rows.map(presentAttempt);
  }
}

function presentAttempt(row: AttemptRow): AttemptView {
  const { id, state, attempts, address, error, missed } = row;
  return {
    id,
    at: row.created_at.toISOString(),
    state,
    tries: attempts,
    nextAt: state === 'queued' && attempts > 0 ? row.due_at.toISOString() : null,
    address,
    code: row.error_code,
    words: error,
    providerId: row.provider_id,
    missed: missed ?? [],
  };
}
