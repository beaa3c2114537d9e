import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import type { ScriptFiguresView, ScriptReplayView, ScriptSessionView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { FiguresDto, ReplayTalkDto } from './figures.dto.js';
import { Replays } from './replays.service.js';
import { ScriptFigures } from './script-figures.service.js';

/** How a script fares, and how past talks would go with another text. */
@Controller('api/scripts/:id')
@Access('supervisor', 'automation.manage')
export class FiguresController {
  constructor(
    private readonly figures: ScriptFigures,
    private readonly replays: Replays,
  ) {}

  @Get('figures')
  read(@Param('id', ParseUUIDPipe) id: string, @Query() { days }: FiguresDto): Promise<ScriptFiguresView> {
    return this.figures.read(id, days);
  }

  @Get('sessions')
  sessions(@Param('id', ParseUUIDPipe) id: string): Promise<ScriptSessionView[]> {
    return this.figures.sessions(id);
  }

  /** Plays what a customer said once against the draft, and shows what it would have answered. Keeps and sends nothing. */
  @Post('replay')
  @HttpCode(200)
  replay(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { sessionId, source }: ReplayTalkDto,
  ): Promise<ScriptReplayView> {
    return this.replays.play(actor, id, sessionId, source);
  }
}
