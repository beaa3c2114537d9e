import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { AgentView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { AgentSettings } from './agent-settings.service.js';
import { ChangeAgentDto, NewAgentDto } from './agents.dto.js';

@Controller('api/agents')
@Access('admin')
export class AgentsController {
  constructor(private readonly agents: AgentSettings) {}

  @Get()
  @Access('agent')
  list(): Promise<AgentView[]> {
    return this.agents.list();
  }

  @Post()
  create(@Body() body: NewAgentDto): Promise<AgentView> {
    return this.agents.create(body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeAgentDto,
  ): Promise<AgentView> {
    return this.agents.change(actor, id, body);
  }
}
