import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Put } from '@nestjs/common';
import type { SavedView, ViewCounts, ViewPreview } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { ViewCounter } from './view-counter.service.js';
import { ViewLists } from './view-lists.service.js';
import { ChangeViewDto, NewViewDto, ViewDraftDto, ViewOrderDto } from './saved-views.dto.js';
import { SavedViews } from './saved-views.service.js';

@Controller('api/views')
@Access('agent')
export class SavedViewsController {
  constructor(
    private readonly views: SavedViews,
    private readonly lists: ViewLists,
    private readonly counter: ViewCounter,
  ) {}

  @Get()
  list(@CurrentActor() actor: Actor): Promise<SavedView[]> {
    return this.views.list(actor);
  }

  /** Consoles hear them by their sockets, see 'views.counts'. */
  @Get('counts')
  counts(@CurrentActor() actor: Actor): Promise<ViewCounts> {
    return this.counter.countsOf(actor);
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewViewDto): Promise<SavedView> {
    return this.views.create(actor, body);
  }

  /** How many tickets a filter that is being written shows, and the first of them. */
  @Post('preview')
  @HttpCode(200)
  preview(@CurrentActor() actor: Actor, @Body() body: ViewDraftDto): Promise<ViewPreview> {
    return this.lists.preview(actor, body);
  }

  @Put('order')
  @HttpCode(204)
  order(@CurrentActor() actor: Actor, @Body() { ids }: ViewOrderDto): Promise<void> {
    return this.views.order(actor, ids);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeViewDto,
  ): Promise<SavedView> {
    return this.views.change(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.views.remove(actor, id);
  }
}
