import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { AgentSettingsView, AgentView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { AgentSettings } from './agent-settings.service.js';
import { ChangeAgentDto, NewAgentDto } from './agents.dto.js';

@Controller('api/agents')
@Access('admin', 'team.manage')
export class AgentsController {
  constructor(private readonly agents: AgentSettings) {}

  @Get()
  @Access('agent')
  list(): Promise<AgentView[]> {
    return this.agents.list();
  }

  /** Everybody, those whose account is off included, with what administrators set up. */
  @Get('settings')
  listSettings(): Promise<AgentSettingsView[]> {
    return this.agents.listSettings();
  }

  @Get(':id/settings')
  get(@Param('id', ParseUUIDPipe) id: string): Promise<AgentSettingsView> {
    return this.agents.get(id);
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewAgentDto): Promise<AgentSettingsView> {
    return this.agents.create(actor, body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeAgentDto,
  ): Promise<AgentSettingsView> {
    return this.agents.change(actor, id, body);
  }
}
