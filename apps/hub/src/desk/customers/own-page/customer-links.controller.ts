import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { CustomerLinkView } from '#contract';
import { Access } from '../../../auth/access-rule.js';
import type { Actor } from '../../../auth/actor.js';
import { CurrentActor } from '../../../auth/current-actor.js';
import { AnswerNotKept } from '../../../platform/http/idempotency-interceptor.js';
import { NewLinkDto } from '../customers.dto.js';
import { CustomerLinks } from './customer-links.service.js';

/** Links to customers' own pages, as agents make and revoke them. */
@Controller('api/customers/:id/links')
@Access('agent')
export class CustomerLinksController {
  constructor(private readonly links: CustomerLinks) {}

  @Post()
  @AnswerNotKept()
  make(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: NewLinkDto,
  ): Promise<CustomerLinkView> {
    return this.links.make(actor, id, body);
  }

  @Get()
  list(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<CustomerLinkView[]> {
    return this.links.list(actor, id);
  }

  @Delete(':link')
  @HttpCode(204)
  revoke(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('link', ParseUUIDPipe) link: string,
  ): Promise<void> {
    return this.links.revoke(actor, id, link);
  }
}
