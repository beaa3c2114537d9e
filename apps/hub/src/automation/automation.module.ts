import { Global, Module } from '@nestjs/common';
import { RouterSweeper } from './router.sweeper.js';
import { TicketTelling } from './ticket-telling.service.js';

/** What happens next: routing now; bots, rules and SLA join here. */
@Global()
@Module({ providers: [RouterSweeper, TicketTelling], exports: [TicketTelling] })
export class AutomationModule {}
