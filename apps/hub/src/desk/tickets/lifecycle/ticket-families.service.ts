import { Injectable } from '@nestjs/common';
import type { SolvedFamilyView, TicketDetailView } from '#contract';
import { holdBoth, setParent } from '#tickets';
import type { Actor } from '../../../auth/actor.js';
import { recordAct } from '../../../auth/record-act.js';
import { Database } from '../../../database/database.js';
import { ApiError, conflict, invalid, notFound } from '../../../platform/errors/api-error.js';
import { PersonWork } from '../../person-work.service.js';
import { TicketService } from '../ticket.service.js';
import { LifecycleLines } from './lifecycle-lines.service.js';
import { RelatedTickets, type PlacedTicket } from './related-tickets.service.js';
import { TicketReader } from './ticket-reader.service.js';

const openChildren = `
select id, number, version from ticket where parent_id = $1 and state not in ('solved', 'closed') order by number limit 500`;

/** Tickets that are about one thing, of whichever customers: a parent, and children that hear from it. */
@Injectable()
export class TicketFamilies {
  constructor(
    private readonly database: Database,
    private readonly people: PersonWork,
    private readonly related: RelatedTickets,
    private readonly lines: LifecycleLines,
    private readonly reader: TicketReader,
    private readonly tickets: TicketService,
  ) {}

  async setParent(actor: Actor, ticketId: string, parentId: string | null): Promise<TicketDetailView> {
    const ids = [ticketId, ...(parentId === null ? [] : [parentId])];
    await this.checkBoth(actor, ticketId, parentId);
    const placed = await this.related.place(this.database, ids);
    const conversations = [...placed.values()].map(({ conversation }) => conversation);
    await this.people.runAll(actor, conversations, async (tx) => {
      for (const id of ids) {
        await this.related.check(tx, actor, id);
      }
      const held = await holdBoth(tx, ids);
      const [child, parent] = [held.get(ticketId), parentId === null ? null : held.get(parentId)];
      if (!child || parent === undefined) {
        throw notFound('This ticket');
      }
      const result = await setParent(tx, { child, parent, by: actor.id });
      if (result.outcome !== 'set') {
        throw refusal(result.outcome);
      }
      if (result.before === parentId) {
        return;
      }
      await this.lines.write(tx, placed.get(ticketId) as PlacedTicket, {
        name: parent === null ? 'ticket.no_child' : 'ticket.child',
        number: child.number,
        other: parent?.number ?? null,
        by: actor.id,
      });
      const details = { parent: parentId, before: result.before };
      await recordAct(tx, { actorId: actor.id, action: 'ticket.parent_set', subject: ticketId, details });
    });
    return this.reader.get(actor, ticketId);
  }

  /** One that is not theirs and one that is not there look the same, as a ticket and as a parent. */
  private async checkBoth(actor: Actor, ticketId: string, parentId: string | null): Promise<void> {
    await this.related.check(this.database, actor, ticketId);
    if (parentId !== null && (await this.related.keepReadable(this.database, actor, [parentId])).length === 0) {
      throw noParent();
    }
  }

  /** Solves the children that this agent may work on, each by itself: one that refuses keeps no other from it. */
  async solveChildren(actor: Actor, ticketId: string): Promise<SolvedFamilyView> {
    await this.related.check(this.database, actor, ticketId);
    const children = await this.database.query<{ id: string; number: number; version: number }>(openChildren, [
      ticketId,
    ]);
    const mine = await this.related.keepReadable(
      this.database,
      actor,
      children.map(({ id }) => id),
    );
    const view: SolvedFamilyView = { solved: [], left: [] };
    for (const { id, number, version } of children) {
      const code = mine.includes(id) ? await this.solve(actor, id, version) : 'not_yours';
      if (code === null) {
        view.solved.push(number);
      } else {
        view.left.push({ number, code });
      }
    }
    return view;
  }

  /** @returns the code of the refusal; null where it is solved. */
  private async solve(actor: Actor, id: string, version: number): Promise<string | null> {
    try {
      await this.tickets.change(actor, id, { version, state: 'solved' });
      return null;
    } catch (error) {
      if (error instanceof ApiError) {
        return error.code;
      }
      throw error;
    }
  }
}

function noParent(): Error {
  return invalid('parentId', 'There is no such ticket.');
}

function refusal(outcome: 'finished' | 'too_deep' | 'same'): Error {
  switch (outcome) {
    case 'finished':
      return conflict('finished', 'One of these tickets is closed.', 'parentId');
    case 'too_deep':
      return conflict('too_deep', 'A parent has no parent, and a child no children.', 'parentId');
    case 'same':
      return invalid('parentId', 'A ticket cannot be its own parent.');
  }
}
