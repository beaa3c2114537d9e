import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { StartLinkView } from '#contract';
import { Access } from '../../../auth/access-rule.js';
import type { Actor } from '../../../auth/actor.js';
import { CurrentActor } from '../../../auth/current-actor.js';
import { AnswerNotKept } from '../../../platform/http/idempotency-interceptor.js';
import { NewStartLinkDto } from './start-links.dto.js';
import { StartLinks } from './start-links.service.js';

/** Links by which a customer opens a chat that is theirs from its first word on. */
@Controller('api/customers/:id/start-links')
@Access('agent')
export class StartLinksController {
  constructor(private readonly links: StartLinks) {}

  @Post()
  @AnswerNotKept()
  make(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: NewStartLinkDto,
  ): Promise<StartLinkView> {
    return this.links.make(actor, id, body);
  }

  @Get()
  list(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<StartLinkView[]> {
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
