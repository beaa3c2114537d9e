import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import type { BoardAlert, BoardThreshold, BoardView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { Database } from '../../database/database.js';
import { BoardReader } from './board-reader.service.js';
import { boardScope } from './board-scope.js';
import { BoardThresholds } from './board-thresholds.service.js';
import { ThresholdDto } from './board.dto.js';

/** How the contact centre fares at this moment. Consoles are told what changes, see `board.watch` on the socket. */
@Controller('api/board')
@Access('supervisor', 'board.watch')
export class BoardController {
  constructor(
    private readonly database: Database,
    private readonly reader: BoardReader,
    private readonly thresholds: BoardThresholds,
  ) {}

  @Get()
  async read(@CurrentActor() actor: Actor): Promise<BoardView> {
    return this.reader.read(await boardScope(this.database, actor));
  }

  /** The latest hundred, those that are over as well. */
  @Get('alerts')
  alerts(@CurrentActor() actor: Actor): Promise<BoardAlert[]> {
    return this.thresholds.listAlerts(actor);
  }

  /** Sets a limit, in place of the one that was set before. */
  @Put('thresholds')
  setThreshold(@CurrentActor() actor: Actor, @Body() body: ThresholdDto): Promise<BoardThreshold> {
    return this.thresholds.set(actor, body);
  }

  @Delete('thresholds/:id')
  @HttpCode(204)
  removeThreshold(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.thresholds.remove(actor, id);
  }
}
