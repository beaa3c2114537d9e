import { Injectable } from '@nestjs/common';
import type { NoticesFrame, NoticeView, Page } from '#contract';
import { GuardedAccess } from '../auth/access.js';
import type { Actor } from '../auth/actor.js';
import { Database } from '../database/database.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { fromIdCursor } from '../platform/http/id-cursor.js';
import { Housekeeping } from '../platform/operations/housekeeping.js';
import { NoticeReader } from './notice-reader.service.js';
import { noticePage, readNotices, type NoticeRow } from './notice-rows.query.js';
import { unreadOf } from './notice-writing.query.js';
import type { NoticePageDto, ReadNoticesDto } from './notices.dto.js';

/** How long notices are kept, and how many of an agent's at most. */
const keptDays = 30;
const mostKept = 1_000;

const tooOld = `
delete from notice where id in (
  select id from notice where at < clock_timestamp() - interval '${String(keptDays)} days' limit 50000)`;

const tooMany = `
with edge as materialized (
  select a.id, (select n.id from notice n where n.agent_id = a.id order by n.id desc offset ${String(mostKept)} limit 1) as last from agent a)
delete from notice n using edge where edge.last is not null and n.agent_id = edge.id and n.id <= edge.last`;

/** What is kept for an agent to look at. */
@Injectable()
export class Notices {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly reader: NoticeReader,
    private readonly live: LiveFeed,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('notices', async () => {
      await database.query(tooOld);
      await database.query(tooMany);
    });
  }

  async page(actor: Actor, { before, limit }: NoticePageDto): Promise<Page<NoticeView>> {
    const rows = await this.database.query<NoticeRow & Record<string, unknown>>(noticePage, [
      actor.id,
      fromIdCursor(before),
      limit,
    ]);
    const next = rows.length === limit ? (rows.at(-1)?.id ?? null) : null;
    return { rows: await this.reader.present(actor, rows), next };
  }

  async countUnread(agentId: string): Promise<number> {
    const [row] = await this.database.query<{ unread: number }>(unreadOf, [[agentId]]);
    return row?.unread ?? 0;
  }

  /** Marks one, those of a person, or all as read, and tells the agent's other windows. */
  async markRead(actor: Actor, { ids, conversation }: ReadNoticesDto): Promise<NoticesFrame> {
    const parts = conversation === undefined ? null : await this.partsOf(actor, conversation);
    const read = await this.database.query(readNotices, [actor.id, ids ?? null, parts]);
    const frame = { unread: await this.countUnread(actor.id), isNews: false };
    if (read.length > 0) {
      this.live.toAgents([`agent:${actor.id}`], 'notices.changed', frame);
    }
    return frame;
  }

  private async partsOf(actor: Actor, conversation: string): Promise<string[]> {
    const { parts } = await this.access.getPerson(actor, conversation);
    return parts.map(({ id }) => id);
  }
}
