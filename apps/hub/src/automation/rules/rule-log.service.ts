import { Injectable } from '@nestjs/common';
import type { Page, RuleRunView, RuleTicketView } from '#contract';
import { Database } from '../../database/database.js';
import { invalid, notFound } from '../../platform/errors/api-error.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';

const keptDays = 90;

const page = `
select r.id, r.event_position::text as position, r.event_at as at, r.event_type as event, r.state, r.code, r.detail, r.depth, r.why, r.effects,
       r.target_id as target, t.number, t.prefix, t.conversation_id as conversation
from rule_run r left join ticket t on t.id = r.target_id
where r.rule_id = $1 and (r.event_position, r.target_id) < ($2::bigint, $3::uuid)
order by r.event_position desc, r.target_id desc limit $4`;

interface RunRow {
  id: string;
  position: string;
  at: Date;
  event: RuleRunView['event'];
  state: RuleRunView['state'];
  code: string;
  detail: string;
  depth: number;
  why: RuleRunView['why'];
  effects: RuleRunView['effects'];
  target: string;
  number: number | null;
  prefix: string | null;
  conversation: string | null;
}

/** What rules did, why, and why they did not. */
@Injectable()
export class RuleLog {
  constructor(
    private readonly database: Database,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('runs of rules', () =>
      database.query(
        `delete from rule_run where (rule_id, event_position, target_id) in (
           select rule_id, event_position, target_id from rule_run
           where state <> 'due' and event_at < clock_timestamp() - interval '${keptDays} days' limit 50000)`,
      ),
    );
  }

  async page(ruleId: string, { before, limit }: { before?: string; limit: number }): Promise<Page<RuleRunView>> {
    if ((await this.database.query('select 1 from rule where id = $1', [ruleId])).length === 0) {
      throw notFound('This rule');
    }
    const { position, target } = placeOf(before);
    const rows = await this.database.query<RunRow & Record<string, unknown>>(page, [ruleId, position, target, limit]);
    const last = rows.at(-1);
    return {
      rows: rows.map(present),
      next: last && rows.length === limit ? `${last.position}~${last.target}` : null,
    };
  }
}

const shape = /^(\d{1,18})~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function placeOf(cursor: string | undefined): { position: string; target: string } {
  if (cursor === undefined || cursor === '') {
    return { position: String(2n ** 63n - 1n), target: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
  }
  const [, position, target] = shape.exec(cursor) ?? [];
  if (position === undefined || target === undefined) {
    throw invalid('before', 'This cursor is not one of ours.');
  }
  return { position, target };
}

function present(row: RunRow): RuleRunView {
  const { id, event, state, code, detail, depth, why, effects } = row;
  return { id, at: row.at.toISOString(), event, ticket: ticketOf(row), state, code, detail, depth, why, effects };
}

function ticketOf({ target, number, prefix, conversation }: RunRow): RuleTicketView | null {
  return number === null || conversation === null ? null : { id: target, number, prefix: prefix ?? '', conversation };
}
