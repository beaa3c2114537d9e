import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { ScriptDeploymentView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { ChangeDeploymentDto, NewDeploymentDto } from './deployments.dto.js';
import { Deployments } from './deployments.service.js';

/** Which scripts answer on which channels. */
@Controller('api/scripts')
@Access('admin', 'automation.manage')
export class DeploymentsController {
  constructor(private readonly deployments: Deployments) {}

  @Get('deployments')
  @Access('supervisor', 'automation.manage')
  list(): Promise<ScriptDeploymentView[]> {
    return this.deployments.list();
  }

  @Post(':id/deployments')
  create(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: NewDeploymentDto,
  ): Promise<ScriptDeploymentView> {
    return this.deployments.create(actor, id, body);
  }

  @Patch('deployments/:id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeDeploymentDto,
  ): Promise<ScriptDeploymentView> {
    return this.deployments.change(actor, id, body);
  }

  @Delete('deployments/:id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.deployments.remove(actor, id);
  }
}
