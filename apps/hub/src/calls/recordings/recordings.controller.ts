import { Controller, Get, HttpCode, Param, ParseIntPipe, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import type { CallRecordingsView, RecordingAccessView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { RecordingDesk } from './recording-desk.service.js';
import { RecordingPauses } from './recording-pauses.service.js';
import { servePart } from './serve-part.js';

@Controller('api')
@Access('agent')
export class RecordingsController {
  constructor(
    private readonly desk: RecordingDesk,
    private readonly pauses: RecordingPauses,
  ) {}

  @Get('conversations/:conversation/calls/:seq/recordings')
  ofCall(
    @CurrentActor() actor: Actor,
    @Param('conversation', ParseUUIDPipe) conversation: string,
    @Param('seq', ParseIntPipe) seq: number,
  ): Promise<CallRecordingsView> {
    return this.desk.ofCall(actor, conversation, seq);
  }

  /** The sound, whole or in parts. */
  @Get('recordings/:id/audio')
  async audio(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: HubRequest,
    @Res() reply: HubReply,
  ): Promise<void> {
    const sound = await this.desk.open(actor, id);
    if (request.method !== 'HEAD') {
      await this.desk.noteListen(actor, id);
    }
    await servePart(request, reply, sound);
  }

  @Get('recordings/:id/access')
  @Access('supervisor')
  listens(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<RecordingAccessView> {
    return this.desk.listens(actor, id);
  }

  /** Nothing is recorded from here on. `id`: of the call, or of its message. */
  @Post('calls/:id/recording/pause')
  @HttpCode(200)
  pause(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<Pick<CallRecordingsView, 'pauses' | 'canPause'>> {
    return this.pauses.act(actor, id, 'pause');
  }

  @Post('calls/:id/recording/resume')
  @HttpCode(200)
  resume(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<Pick<CallRecordingsView, 'pauses' | 'canPause'>> {
    return this.pauses.act(actor, id, 'resume');
  }
}
