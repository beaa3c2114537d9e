import {
  readActions,
  readCondition,
  readRuleEvent,
  referencesOf,
  Unreadable,
  type Rule,
  type RuleReference,
} from '#tickets';
import type { Sql } from '#channels';

export interface RuleRow {
  id: string;
  name: string;
  enabled: boolean;
  position: number;
  event: string;
  terms: Record<string, unknown>;
  conditions: unknown;
  actions: unknown;
  stops: boolean;
  maxPerHour: number;
  since: Date;
  version: number;
  changedAt: Date;
}

export const ruleRows = `
select r.id, r.name, r.enabled, r.position, r.event, r.terms, r.conditions, r.actions, r.stops, r.max_per_hour as "maxPerHour", r.since,
       r.version, r.changed_at as "changedAt"
from rule r`;

/** A rule as it decides. @throws Unreadable where what is stored cannot be read, e.g. after a step back to an older version. */
export function readRule(row: RuleRow): Rule {
  return {
    id: row.id,
    event: readRuleEvent({ on: row.event, ...row.terms }),
    conditions: readCondition(row.conditions),
    actions: readActions(row.actions),
    stops: row.stops,
    maxPerHour: row.maxPerHour,
    since: row.since.getTime(),
  };
}

/** What keeps a rule from meaning what it says: something that it names and that is gone, or a part that cannot be read. */
export interface BrokenPart {
  kind: RuleReference['kind'] | 'unreadable';
  id: string;
  at: string;
}

const gone = `
select r.kind, r.id from jsonb_to_recordset($1::jsonb) as r(kind text, id text)
where not case r.kind
  when 'queue' then exists (select 1 from queue q where q.id::text = r.id and q.retired_at is null)
  when 'agent' then exists (select 1 from agent a where a.id::text = r.id and a.disabled_at is null)
  when 'channel' then exists (select 1 from channel c where c.id::text = r.id)
  when 'field' then exists (select 1 from ticket_field f where f.key = r.id and f.retired_at is null)
  when 'state_name' then exists (select 1 from ticket_state_name n where n.id::text = r.id and n.retired_at is null)
  when 'canned_reply' then exists (select 1 from canned_reply y where y.id::text = r.id and y.owner_id is null)
  when 'survey' then exists (select 1 from survey s where s.id::text = r.id)
  when 'webhook' then exists (select 1 from webhook w where w.id::text = r.id)
end`;

export interface ReadRules {
  /** Those that can be asked, in their order. */
  rules: Rule[];
  /** What is wrong with the others, by their id. */
  broken: Map<string, BrokenPart[]>;
}

/** Rules as they decide, and those that are broken: they refer to something that is gone. One statement asks for all of them. */
export async function readRules(sql: Sql, rows: readonly RuleRow[]): Promise<ReadRules> {
  const broken = new Map<string, BrokenPart[]>();
  const read = rows.flatMap((row) => {
    try {
      return [readRule(row)];
    } catch (error) {
      if (!(error instanceof Unreadable)) {
        throw error;
      }
      broken.set(row.id, [{ kind: 'unreadable', id: error.detail, at: error.field }]);
      return [];
    }
  });
  const references = new Map(read.map((rule) => [rule.id, referencesOf(rule.conditions, rule.actions)]));
  const missing = await missingOf(sql, [...references.values()].flat());
  for (const [id, list] of references) {
    const parts = list.filter((one) => missing.has(`${one.kind} ${one.id}`));
    if (parts.length > 0) {
      broken.set(id, parts);
    }
  }
  return { rules: read.filter(({ id }) => !broken.has(id)), broken };
}

async function missingOf(sql: Sql, references: readonly RuleReference[]): Promise<Set<string>> {
  if (references.length === 0) {
    return new Set();
  }
  const asked = JSON.stringify(references.map(({ kind, id }) => ({ kind, id })));
  const rows = await sql.query<{ kind: string; id: string }>(gone, [asked]);
  return new Set(rows.map(({ kind, id }) => `${kind} ${id}`));
}
