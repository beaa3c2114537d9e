import { Module } from '@nestjs/common';
import { ListLines } from '../conversations/list-lines.service.js';
import { SavedViewsController } from './saved-views.controller.js';
import { SavedViews } from './saved-views.service.js';
import { ViewCounter } from './view-counter.service.js';
import { ViewLists } from './view-lists.service.js';
import { ViewPages } from './view-pages.service.js';

/** Lists that somebody described by a filter: kept, paged and counted. */
@Module({
  controllers: [SavedViewsController],
  providers: [ListLines, SavedViews, ViewCounter, ViewLists, ViewPages],
  exports: [ListLines, SavedViews, ViewCounter, ViewLists, ViewPages],
})
export class ViewsModule {}
