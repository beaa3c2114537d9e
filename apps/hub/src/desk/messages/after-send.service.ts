import { Injectable } from '@nestjs/common';
import type { Actor } from '../../auth/actor.js';
import type { Transaction } from '../../database/database.js';
import { NoteMentions } from '../tickets/properties/note-mentions.service.js';
import { TicketProperties } from '../tickets/properties/ticket-properties.service.js';
import { TicketService } from '../tickets/ticket.service.js';
import type { AfterSendDto } from './messages.dto.js';

const states = { solve: 'solved', pending: 'pending' } as const;

/** What becomes of tickets and colleagues together with a message: in its own transaction, so that one is never without the other. */
@Injectable()
export class AfterSend {
  constructor(
    private readonly tickets: TicketService,
    private readonly properties: TicketProperties,
    private readonly mentions: NoteMentions,
  ) {}

  /** Whoever a note names hears of it with the note. */
  tellNamed(...note: Parameters<NoteMentions['tell']>): Promise<void> {
    return this.mentions.tell(...note);
  }

  /** Throws as doing it alone would. A ticket that is that way already stays so. */
  async apply(tx: Transaction, actor: Actor, ticketId: string, afterwards: AfterSendDto): Promise<void> {
    if (afterwards.do === 'snooze') {
      await this.properties.snoozeIn(tx, actor, ticketId, afterwards.until ?? {});
      return;
    }
    const state = states[afterwards.do];
    const [ticket] = await tx.query<{ version: number; state: string }>(
      'select version, state from ticket where id = $1',
      [ticketId],
    );
    if (ticket && ticket.state !== state) {
      await this.tickets.changeIn(tx, actor, ticketId, { version: ticket.version, state });
    }
  }
}
