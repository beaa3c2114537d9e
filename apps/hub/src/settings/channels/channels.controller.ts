import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { ChannelView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { ChannelSettings } from './channel-settings.service.js';
import { ChangeChannelDto, NewChannelDto } from './channels.dto.js';

@Controller('api/channels')
@Access('admin', 'channels.manage')
export class ChannelsController {
  constructor(private readonly channels: ChannelSettings) {}

  @Get()
  @Access('agent')
  list(@CurrentActor() actor: Actor): Promise<ChannelView[]> {
    return this.channels.list(actor);
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewChannelDto): Promise<ChannelView> {
    return this.channels.create(actor, body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeChannelDto,
  ): Promise<ChannelView> {
    return this.channels.change(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.channels.remove(actor, id);
  }
}
