import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { ChannelView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { ChannelSettings } from './channel-settings.service.js';
import { ChangeChannelDto, NewChannelDto } from './channels.dto.js';

@Controller('api/channels')
@Access('admin')
export class ChannelsController {
  constructor(private readonly channels: ChannelSettings) {}

  @Get()
  @Access('agent')
  list(@CurrentActor() actor: Actor): Promise<ChannelView[]> {
    return this.channels.list(actor);
  }

  @Post()
  create(@Body() body: NewChannelDto): Promise<ChannelView> {
    return this.channels.create(body);
  }

  @Patch(':id')
  change(@Param('id', ParseUUIDPipe) id: string, @Body() body: ChangeChannelDto): Promise<ChannelView> {
    return this.channels.change(id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.channels.remove(id);
  }
}
