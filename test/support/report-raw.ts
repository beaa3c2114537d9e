import type { Sql } from '#channels';
import type { ReportBy } from '#contract';

/** A thing that happened, as its own rows tell it. */
export interface Happened {
  source: string;
  kind: string;
  at: number;
  amount: number;
  value: number;
  ticket: string | null;
  dims: Partial<Record<ReportBy, string[]>>;
}

/** Columns of the rows below; each statement has some of them. */
type Told = Record<
  | 'ticket'
  | 'kind'
  | 'agent'
  | 'metric'
  | 'state'
  | 'survey'
  | 'queue'
  | 'channel'
  | 'rule'
  | 'bot'
  | 'campaign'
  | 'status'
  | 'outcome',
  string
> &
  Record<
    'at' | 'broken' | 'ended' | 'asked' | 'answered' | 'score' | 'started' | 'handed' | 'sent' | 'decided' | 'out',
    number
  >;

interface Known {
  id: string;
  opened: number;
  queue: string;
  owner: string | null;
  tags: string[];
  channel: string | null;
}

interface Spoken {
  ticket: string;
  at: number;
  author: string;
  agent: string | null;
  channel: string | null;
  counts: boolean;
}

interface Held {
  ticket: string;
  class: string;
  accepted: number;
  ended: number | null;
  agent: string;
}

