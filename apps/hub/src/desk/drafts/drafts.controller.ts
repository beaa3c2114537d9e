import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Put, Query } from '@nestjs/common';
import type { DraftView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { DraftDto, DraftPlaceDto } from './drafts.dto.js';
import { Drafts } from './drafts.service.js';

/** What the caller has begun to write, of each conversation one reply and one note. */
@Controller('api')
@Access('agent')
export class DraftsController {
  constructor(private readonly drafts: Drafts) {}

  @Get('me/drafts')
  list(@CurrentActor() actor: Actor): Promise<DraftView[]> {
    return this.drafts.list(actor);
  }

  @Put('conversations/:id/draft')
  @HttpCode(204)
  keep(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) conversationId: string,
    @Body() { kind, content, window, joined }: DraftDto,
  ): Promise<void> {
    return this.drafts.keep(actor, { conversationId, kind, content, window }, joined);
  }

  @Delete('conversations/:id/draft')
  @HttpCode(204)
  drop(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) conversationId: string,
    @Query() { kind, window }: DraftPlaceDto,
  ): Promise<void> {
    return this.drafts.drop(actor, { conversationId, kind, window });
  }
}
