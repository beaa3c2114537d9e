import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { BulkRunView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { RepeatsByItself } from '../../platform/http/idempotency-interceptor.js';
import { BulkDto } from './bulk.dto.js';
import { BulkRuns } from './bulk-runs.service.js';

/** One act on many tickets, worked off in the background, and taken back as a whole. */
@Controller('api/bulk')
@Access('agent')
export class BulkController {
  constructor(private readonly runs: BulkRuns) {}

  @Post()
  @HttpCode(202)
  @RepeatsByItself()
  ask(@CurrentActor() actor: Actor, @Body() body: BulkDto): Promise<BulkRunView> {
    return this.runs.ask(actor, body);
  }

  /** The caller's own that are at work, or can be taken back. */
  @Get()
  list(@CurrentActor() actor: Actor): Promise<BulkRunView[]> {
    return this.runs.list(actor);
  }

  @Get(':id')
  read(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<BulkRunView> {
    return this.runs.read(actor, id);
  }

  @Post(':id/undo')
  @HttpCode(202)
  undo(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<BulkRunView> {
    return this.runs.undo(actor, id);
  }
}
