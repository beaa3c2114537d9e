import { Global, Module } from '@nestjs/common';
import { AbsentAgents } from './absent-agents.sweeper.js';
import { DueWork } from './due-work.service.js';
import { IdleTickets } from './idle-tickets.sweeper.js';
import { Matching } from './matching.service.js';
import { OfferTelling } from './offers/offer-telling.service.js';
import { Offers } from './offers/offers.service.js';
import { RouterSweeper } from './router.sweeper.js';
import { SlaBook } from './sla/sla-book.service.js';
import { SlaCatalogues } from './sla/sla-catalogue.service.js';
import { SlaTelling } from './sla/sla-telling.service.js';
import { SlaSweeper } from './sla/sla.sweeper.js';
import { SnoozeTelling } from './snooze-telling.service.js';
import { TicketClosing } from './ticket-closing.sweeper.js';
import { TicketTelling } from './ticket-telling.service.js';

/** What happens next: routing, promises and closing now; bots and rules join here. */
@Global()
@Module({
  providers: [
    AbsentAgents,
    DueWork,
    IdleTickets,
    Matching,
    Offers,
    OfferTelling,
    RouterSweeper,
    SlaBook,
    SlaCatalogues,
    SlaSweeper,
    SlaTelling,
    SnoozeTelling,
    TicketClosing,
    TicketTelling,
  ],
  exports: [Offers, OfferTelling, SlaBook, SlaCatalogues, SlaSweeper, SnoozeTelling, TicketTelling],
})
export class AutomationModule {}
