import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import type { TicketChangeView, TicketUndoView } from '#contract';
import { undoHours, undoTicketChange, type Undone } from '#tickets';
import type { Actor } from '../../../auth/actor.js';
import { recordAct } from '../../../auth/record-act.js';
import { Database, type Transaction } from '../../../database/database.js';
import { EventBus } from '../../../events/event-bus.js';
import { conflict, notFound } from '../../../platform/errors/api-error.js';
import { PersonWork } from '../../person-work.service.js';
import { TicketAccess } from '../ticket-access.service.js';
import { LifecycleLines, type LifecycleLine } from './lifecycle-lines.service.js';
import { RelatedTickets } from './related-tickets.service.js';

interface ChangeRow {
  id: string;
  kind: TicketChangeView['kind'];
  at: Date;
  actor_id: string | null;
  actor_name: string | null;
  messages: number;
  from: string | null;
  into: string;
}

const changeRows = `
select j.id, j.kind, j.at, j.actor_id, a.name as actor_name, jsonb_array_length(j.links) as messages,
       j.fields ->> 'from' as from, j.fields ->> 'into' as into
from merge_journal j left join agent a on a.id = j.actor_id
where j.kind in ('ticket_merge', 'message_move', 'ticket_split')`;

const undoable = `
  and j.at > clock_timestamp() - interval '${String(undoHours)} hours' and not exists (select 1 from merge_journal u where u.undoes = j.id)`;

const lines: Record<TicketChangeView['kind'], LifecycleLine['name']> = {
  ticket_merge: 'ticket.unmerged',
  ticket_split: 'ticket.unsplit',
  message_move: 'message.moved_back',
};

/** Merges, moves and splits after the fact: what can be taken back, and taking it back. */
@Injectable()
export class TicketChanges {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly people: PersonWork,
    private readonly related: RelatedTickets,
    private readonly lines: LifecycleLines,
    private readonly bus: EventBus,
  ) {}

  /** A change that the actor has just made, also where it led into what they may not read. */
  async get(actor: Actor, id: string): Promise<TicketChangeView> {
    const [view] = await this.present(actor, [await this.find(this.database, id)]);
    return view as TicketChangeView;
  }

  /** What brought something into a ticket and can be taken back, the latest first. */
  async listInto(actor: Actor, ticketId: string): Promise<TicketChangeView[]> {
    const rows = await this.database.query<ChangeRow & Record<string, unknown>>(
      `${changeRows} and j.fields ->> 'into' = $1 ${undoable} order by j.at desc limit 20`,
      [ticketId],
    );
    const readable = await this.access.keepReadable(
      this.database,
      actor,
      rows.map(({ into }) => into),
    );
    return this.present(
      actor,
      rows.filter(({ into }) => readable.includes(into)),
    );
  }

  async undo(actor: Actor, id: string): Promise<TicketUndoView> {
    const row = await this.find(this.database, id);
    const place = (await this.related.place(this.database, [row.into])).get(row.into);
    return this.people.run(actor, place?.conversation ?? row.into, async (tx) => {
      for (const ticketId of [row.into, ...(row.from === null ? [] : [row.from])]) {
        await this.access.check(tx, actor, ticketId);
      }
      const result = await undoTicketChange(tx, { journalId: id, by: actor.id });
      if (result.outcome !== 'undone') {
        throw refusal(result.outcome);
      }
      await this.tell(tx, actor, row, result);
      await recordAct(tx, {
        actorId: actor.id,
        action: lines[row.kind],
        subject: row.from ?? row.into,
        details: { journal: id, restored: result.restored, kept: result.kept },
      });
      return { kind: row.kind, restored: result.restored, kept: result.kept };
    });
  }

  private async tell(tx: Transaction, actor: Actor, row: ChangeRow, undone: Undone): Promise<void> {
    // The line stands where the messages are again; a split that is taken back leaves its ticket empty.
    const placed = await this.related.place(tx, [row.into, ...(row.from === null ? [] : [row.from])]);
    const into = placed.get(row.into);
    const from = row.from === null ? undefined : placed.get(row.from);
    const [here, other] = [from ?? into, from ? into : undefined];
    if (here) {
      const event = {
        name: lines[row.kind],
        number: here.number,
        other: other?.number ?? null,
        count: undone.restored,
      };
      await this.lines.write(tx, here, { ...event, by: actor.id });
    }
    if (undone.queued !== null) {
      this.bus.emitAfterCommit(tx, 'work.queued', { queueId: undone.queued });
    }
    if (undone.agentId !== null) {
      this.bus.emitAfterCommit(tx, 'load.moved', { agentId: undone.agentId });
      this.bus.emitAfterCommit(tx, 'agent.available', { agentId: undone.agentId });
    }
  }

  private async find(sql: Sql, id: string): Promise<ChangeRow> {
    const [row] = await sql.query<ChangeRow & Record<string, unknown>>(`${changeRows} and j.id = $1`, [id]);
    if (!row) {
      throw notFound('This change');
    }
    return row;
  }

  private async present(actor: Actor, rows: ChangeRow[]): Promise<TicketChangeView[]> {
    const ids = rows.flatMap(({ from, into }) => [into, ...(from === null ? [] : [from])]);
    const shown = await this.related.show(this.database, actor, ids);
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      at: row.at.toISOString(),
      undoUntil: new Date(row.at.getTime() + undoHours * 3_600_000).toISOString(),
      by: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? '' },
      messages: row.messages,
      from: row.from === null ? null : (shown.get(row.from) ?? null),
      into: shown.get(row.into) as TicketChangeView['into'],
    }));
  }
}

function refusal(outcome: 'absent' | 'too_late' | 'undone_already' | 'moved_on'): Error {
  switch (outcome) {
    case 'absent':
      return notFound('This change');
    case 'too_late':
      return conflict('too_late', `This can be taken back for ${String(undoHours)} hours, and those are over.`);
    case 'undone_already':
      return conflict('undone_already', 'This was taken back already.');
    case 'moved_on':
      return conflict(
        'moved_on',
        'Too much has happened since: the ticket goes on elsewhere. Move the messages by hand.',
      );
  }
}
