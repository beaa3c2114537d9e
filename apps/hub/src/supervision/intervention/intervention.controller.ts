import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import type { AgentWorkView, BulkRunView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { RepeatsByItself } from '../../platform/http/idempotency-interceptor.js';
import { AgentWork } from './agent-work.service.js';
import { ForcedStatusDto, HandOverDto, TakeOverDto } from './intervention.dto.js';
import { TakeOvers } from './take-overs.service.js';

/** What supervisors do with the work of their agents. */
@Controller('api')
@Access('supervisor', 'work.steer')
export class InterventionController {
  constructor(
    private readonly takeOvers: TakeOvers,
    private readonly work: AgentWork,
  ) {}

  /** Only from whoever had it when the caller looked. */
  @Post('tickets/:id/take-over')
  @HttpCode(204)
  takeOver(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) ticketId: string,
    @Body() { from, reason }: TakeOverDto,
  ): Promise<void> {
    return this.takeOvers.take(actor, ticketId, { from, reason });
  }

  /** What an agent has in the queues that the caller watches. */
  @Get('agents/:id/work')
  readWork(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) agentId: string): Promise<AgentWorkView> {
    return this.work.read(actor, agentId);
  }

  /** All of that goes to somebody else; what another takes meanwhile stays theirs. */
  @Post('agents/:id/hand-over')
  @HttpCode(202)
  @RepeatsByItself()
  handOver(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) agentId: string,
    @Body() body: HandOverDto,
  ): Promise<BulkRunView> {
    return this.work.handOver(actor, agentId, body);
  }

  @Put('agents/:id/status')
  @HttpCode(204)
  forceStatus(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) agentId: string,
    @Body() body: ForcedStatusDto,
  ): Promise<void> {
    return this.work.force(actor, agentId, body);
  }
}
