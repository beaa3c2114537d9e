import { Injectable } from '@nestjs/common';
import type { ListRow, Page, ViewPreview, ViewSort } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { notFound } from '../../platform/errors/api-error.js';
import { ListLines } from '../conversations/list-lines.service.js';
import type { ViewDefinition } from './fixed-views.js';
import { readDraft } from './saved-views.service.js';
import { ViewPages } from './view-pages.service.js';

const previewed = 5;

/** Views as lists of lines. */
@Injectable()
export class ViewLists {
  constructor(
    private readonly pages: ViewPages,
    private readonly lines: ListLines,
  ) {}

  async page(
    actor: Actor,
    view: ViewDefinition,
    wish: {
      queue?: string | undefined;
      tickets?: string[] | undefined;
      before?: string | null | undefined;
      limit: number;
    },
  ): Promise<Page<ListRow>> {
    const { listed, serves } = await this.pages.queuesOf(actor);
    const queues = listed.filter((id) => wish.queue === undefined || id === wish.queue);
    if (wish.queue !== undefined && queues.length === 0) {
      throw notFound('This queue');
    }
    const queue = wish.queue ?? null;
    const { rows, next } =
      wish.tickets === undefined
        ? await this.pages.page(actor, view, { queues, queue, before: wish.before ?? undefined, limit: wish.limit })
        : { rows: await this.pages.membersOf(actor, view, { queues, queue, tickets: wish.tickets }), next: null };
    return { rows: await this.lines.read(actor.id, rows, serves), next };
  }

  async preview(actor: Actor, draft: { filter: object; sort: ViewSort }): Promise<ViewPreview> {
    const filter = readDraft(draft.filter, draft.sort);
    const { listed, serves } = await this.pages.queuesOf(actor);
    const count = await this.pages.count(actor, filter, listed);
    const { rows } = await this.pages.page(
      actor,
      { filter, sort: draft.sort },
      { queues: listed, queue: null, limit: previewed },
    );
    return { ...count, rows: await this.lines.read(actor.id, rows, serves) };
  }
}
