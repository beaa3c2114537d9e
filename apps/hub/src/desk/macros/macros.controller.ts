import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { MacroPreviewView, MacroView, TicketView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { MacroRuns } from './macro-runs.service.js';
import { ChangeMacroDto, NewMacroDto, RunMacroDto } from './macros.dto.js';
import { Macros } from './macros.service.js';

@Controller('api/macros')
@Access('agent')
export class MacrosController {
  constructor(private readonly macros: Macros) {}

  /** Everybody's, and the reader's own. */
  @Get()
  list(@CurrentActor() actor: Actor): Promise<MacroView[]> {
    return this.macros.list(actor);
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewMacroDto): Promise<MacroView> {
    return this.macros.create(actor, body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeMacroDto,
  ): Promise<MacroView> {
    return this.macros.change(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.macros.remove(actor, id);
  }
}

@Controller('api/tickets/:id/macros')
@Access('agent')
export class TicketMacrosController {
  constructor(private readonly runs: MacroRuns) {}

  /** Those that are for the ticket's queue. */
  @Get()
  list(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<MacroView[]> {
    return this.runs.list(actor, id);
  }

  /** What it would do to this ticket as it is. */
  @Get(':macro/preview')
  preview(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('macro', ParseUUIDPipe) macro: string,
  ): Promise<MacroPreviewView> {
    return this.runs.preview(actor, id, macro);
  }

  /** Does all of it, or nothing. */
  @Post(':macro')
  @HttpCode(200)
  run(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('macro', ParseUUIDPipe) macro: string,
    @Body() { version }: RunMacroDto,
  ): Promise<TicketView> {
    return this.runs.run(actor, id, macro, version);
  }
}
