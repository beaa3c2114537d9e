import type { Sql } from '#channels';
import type { ScriptListView, ScriptPersonView, ScriptReleaseView, ScriptVersionView } from '#contract';
import { liveForAll } from './live-version.query.js';

const person = (id: string): string =>
  `(select jsonb_build_object('id', a.id, 'name', a.name) from agent a where a.id = ${id})`;

/** The version that a share of the customers gets, where it is later than what is live for all. */
const canary = `
  select v.version, r.percent from script_release r join script_version v on v.id = r.version_id
  where r.script_id = s.id and r.cancelled_at is null and r.live_at <= clock_timestamp() and r.percent < 100
    and (live.live_at is null or (r.live_at, r.id) > (live.live_at, live.release_id))
  order by r.live_at desc, r.id desc limit 1`;

const next = `
  select v.version, r.live_at as at, r.percent from script_release r join script_version v on v.id = r.version_id
  where r.script_id = s.id and r.cancelled_at is null and r.live_at > clock_timestamp() order by r.live_at, r.id limit 1`;

const channels = `coalesce((
  select jsonb_agg(jsonb_build_object('id', ch.id, 'name', ch.name, 'kind', ch.kind, 'hours', d.hours) order by ch.name, d.priority)
  from script_deployment d join channel ch on ch.id = d.channel_id where d.script_id = s.id and d.enabled), '[]')`;

const lately = `(
  select jsonb_build_object('started', count(*), 'handedOff', count(*) filter (where b.handed_off_at is not null))
  from script_version v join bot_session b on b.version_id = v.id
  where v.script_id = s.id and b.started_at > clock_timestamp() - interval '7 days')`;

/** Scripts as lists show them; the caller adds where and order. */
export const scriptRows = `
select s.id, s.name, coalesce(s.key, '') as key, s.draft_version as "draftVersion", ${person('s.drafted_by')} as "draftedBy",
  s.drafted_at as "draftedAt", live.version as live,
  (newest.id is null or newest.source <> s.source or newest.scenarios <> s.scenarios) as "isChanged",
  (select to_jsonb(one) from (${canary}) one) as canary, (select to_jsonb(one) from (${next}) one) as next,
  ${channels} as channels, ${lately} as lately
from script s
left join lateral (${liveForAll('s.id')}) live on true
left join lateral (select v.id, v.source, v.scenarios from script_version v where v.script_id = s.id order by v.version desc limit 1) newest on true
where s.removed_at is null`;

export type ScriptRow = Omit<ScriptListView, 'draftedAt' | 'next'> & {
  draftedAt: Date;
  next: { version: number; at: string; percent: number } | null;
} & Record<string, unknown>;

export function presentScript(row: ScriptRow): ScriptListView {
  const { id, name, key, draftVersion, isChanged, draftedBy, live, canary: trial, channels: where, lately: did } = row;
  return {
    id,
    name,
    key,
    draftVersion,
    isChanged,
    draftedBy,
    draftedAt: row.draftedAt.toISOString(),
    live,
    canary: trial,
    next: row.next && { ...row.next, at: new Date(row.next.at).toISOString() },
    channels: where,
    lately: did,
  };
}

const versionRows = `
select v.id, v.version, v.published_at as "publishedAt", ${person('v.author_id')} as by, v.note, encode(v.hash, 'hex') as hash,
  v.id is not distinct from live.version_id as "isLive",
  (select count(*)::int from bot_session b where b.version_id = v.id and b.status in ('active', 'waiting', 'handed_off')) as running
from script_version v left join lateral (${liveForAll('v.script_id')}) live on true
where v.script_id = $1 and v.status <> 'draft'`;

type VersionRow = Omit<ScriptVersionView, 'publishedAt'> & { publishedAt: Date } & Record<string, unknown>;

/** Newest first. */
export async function readVersions(sql: Sql, scriptId: string): Promise<ScriptVersionView[]> {
  const rows = await sql.query<VersionRow>(`${versionRows} order by v.version desc limit 200`, [scriptId]);
  return rows.map(({ publishedAt, ...row }) => ({ ...row, publishedAt: publishedAt.toISOString() }));
}

const releaseRows = `
select r.id, v.version, r.version_id as "versionId", r.live_at as at, r.percent, ${person('r.made_by')} as by, r.kind,
  r.cancelled_at as "cancelledAt"
from script_release r join script_version v on v.id = r.version_id
where r.script_id = $1 order by r.live_at desc, r.id desc limit 100`;

interface ReleaseRow {
  id: string;
  version: number;
  versionId: string;
  at: Date;
  percent: number;
  by: ScriptPersonView | null;
  kind: ScriptReleaseView['kind'];
  cancelledAt: Date | null;
}

/** Latest first, those still to come among them. */
export async function readReleases(sql: Sql, scriptId: string): Promise<ScriptReleaseView[]> {
  const rows = await sql.query<ReleaseRow & Record<string, unknown>>(releaseRows, [scriptId]);
  return rows.map(({ at, cancelledAt, ...row }) => ({
    ...row,
    at: at.toISOString(),
    cancelledAt: cancelledAt?.toISOString() ?? null,
  }));
}
