import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import type { ChannelRecordingView, QueueRecordingView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { ChannelRecordingDto, QueueRecordingDto } from './recording-policies.dto.js';
import { RecordingPolicies } from './recording-policies.service.js';

@Controller('api')
@Access('admin', 'privacy.manage')
export class RecordingPoliciesController {
  constructor(private readonly policies: RecordingPolicies) {}

  @Get('queues/:id/recording')
  ofQueue(@Param('id', ParseUUIDPipe) id: string): Promise<QueueRecordingView> {
    return this.policies.ofQueue(id);
  }

  @Put('queues/:id/recording')
  changeQueue(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: QueueRecordingDto,
  ): Promise<QueueRecordingView> {
    return this.policies.changeQueue(actor, id, body);
  }

  @Get('channels/:id/recording')
  ofChannel(@Param('id', ParseUUIDPipe) id: string): Promise<ChannelRecordingView> {
    return this.policies.ofChannel(id);
  }

  @Put('channels/:id/recording')
  changeChannel(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChannelRecordingDto,
  ): Promise<ChannelRecordingView> {
    return this.policies.changeChannel(actor, id, body);
  }
}
