import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import type { OwnRoleView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { RoleSettings } from './role-settings.service.js';
import { ChangeRoleDto, RemoveRoleDto, RoleDto } from './roles.dto.js';

@Controller('api/roles')
@Access('admin', 'team.manage')
export class RolesController {
  constructor(private readonly roles: RoleSettings) {}

  @Get()
  list(): Promise<OwnRoleView[]> {
    return this.roles.list();
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: RoleDto): Promise<OwnRoleView> {
    return this.roles.create(actor, body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeRoleDto,
  ): Promise<OwnRoleView> {
    return this.roles.change(actor, id, body);
  }

  /** `to`: `agent`, `supervisor` or another role's id, for those who have it. */
  @Delete(':id')
  @HttpCode(204)
  remove(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { to }: RemoveRoleDto,
  ): Promise<void> {
    return this.roles.remove(actor, id, to);
  }
}
