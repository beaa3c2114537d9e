import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { SegmentCountView, SegmentPreviewView, SegmentView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { ChangeSegmentDto, NewSegmentDto, SegmentConditionDto } from './segments.dto.js';
import { Segments } from './segments.service.js';

/** A preview names customers, so it is for those who may read all of them. */
@Controller('api/segments')
@Access('supervisor', 'automation.manage')
export class SegmentsController {
  constructor(private readonly segments: Segments) {}

  @Get()
  list(): Promise<SegmentView[]> {
    return this.segments.list();
  }

  @Get(':id')
  get(@Param('id', ParseUUIDPipe) id: string): Promise<SegmentView> {
    return this.segments.get(id);
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewSegmentDto): Promise<SegmentView> {
    return this.segments.create(actor, body);
  }

  @Post('count')
  @HttpCode(200)
  countOf(@Body() body: SegmentConditionDto): Promise<SegmentCountView> {
    return this.segments.countOf(body.condition);
  }

  @Post('preview')
  @HttpCode(200)
  preview(@Body() body: SegmentConditionDto): Promise<SegmentPreviewView> {
    return this.segments.preview(body.condition);
  }

  @Post(':id/count')
  @HttpCode(200)
  count(@Param('id', ParseUUIDPipe) id: string): Promise<SegmentCountView> {
    return this.segments.count(id);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeSegmentDto,
  ): Promise<SegmentView> {
    return this.segments.change(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.segments.remove(actor, id);
  }
}
