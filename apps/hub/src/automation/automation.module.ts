import { Global, Module } from '@nestjs/common';
import { AbsentAgents } from './absent-agents.sweeper.js';
import { RouterSweeper } from './router.sweeper.js';
import { TicketClosing } from './ticket-closing.sweeper.js';
import { TicketTelling } from './ticket-telling.service.js';

/** What happens next: routing and closing now; bots, rules and SLA join here. */
@Global()
@Module({ providers: [AbsentAgents, RouterSweeper, TicketClosing, TicketTelling], exports: [TicketTelling] })
export class AutomationModule {}