interface More {
  value?: number;
  agent?: string | null;
  channel?: string | null;
  queue?: string;
  subject?: Partial<Record<ReportBy, string[]>>;
  source?: string;
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

function of(ticket: Known, kind: string, at: number, more: More = {}): Happened {
  const dims = {
    queue: [more.queue ?? ticket.queue],
    channel: [more.channel ?? ticket.channel ?? ''],
    agent: [more.agent ?? ''],
    owner: [ticket.owner ?? ''],
    tag: ticket.tags.length === 0 ? [''] : ticket.tags,
    ...more.subject,
  } as Happened['dims'];
  return { source: more.source ?? 'facts', kind, at, amount: 1, value: more.value ?? 1, ticket: ticket.id, dims };
}

/** Everything that happened, row by row, without the hub's facts and without its SQL. */
export async function everythingOf(sql: Sql): Promise<Happened[]> {
  const spoken = Map.groupBy(
    await sql.query<Spoken & Record<string, unknown>>(
      `select ticket_id as ticket, ${ms('at')} as at, author, author_id as agent, channel_id as channel,
              direction <> 'internal' and kind <> 'event' as counts
       from message where ticket_id is not null order by at, id`,
    ),
    ({ ticket }) => ticket,
  );
  const held = await sql.query<Held & Record<string, unknown>>(
    `select w.ticket_id as ticket, w.class, ${ms('a.accepted_at')} as accepted, ${ms('a.ended_at')} as ended, a.agent_id as agent
     from assignment a join work_item w on w.id = a.work_item_id where a.accepted_at is not null`,
  );
  const rows = await sql.query<Omit<Known, 'channel'> & Record<string, unknown>>(
    `select id, ${ms('opened_at')} as opened, queue_id as queue, owner_id as owner, tags
     from ticket where merged_into is null and spam_at is null`,
  );
  const known = rows.map((row): Known => {
    const first = spoken.get(row.id)?.find(({ channel }) => channel !== null);
    return { ...row, channel: first?.channel ?? null };
  });
  const tickets = new Map(known.map((ticket) => [ticket.id, ticket]));
  return [
    ...known.flatMap((ticket) => {
      const words = (spoken.get(ticket.id) ?? []).filter(({ counts }) => counts);
      const calls = held.filter((one) => one.ticket === ticket.id);
      return [
        ...saidOf(ticket, words),
        ...answersOf(ticket, words, calls),
        ...calls.flatMap((one) => heldOf(ticket, one)),
      ];
    }),
    ...(await besideTickets(sql, tickets)),
    ...(await withoutTickets(sql, tickets)),
  ];
}

function saidOf(ticket: Known, words: Spoken[]): Happened[] {
  const kinds: Record<string, string> = { customer: 'received', agent: 'sent' };
  return [
    of(ticket, 'opened', ticket.opened, { agent: ticket.owner }),
    ...words.map(({ at, author, agent, channel }) =>
      of(ticket, kinds[author] ?? 'told', at, { channel, agent: author === 'agent' ? agent : null }),
    ),
  ];
}

function heldOf(ticket: Known, { accepted, ended, agent, class: kind }: Held): Happened[] {
  const taken = of(ticket, 'taken', accepted, { agent });
  return ended === null || kind === 'async'
    ? [taken]
    : [taken, of(ticket, 'handled', ended, { agent, value: (ended - accepted) / 1000 })];
}

/** Who waited, from the first word that nobody had answered to the answer; the first time from the opening. */
function answersOf(ticket: Known, words: Spoken[], calls: Held[]): Happened[] {
  const picked = calls
    .filter((call) => call.class === 'voice')
    .map(({ accepted, agent }) => ({ at: accepted, author: 'agent', agent, channel: null }));
  const turns = [...words.filter(({ author }) => author === 'customer' || author === 'agent'), ...picked];
  const answers: Happened[] = [];
  let waiting: number | null = null;
  let kind = 'first_reply';
  for (const { at, author, agent, channel } of turns.toSorted((a, b) => a.at - b.at)) {
    if (author === 'customer') {
      waiting ??= at;
      continue;
    }
    if (waiting !== null) {
      const since: number = kind === 'first_reply' && ticket.opened <= at ? ticket.opened : waiting;
      answers.push(of(ticket, kind, at, { value: (at - since) / 1000, agent, channel }));
    }
    waiting = null;
    kind = 'next_reply';
  }
  return answers;
}

async function besideTickets(sql: Sql, tickets: ReadonlyMap<string, Known>): Promise<Happened[]> {
  const all: Happened[] = [];
  for (const [text, tell] of beside) {
    for (const row of await sql.query<Told>(text)) {
      const ticket = tickets.get(row.ticket);
      all.push(...(ticket === undefined ? [] : tell(ticket, row)));
    }
  }
  return all;
}

const beside: [text: string, tell: (ticket: Known, row: Told) => Happened[]][] = [
  [
    `select ticket_id as ticket, kind, ${ms('at')} as at, by_id as agent from ticket_turn`,
    (ticket, { kind, at, agent }) => [
      of(ticket, kind, at, { agent, value: kind === 'solved' ? Math.max(0, (at - ticket.opened) / 1000) : 1 }),
    ],
  ],
  [
    `select ticket_id as ticket, metric || ':' || case when breached_at is null then 'kept' else 'broken' end as kind,
            ${ms('coalesce(breached_at, ended_at)')} as at from sla_clock where state = 'met' or breached_at is not null`,
    (ticket, { kind, at }) => [of(ticket, kind, at, { source: 'promises', agent: ticket.owner })],
  ],
  [
    `select ticket_id as ticket, kind || ':asked' as kind, ${ms('asked_at')} as at, 1 as score, survey_id as survey, queue_id as queue,
            agent_id as agent, channel_id as channel from survey_ask where asked_at is not null
     union all
     select ticket_id, kind || ':answered', ${ms('answered_at')}, score, survey_id, queue_id, agent_id, channel_id
     from survey_ask where answered_at is not null`,
    (ticket, { kind, at, score, survey, queue, agent, channel }) => [
      of(ticket, kind, at, { source: 'surveys', value: score, queue, agent, channel, subject: { survey: [survey] } }),
    ],
  ],
  [
    `select r.target_id as ticket, r.rule_id as rule, k.kind, ${ms('r.event_at')} as at from rule_run r
     join (values ('ran', null), ('acted', 'done'), ('refused', 'refused')) k(kind, state) on k.state is null or k.state = r.state`,
    (ticket, { rule, kind, at }) => [
      of(ticket, kind, at, { source: 'runs', agent: ticket.owner, subject: { rule: [rule] } }),
    ],
  ],
];

/** Talks with bots and told people: most have no ticket. */
async function withoutTickets(sql: Sql, tickets: ReadonlyMap<string, Known>): Promise<Happened[]> {
  const talks = await sql.query<Told>(
    `select b.ticket_id as ticket, v.script_id as bot, b.channel_id as channel, c.queue_id as queue, b.status, b.outcome,
            ${ms('b.started_at')} as started, ${ms('b.ended_at')} as ended, ${ms('b.handed_off_at')} as handed
     from bot_session b join script_version v on v.id = b.version_id left join channel c on c.id = b.channel_id`,
  );
  const told = await sql.query<Told>(
    `select p.outreach_id as campaign, p.channel_id as channel, c.queue_id as queue, p.state, ${ms('p.sent_at')} as sent, ${ms('p.decided_at')} as decided,
            exists (select 1 from message m where m.conversation_id = p.conversation_id and m.direction = 'in' and m.at > p.sent_at
                    and m.at <= p.sent_at + interval '7 days') as answered,
            exists (select 1 from customer_consent s where s.customer_id = p.person_id) as out
     from outreach_person p join channel c on c.id = p.channel_id`,
  );
  const one = (source: string, kind: string, at: number, dims: Happened['dims']): Happened => ({
    source,
    kind,
    at,
    amount: 1,
    value: 1,
    ticket: null,
    dims,
  });
  return [
    ...talks.flatMap((talk) => {
      const { bot, channel } = talk;
      const dims = { bot: [bot], channel: [channel], queue: [tickets.get(talk.ticket)?.queue ?? talk.queue] };
      return [
        one('talks', 'begun', talk.started, dims),
        ...endOf(talk).map(({ kind, at }) => one('talks', kind, at, dims)),
      ];
    }),
    ...told.flatMap(({ campaign, channel, queue, state, sent, decided, answered, out }) => {
      const dims = { campaign: [campaign], channel: [channel], queue: [queue] };
      return state === 'failed'
        ? [one('told', 'failed', decided, dims)]
        : [
            one('told', 'sent', sent, dims),
            ...(answered ? [one('told', 'answered', sent, dims)] : []),
            ...(out ? [one('told', 'opted_out', sent, dims)] : []),
          ];
    }),
  ];
}

function endOf({ status, outcome, ended, ...talk }: Told): { kind: string; at: number }[] {
  const handed: number | null = talk.handed;
  const ticket: string | null = talk.ticket;
  if (handed !== null) {
    return [{ kind: 'handed_over', at: handed }];
  }
  if (status === 'failed') {
    return [{ kind: 'failed', at: ended }];
  }
  return ticket === null && outcome === 'resolved' ? [{ kind: 'bot_solved', at: ended }] : [];
}
