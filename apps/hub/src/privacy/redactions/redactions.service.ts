import { Injectable } from '@nestjs/common';
import type { RedactionView } from '#contract';
import { isWithheld } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { PersonWork } from '../../desk/person-work.service.js';
import { conflict, notFound } from '../../platform/errors/api-error.js';
import { SpentFiles } from '../../platform/storage/spent-files.service.js';
import { LegalHolds } from '../holds/legal-holds.service.js';
import { openErasure } from '../journal.query.js';
import {
  changeDraft,
  draftsOf,
  redactable,
  redactCopies,
  redactFiles,
  redactWords,
  unnameTicket,
} from './redact-message.query.js';
import { withoutQuote } from './without-quote.js';

interface RedactableRow {
  id: string;
  body: string;
  kind: string;
  direction: 'in' | 'out' | 'internal';
  ticket_id: string | null;
  outside: boolean;
  redacted_at: Date | null;
  restricted: boolean;
  queue_id: string | null;
  names_ticket: boolean;
}

interface DraftRow {
  agent_id: string;
  conversation_id: string;
  kind: string;
  content: Record<string, unknown>;
}

/** Takes the words and files of one message out of everything that Peyk keeps. What went over the wire is out of reach. */
@Injectable()
export class Redactions {
  constructor(
    private readonly database: Database,
    private readonly people: PersonWork,
    private readonly holds: LegalHolds,
    private readonly files: SpentFiles,
  ) {}

  /** Again changes nothing. Throws notFound for a message that the actor may not read. */
  async redact(actor: Actor, messageId: string): Promise<RedactionView> {
    const place = await this.placeOf(messageId);
    const redacted = await this.people.run(actor, place.conversation_id, async (tx, person) => {
      const [row] = await tx.query<RedactableRow & Record<string, unknown>>(redactable, [
        place.conversation_id,
        place.seq,
      ]);
      if (!row || isWithheld(row, person)) {
        throw notFound('This message');
      }
      if (row.kind === 'event') {
        throw conflict('not_redactable', 'This line is a fact and holds no words.');
      }
      if (row.redacted_at === null) {
        await this.refuseHeld(tx, person.customerId);
        await this.refuseUnsettled(tx, place);
        await this.forget(tx, { ...place, row, by: actor.id });
        await this.unquote(
          tx,
          person.parts.map(({ id }) => id),
          row.body,
        );
        await recordAct(tx, { actorId: actor.id, action: 'message.redacted', subject: messageId });
      }
      return row;
    });
    await this.files.remove();
    return {
      redactedAt: (redacted.redacted_at ?? new Date()).toISOString(),
      isElsewhere: redacted.outside && redacted.direction !== 'internal',
    };
  }

  private async placeOf(id: string): Promise<{ conversation_id: string; seq: number }> {
    const [place] = await this.database.query<{ conversation_id: string; seq: number }>(
      'select conversation_id, seq from message where id = $1',
      [id],
    );
    if (!place) {
      throw notFound('This message');
    }
    return place;
  }

  private async refuseHeld(tx: Transaction, customerId: string): Promise<void> {
    if (await this.holds.of(customerId, tx)) {
      throw conflict('on_hold', 'This customer is under a legal hold.');
    }
  }

  /** What is still on its way would leave without its words, or not at all. */
  private async refuseUnsettled(tx: Transaction, place: { conversation_id: string; seq: number }): Promise<void> {
    const [live] = await tx.query(
      `select 1 from delivery where conversation_id = $1 and seq = $2 and state in ('queued', 'sending')`,
      [place.conversation_id, place.seq],
    );
    if (live) {
      throw conflict('still_sending', 'This message is on its way. Redact it once it has left or failed.');
    }
  }

  private async forget(
    tx: Transaction,
    { conversation_id, seq, row, by }: { conversation_id: string; seq: number; row: RedactableRow; by: string },
  ): Promise<void> {
    const place = [conversation_id, seq];
    if (row.names_ticket && row.ticket_id !== null) {
      await openErasure(tx, { ids: [], tickets: [row.ticket_id], by, why: 'redaction' });
      await tx.query(unnameTicket, [row.ticket_id]);
    }
    await tx.query(redactWords, place);
    await tx.query(redactFiles, place);
    for (const statement of redactCopies) {
      await tx.query(statement, [...place, row.id, row.body]);
    }
  }

  private async unquote(tx: Transaction, conversations: string[], body: string): Promise<void> {
    for (const draft of await tx.query<DraftRow & Record<string, unknown>>(draftsOf, [conversations])) {
      const written = draft.content['body'];
      const left = typeof written === 'string' ? withoutQuote(written, body) : written;
      if (left !== written) {
        const content = JSON.stringify({ ...draft.content, body: left });
        await tx.query(changeDraft, [draft.agent_id, draft.conversation_id, draft.kind, content]);
      }
    }
  }
}
