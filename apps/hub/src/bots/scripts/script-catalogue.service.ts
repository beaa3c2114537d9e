import { Injectable } from '@nestjs/common';
import type { Sql, Statement } from '#channels';
import type { Script } from '#bots';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { liveVersion } from './live-version.query.js';

/** Who a script is looked for. `at` null: now, by the clock of the database. */
export interface ScriptAsked {
  channelId: string;
  /** The root of the person: which share of the customers they are in follows from it. */
  customerId: string;
  at: Date | null;
}

const now = 'coalesce($3::timestamptz, clock_timestamp())';

/** Hours without a calendar are always open. */
const deployed: Statement = {
  name: 'script-choose',
  text: `
select live.version_id as "versionId"
from script_deployment d
join channel ch on ch.id = d.channel_id
join script s on s.id = d.script_id and s.removed_at is null
left join queue q on q.id = ch.queue_id
cross join lateral (select coalesce(d.calendar_id, q.calendar_id) as id) calendar
cross join lateral (${liveVersion('s.id', '$2', now)}) live
where d.channel_id = $1 and d.enabled
  and live.body -> 'channels' ? case ch.kind when 'phone' then 'voice' when 'messages' then 'web' else ch.kind end
  and (d.hours = 'always' or (calendar.id is null or calendar_open(calendar.id, ${now})) = (d.hours = 'open'))
order by d.priority, d.id limit 1`,
};

const pinned: Statement = {
  name: 'script-pins',
  text: `
select s.key, live.version_id as "versionId" from script s
cross join lateral (${liveVersion('s.id', '$2', now)}) live
where s.key = any ($1::text[]) and s.removed_at is null`,
};

const mostKept = 300;
const deepest = 5;

/** The published scripts, for those who run them. A version never changes, so it is read once. */
@Injectable()
export class ScriptCatalogue {
  private readonly kept = new Map<string, Script>();

  constructor(private readonly database: Database) {}

  /** `sql`: the transaction that asks, which must not wait for a connection of somebody else's. Throws notFound for a version that is not there. */
  async open(versionId: string, sql: Sql = this.database): Promise<Script> {
    const known = this.kept.get(versionId);
    if (known) {
      return known;
    }
    const [row] = await sql.query<{ body: Script }>(
      `select body from script_version where id = $1 and status <> 'draft'`,
      [versionId],
    );
    if (!row) {
      throw notFound('This version');
    }
    this.keep(versionId, row.body);
    return row.body;
  }

  /** The version that answers this person on this channel; null: none does. Nothing has to have run for a release whose time has come. */
  async choose(sql: Sql, { channelId, customerId, at }: ScriptAsked): Promise<{ versionId: string } | null> {
    const [row] = await sql.query<{ versionId: string }>(deployed, [channelId, customerId, at]);
    return row ?? null;
  }

  /**
   * The versions of the scripts that a version calls, and that those call, by their keys: as they are live for this person now. A script
   * that is not live is not among them.
   */
  async pins(
    sql: Sql,
    { versionId, customerId, at }: { versionId: string; customerId: string; at: Date | null },
  ): Promise<Record<string, string>> {
    const found = new Map<string, string>();
    let asked = callsOf(await this.open(versionId, sql));
    for (let depth = 0; depth < deepest && asked.length > 0; depth++) {
      const rows = await sql.query<{ key: string; versionId: string }>(pinned, [asked, customerId, at]);
      rows.forEach((row) => found.set(row.key, row.versionId));
      const called = new Set<string>();
      for (const row of rows) {
        callsOf(await this.open(row.versionId, sql)).forEach((key) => called.add(key));
      }
      asked = [...called].filter((key) => !found.has(key));
    }
    return Object.fromEntries(found);
  }

  private keep(versionId: string, script: Script): void {
    const [oldest] = this.kept.keys();
    if (this.kept.size >= mostKept && oldest !== undefined) {
      this.kept.delete(oldest);
    }
    this.kept.set(versionId, script);
  }
}

/** The keys of the scripts that a script calls. */
export function callsOf(script: Script): string[] {
  const called = Object.values(script.nodes).flatMap((node) => (node.do === 'call' ? [node.script] : []));
  return [...new Set(called)];
}
