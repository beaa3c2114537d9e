import type { Sql } from '#channels';
import type { BrokenAction } from '#contract';
import type { TicketAction } from '#tickets';

type Kind = Exclude<BrokenAction['what'], 'unreadable'>;

interface Named {
  what: Kind;
  /** An id, a field's key, or a state with its name. */
  key: string;
}

/** What there is of the things that actions name. `ownerId`: of a personal canned reply. */
export class NamedThings {
  constructor(private readonly rows: ReadonlyMap<string, { name: string; ownerId: string | null }>) {}

  /** Which of the actions name something that is gone, or that is not there for everybody who may run them. */
  findBroken(actions: readonly TicketAction[], macroOwnerId: string | null): BrokenAction[] {
    return actions.flatMap((action, index) => {
      const named = namedBy(action);
      return named === null || this.isThere(named, macroOwnerId) ? [] : [{ index, what: named.what }];
    });
  }

  private isThere(named: Named, macroOwnerId: string | null): boolean {
    const row = this.rows.get(keyOf(named));
    return row !== undefined && (row.ownerId === null || row.ownerId === macroOwnerId);
  }

  /** What ids are called. */
  names(): Record<string, string> {
    return Object.fromEntries([...this.rows].map(([key, { name }]) => [key.slice(key.indexOf(':') + 1), name]));
  }
}

interface Row {
  what: Kind;
  key: string;
  name: string;
  owner_id: string | null;
}

const known = `
select 'queue' as what, id::text as key, name, null::uuid as owner_id from queue where id = any ($1::uuid[]) and retired_at is null
union all select 'agent', id::text, name, null from agent where id = any ($2::uuid[]) and disabled_at is null
union all select 'field', key, key, null from ticket_field where key = any ($3::text[]) and retired_at is null
union all select 'canned_reply', id::text, title, owner_id from canned_reply where id = any ($4::uuid[])
union all select 'survey', id::text, name, null from survey where id = any ($5::uuid[])
union all select 'webhook', id::text, name, null from webhook where id = any ($6::uuid[]) and enabled
union all select 'state', state || '/' || said, said, null
          from ticket_state_name, lateral (select id::text as said union all select value from jsonb_each_text(name)) n
          where retired_at is null and state || '/' || said = any ($7::text[])`;

const order: Kind[] = ['queue', 'agent', 'field', 'canned_reply', 'survey', 'webhook', 'state'];

export async function readNamedThings(sql: Sql, actions: readonly TicketAction[]): Promise<NamedThings> {
  const named = actions.map(namedBy).filter((one) => one !== null);
  const values = order.map((kind) => named.filter(({ what }) => what === kind).map(({ key }) => key));
  const rows = await sql.query<Row & Record<string, unknown>>(known, values);
  return new NamedThings(new Map(rows.map((row) => [keyOf(row), { name: row.name, ownerId: row.owner_id }])));
}

function keyOf({ what, key }: Named): string {
  return `${what}:${key}`;
}

type Namers = { [Do in TicketAction['do']]?: (action: Extract<TicketAction, { do: Do }>) => Named | null };

const someone = ({ agentId }: { agentId: string | null }): Named | null =>
  agentId === null || agentId === 'actor' ? null : { what: 'agent', key: agentId };

const namers: Namers = {
  move_to_queue: ({ queueId }) => ({ what: 'queue', key: queueId }),
  assign: someone,
  follow: someone,
  set_field: ({ field }) => ({ what: 'field', key: field }),
  set_state: ({ state, stateName }) =>
    stateName === undefined ? null : { what: 'state', key: `${state}/${stateName}` },
  canned_reply: ({ cannedReplyId }) => ({ what: 'canned_reply', key: cannedReplyId }),
  ask_survey: ({ surveyId }) => ({ what: 'survey', key: surveyId }),
  call_webhook: ({ webhookId }) => ({ what: 'webhook', key: webhookId }),
};

/** What an action needs to be there; null where it needs nothing. */
function namedBy(action: TicketAction): Named | null {
  const namer = namers[action.do] as ((one: TicketAction) => Named | null) | undefined;
  return namer?.(action) ?? null;
}
