import { Injectable } from '@nestjs/common';
import type { ViewCounts } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { countedViews } from './fixed-views.js';
import { SavedViews } from './saved-views.service.js';
import { ViewPages } from './view-pages.service.js';

/** How many tickets each list of an agent shows. */
@Injectable()
export class ViewCounter {
  constructor(
    private readonly views: SavedViews,
    private readonly pages: ViewPages,
  ) {}

  /** One after the other, so that whoever counts holds one connection: it is read in the background, and often. */
  async countsOf(actor: Actor): Promise<ViewCounts> {
    const { listed } = await this.pages.queuesOf(actor);
    const counts: ViewCounts = {};
    for (const [name, filter] of Object.entries(countedViews)) {
      counts[name] = await this.pages.count(actor, filter, listed);
    }
    for (const { id, filter } of await this.views.list(actor)) {
      counts[`v-${id}`] = await this.pages.count(actor, filter, listed);
    }
    for (const [id, count] of await this.pages.countQueues(listed)) {
      counts[`q-${id}`] = count;
    }
    return counts;
  }
}
