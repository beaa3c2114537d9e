import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query, Req } from '@nestjs/common';
import type {
  CannedFileView,
  CannedReplyView,
  OfferedReplyView,
  ReplyTrialView,
  ReplyVariableView,
  WrittenReplyView,
} from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import type { HubRequest } from '../../platform/http/exchange.js';
import { fileContentOf, fileNameOf } from '../attachments/file-name.js';
import { CannedFiles } from './canned-files.service.js';
import {
  ChangeCannedReplyDto,
  FindRepliesDto,
  NewCannedReplyDto,
  ReplyPlaceDto,
  TryTextDto,
} from './canned-replies.dto.js';
import { CannedReplies } from './canned-replies.service.js';
import { ReplyOffers } from './reply-offers.service.js';
import { ReplyTrials } from './reply-trials.service.js';

@Controller('api/canned-replies')
@Access('agent')
export class CannedRepliesController {
  constructor(
    private readonly replies: CannedReplies,
    private readonly files: CannedFiles,
    private readonly trials: ReplyTrials,
  ) {}

  /** Everybody's, and the reader's own. */
  @Get()
  list(@CurrentActor() actor: Actor): Promise<CannedReplyView[]> {
    return this.replies.list(actor);
  }

  /** What texts may name. */
  @Get('variables')
  variables(): Promise<ReplyVariableView[]> {
    return this.trials.variables();
  }

  /** How a text comes out for an imagined customer, or what is wrong with it. */
  @Post('trial')
  @HttpCode(200)
  try(@Body() { text, locale }: TryTextDto): Promise<ReplyTrialView> {
    return this.trials.try(text, locale);
  }

  /** The body is the file itself; its name comes percent-encoded in `X-File-Name`. */
  @Post('files')
  upload(@CurrentActor() actor: Actor, @Req() request: HubRequest): Promise<CannedFileView> {
    return this.files.upload(actor, fileNameOf(request), fileContentOf(request));
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewCannedReplyDto): Promise<CannedReplyView> {
    return this.replies.create(actor, body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeCannedReplyDto,
  ): Promise<CannedReplyView> {
    return this.replies.change(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.replies.remove(actor, id);
  }
}

@Controller('api/conversations/:id/canned-replies')
@Access('agent')
export class OfferedRepliesController {
  constructor(private readonly offers: ReplyOffers) {}

  /** Those that fit what was typed after `/`, as they would be written here. */
  @Get()
  find(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: FindRepliesDto,
  ): Promise<OfferedReplyView[]> {
    return this.offers.find(actor, id, query);
  }

  /** Writes one for this conversation; counts as a use. */
  @Post(':reply')
  @HttpCode(200)
  write(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('reply', ParseUUIDPipe) reply: string,
    @Body() body: ReplyPlaceDto,
  ): Promise<WrittenReplyView> {
    return this.offers.write(actor, id, reply, body);
  }
}
