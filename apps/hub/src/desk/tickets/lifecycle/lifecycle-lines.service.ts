import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';

/** What a line says: `number` is its ticket's, `other` that of the ticket on the other side. */
export interface LifecycleLine {
  name:
    | 'ticket.merged'
    | 'ticket.unmerged'
    | 'ticket.split'
    | 'ticket.unsplit'
    | 'message.moved'
    | 'message.moved_back'
    | 'ticket.child'
    | 'ticket.no_child';
  number: number;
  other: number | null;
  count?: number;
}

/** Lines on the timeline that say what became of tickets. */
@Injectable()
export class LifecycleLines {
  async write(
    tx: Sql,
    ticket: { id: string; row: string },
    { by, ...event }: LifecycleLine & { by: string },
  ): Promise<void> {
    await tx.query(
      `insert into message (id, conversation_id, ticket_id, direction, author, author_id, kind, content)
       values ($1, $2, $3, 'internal', 'agent', $4, 'event', jsonb_build_object('event', $5::jsonb))`,
      [uuid(), ticket.row, ticket.id, by, JSON.stringify(event)],
    );
  }
}
