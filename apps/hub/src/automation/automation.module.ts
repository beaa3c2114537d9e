import { Global, Module } from '@nestjs/common';
import { AbsentAgents } from './absent-agents.sweeper.js';
import { RouterSweeper } from './router.sweeper.js';
import { SlaBook } from './sla/sla-book.service.js';
import { SlaCatalogues } from './sla/sla-catalogue.service.js';
import { SlaTelling } from './sla/sla-telling.service.js';
import { SlaSweeper } from './sla/sla.sweeper.js';
import { TicketClosing } from './ticket-closing.sweeper.js';
import { TicketTelling } from './ticket-telling.service.js';

/** What happens next: routing, promises and closing now; bots and rules join here. */
@Global()
@Module({
  providers: [
    AbsentAgents,
    RouterSweeper,
    SlaBook,
    SlaCatalogues,
    SlaSweeper,
    SlaTelling,
    TicketClosing,
    TicketTelling,
  ],
  exports: [SlaBook, SlaCatalogues, SlaSweeper, TicketTelling],
})
export class AutomationModule {}
