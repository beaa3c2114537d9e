import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { ScriptConnectorTestView, ScriptConnectorView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { ChangeConnectorDto, NewConnectorDto, TestConnectorDto } from './connectors.dto.js';
import { Connectors } from './connectors.service.js';

/** The lookups that scripts may make. */
@Controller('api/scripts/connectors')
@Access('admin', 'automation.manage')
export class ConnectorsController {
  constructor(private readonly connectors: Connectors) {}

  @Get()
  @Access('supervisor', 'automation.manage')
  list(): Promise<ScriptConnectorView[]> {
    return this.connectors.list();
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewConnectorDto): Promise<ScriptConnectorView> {
    return this.connectors.create(actor, body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeConnectorDto,
  ): Promise<ScriptConnectorView> {
    return this.connectors.change(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.connectors.remove(actor, id);
  }

  /** Looks something up now and shows what a script would get. */
  @Post(':id/test')
  @HttpCode(200)
  test(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { args }: TestConnectorDto,
  ): Promise<ScriptConnectorTestView> {
    return this.connectors.test(actor, id, args);
  }
}
