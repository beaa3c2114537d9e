import { Injectable } from '@nestjs/common';
import type { TicketChangeView, TicketMergePreview } from '#contract';
import { mergeTickets, previewMerge, type MergeRefusal } from '#tickets';
import type { Actor } from '../../../auth/actor.js';
import { recordAct } from '../../../auth/record-act.js';
import { TicketTelling } from '../../../automation/ticket-telling.service.js';
import { Database } from '../../../database/database.js';
import { conflict, invalid, notFound } from '../../../platform/errors/api-error.js';
import { PersonWork } from '../../person-work.service.js';
import { LifecycleLines } from './lifecycle-lines.service.js';
import { RelatedTickets, wouldOpen, type PlacedTicket } from './related-tickets.service.js';
import { TicketChanges } from './ticket-changes.service.js';

/** Making one ticket of two that are about the same. */
@Injectable()
export class TicketMerges {
  constructor(
    private readonly database: Database,
    private readonly people: PersonWork,
    private readonly related: RelatedTickets,
    private readonly telling: TicketTelling,
    private readonly lines: LifecycleLines,
    private readonly changes: TicketChanges,
  ) {}

  /** What a merge would do. Changes nothing and promises nothing: the merge itself looks again under its locks. */
  async preview(actor: Actor, loserId: string, winnerId: string): Promise<TicketMergePreview> {
    await this.related.check(this.database, actor, loserId);
    await this.related.check(this.database, actor, winnerId);
    const result = await previewMerge(this.database, { loserId, winnerId });
    if (result.outcome === 'absent' || result.outcome === 'same' || result.outcome === 'other_person') {
      throw refusal(result);
    }
    const placed = await this.related.place(this.database, [loserId, winnerId]);
    const [from, into] = [loserId, winnerId].map((id) => placed.get(id)) as [PlacedTicket, PlacedTicket];
    const shown = await this.related.show(this.database, actor, [loserId, winnerId]);
    const view = {
      from: shown.get(loserId) as TicketMergePreview['from'],
      into: shown.get(winnerId) as TicketMergePreview['into'],
    };
    if (result.outcome !== 'possible') {
      return { ...view, messages: 0, holder: null, refused: result.outcome };
    }
    const refused = wouldOpen(from, into) ? 'restricted' : null;
    return { ...view, messages: result.messages, holder: result.holder, refused };
  }

  async merge(actor: Actor, loserId: string, winnerId: string): Promise<TicketChangeView> {
    // Before anything of the ticket is looked at, so that one that is not theirs and one that is not there look the same.
    await this.related.check(this.database, actor, loserId);
    const placed = (await this.related.place(this.database, [loserId])).get(loserId);
    if (!placed) {
      throw notFound('This ticket');
    }
    const journalId = await this.people.run(actor, placed.conversation, async (tx) => {
      await this.related.check(tx, actor, loserId);
      await this.related.check(tx, actor, winnerId);
      const under = await this.related.place(tx, [loserId, winnerId]);
      const [from, into] = [loserId, winnerId].map((id) => under.get(id)) as [PlacedTicket, PlacedTicket];
      if (from.conversation === into.conversation && wouldOpen(from, into)) {
        throw keepsSecret();
      }
      const result = await mergeTickets(tx, { loserId, winnerId, by: actor.id });
      if (result.outcome !== 'merged') {
        throw refusal(result);
      }
      await this.lines.write(tx, into, {
        name: 'ticket.merged',
        number: from.number,
        other: into.number,
        by: actor.id,
      });
      await this.telling.ended(tx, result.loser);
      await recordAct(tx, {
        actorId: actor.id,
        action: 'ticket.merged',
        subject: loserId,
        details: { into: winnerId, journal: result.journalId, messages: result.moved },
      });
      return result.journalId;
    });
    return this.changes.get(actor, journalId);
  }
}

export function keepsSecret(): Error {
  return conflict(
    'restricted',
    'This belongs to a restricted queue, and others read the ticket it would go to. Give the whole ticket to another queue first.',
  );
}

function refusal(result: MergeRefusal): Error {
  switch (result.outcome) {
    case 'absent':
      return notFound('This ticket');
    case 'same':
      return invalid('into', 'A ticket cannot be merged into itself.');
    case 'finished':
      return conflict('finished', 'One of these tickets is closed, or solved while the other is not. Reopen it first.');
    case 'other_person':
      return conflict('other_person', 'These tickets are of two customers. Merge the customers first.', 'into');
    case 'has_children':
      return conflict('has_children', 'Other tickets are its children. Give them another parent first.');
  }
}
