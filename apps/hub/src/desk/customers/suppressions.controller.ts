import { Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import type { CustomerView, Page, SuppressionView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { PageDto } from '../page.dto.js';
import { Suppressions } from './suppressions.service.js';

/** Addresses that nothing is sent to any more, because their server or their owner said so. */
@Controller('api')
@Access('agent')
export class SuppressionsController {
  constructor(private readonly suppressions: Suppressions) {}

  @Get('suppressed-addresses')
  @Access('supervisor')
  list(@Query() query: PageDto): Promise<Page<SuppressionView>> {
    return this.suppressions.list(query.before, query.limit);
  }

  /** The same by the address alone, for those who look after all of them. */
  @Delete('suppressed-addresses/:id')
  @Access('admin')
  @HttpCode(204)
  liftAny(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.suppressions.liftAny(actor, id);
  }

  /** Lets messages leave for the address again. */
  @Delete('customers/:id/identities/:identity/suppression')
  lift(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('identity', ParseUUIDPipe) identity: string,
  ): Promise<CustomerView> {
    return this.suppressions.lift(actor, id, identity);
  }
}
