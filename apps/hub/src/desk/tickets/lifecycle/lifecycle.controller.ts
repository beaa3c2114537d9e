import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import type {
  IncidentAnswerView,
  SolvedFamilyView,
  TicketChangeView,
  TicketDetailView,
  TicketMergePreview,
  TicketUndoView,
} from '#contract';
import { Access } from '../../../auth/access-rule.js';
import type { Actor } from '../../../auth/actor.js';
import { CurrentActor } from '../../../auth/current-actor.js';
import { RepeatsByItself } from '../../../platform/http/idempotency-interceptor.js';
import { IncidentAnswers } from './incident-answers.service.js';
import { IncidentAnswerDto, MergeTicketDto, MovesDto, ParentDto, SplitDto } from './lifecycle.dto.js';
import { MessageMoves } from './message-moves.service.js';
import { TicketChanges } from './ticket-changes.service.js';
import { TicketFamilies } from './ticket-families.service.js';
import { TicketMerges } from './ticket-merges.service.js';
import { TicketReader } from './ticket-reader.service.js';

@Controller('api')
@Access('agent')
export class LifecycleController {
  constructor(
    private readonly reader: TicketReader,
    private readonly merges: TicketMerges,
    private readonly moves: MessageMoves,
    private readonly changes: TicketChanges,
    private readonly families: TicketFamilies,
    private readonly answers: IncidentAnswers,
  ) {}

  /** A ticket by its id or its number. A number that was merged leads to the ticket that took it in. */
  @Get('tickets/:ref')
  get(@CurrentActor() actor: Actor, @Param('ref') ref: string): Promise<TicketDetailView> {
    return this.reader.get(actor, ref);
  }

  @Get('tickets/:id/merge')
  previewMerge(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { into }: MergeTicketDto,
  ): Promise<TicketMergePreview> {
    return this.merges.preview(actor, id, into);
  }

  @Post('tickets/:id/merge')
  @HttpCode(200)
  merge(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { into }: MergeTicketDto,
  ): Promise<TicketChangeView> {
    return this.merges.merge(actor, id, into);
  }

  @Post('conversations/:id/moves')
  @HttpCode(200)
  move(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: MovesDto,
  ): Promise<TicketChangeView> {
    return this.moves.move(actor, id, body);
  }

  @Post('conversations/:id/splits')
  split(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: SplitDto,
  ): Promise<TicketChangeView> {
    return this.moves.split(actor, id, body);
  }

  @Post('ticket-changes/:id/undo')
  @HttpCode(200)
  undo(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<TicketUndoView> {
    return this.changes.undo(actor, id);
  }

  @Put('tickets/:id/parent')
  setParent(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { parentId }: ParentDto,
  ): Promise<TicketDetailView> {
    return this.families.setParent(actor, id, parentId);
  }

  @Post('tickets/:id/children/solve')
  @HttpCode(200)
  solveChildren(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<SolvedFamilyView> {
    return this.families.solveChildren(actor, id);
  }

  @Get('tickets/:id/answers')
  listAnswers(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<IncidentAnswerView[]> {
    return this.answers.list(actor, id);
  }

  @Post('tickets/:id/answers')
  @RepeatsByItself()
  answer(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: IncidentAnswerDto,
  ): Promise<IncidentAnswerView> {
    return this.answers.write(actor, id, body);
  }
}
