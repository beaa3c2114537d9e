/* oxlint-disable typescript/no-explicit-any, typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- rows as they come, which is the point: nothing of the product says what is in them */
import type { BoardAgent, BoardQueue, BoardView } from '#contract';
import type { Sql } from '#channels';

/** A row as JSON has it; which column holds what, the database says. */
type Row = Record<string, any>;
type Raw = Record<string, Row[] | null>;

const tables = [
  'work_item',
  'assignment',
  'ticket',
  'queue',
  'queue_member',
  'agent_presence',
  'sla_clock',
  'bot_session',
  'phone_call',
  'channel',
  'board_threshold',
  'board_alert',
];

/** Rows as they are, of one moment: nothing is counted here. */
const rawRows = `
select clock_timestamp() as now, jsonb_build_object(
  ${tables.map((table) => `'${table}', (select jsonb_agg(to_jsonb(r)) from ${table} r)`).join(',\n  ')},
  'agent', (select jsonb_agg(jsonb_build_object('id', id, 'name', name, 'status', status, 'used', used_units, 'of', cap_units,
    'disabled', disabled_at is not null)) from agent),
  'message', (select jsonb_agg(jsonb_build_object('ticket_id', ticket_id, 'at', at, 'ours', author = 'agent' and direction = 'out')) from message)
) as raw`;

/** Everything that a board is counted from, of one moment. */
export interface RowsOfMoment {
  now: Date;
  raw: Raw;
}

/** What of a board can be counted again. */
export type Counted = Omit<
  BoardView,
  'at' | 'zone' | 'day' | 'thresholds' | 'alerts' | 'queues' | 'agents' | 'hands'
> & {
  queues: Omit<BoardQueue, 'isOpen' | 'name'>[];
  agents: (Pick<BoardAgent, 'id' | 'status' | 'held' | 'load'> & { tickets: string[] })[];
};

export const countedOf = (board: BoardView): Counted => ({
  waiting: board.waiting,
  waitingSince: board.waitingSince,
  atRisk: board.atRisk,
  broken: board.broken,
  agentsBy: board.agentsBy,
  bots: board.bots,
  firstReply: { of: board.firstReply.of, seconds: board.firstReply.seconds },
  hours: board.hours,
  calls: board.calls,
  queues: board.queues
    .map(({ isOpen: _isOpen, name: _name, ...rest }) => rest)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  agents: board.agents
    .map(({ id, status, held, load, tickets }) => ({ id, status, held, load, tickets: tickets.map((one) => one.id) }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
});

/** The board counted from raw rows in plain loops, by the days of UTC. `scope`: the queues that are watched; null: all. */
export async function recountBoard(sql: Sql, scope: string[] | null = null): Promise<Counted> {
  return countRows(await readRows(sql), scope);
}

export async function readRows(sql: Sql): Promise<RowsOfMoment> {
  const [row] = await sql.query<{ now: Date; raw: Raw }>(rawRows);
  return row as RowsOfMoment;
}

export function countRows({ now, raw }: RowsOfMoment, scope: string[] | null = null): Counted {
  const all = (table: string): Row[] => raw[table] ?? [];
  const today = now.toISOString().slice(0, 10);
  const isToday = (at: string | null): boolean => at !== null && new Date(at).toISOString().startsWith(today);
  const isMine = (queueId: string | null | undefined): boolean =>
    scope === null || (typeof queueId === 'string' && scope.includes(queueId));
  const tickets = new Map(all('ticket').map((ticket) => [ticket['id'], ticket]));
  const queueOf = (ticketId: string): string | undefined =>
    tickets.get(ticketId as never)?.['queue_id'] as string | undefined;
  const work = all('work_item').filter((one) => isMine(one['queue_id']));
  const waiting = work.filter(({ state }) => state === ('queued' as never) || state === ('offered' as never));
  const held = work.filter(({ state }) => state === ('assigned' as never));
  const holds = all('assignment')
    .filter((one) => one['state'] === ('accepted' as never) && held.some(({ id }) => id === one['work_item_id']))
    .map((one) => ({
      agent: one['agent_id'] as string,
      at: one['accepted_at'] as string,
      ticket: held.find(({ id }) => id === one['work_item_id'])?.['ticket_id'] as string,
    }))
    .toSorted((a, b) => (a.at > b.at ? -1 : 1));
  const clocks = all('sla_clock').filter((one) => isMine(queueOf(one['ticket_id'] as string)));
  const risks = clocks.filter(
    (one) => one['state'] === ('running' as never) && one['warned_at'] && !one['breached_at'],
  );
  const broken = clocks.filter((one) => isToday(one['breached_at']));
  const kept = clocks.filter(
    (one) => one['state'] === ('met' as never) && !one['breached_at'] && isToday(one['ended_at']),
  );
  const opened = all('ticket').filter(
    (one) => isToday(one['opened_at']) && !one['merged_into'] && !one['spam_at'] && isMine(one['queue_id']),
  );
  const solved = all('ticket').filter(
    (one) => isToday(one['solved_at']) && !one['merged_into'] && !one['spam_at'] && isMine(one['queue_id']),
  );
  const replies = opened.flatMap((ticket) => {
    const answers = all('message').filter((one) => one['ours'] && one['ticket_id'] === ticket['id']);
    const first = Math.min(...answers.map((one) => Date.parse(one['at'])));
    return answers.length === 0 ? [] : [(first - Date.parse(ticket['opened_at'])) / 1_000];
  });
  const channels = new Map(all('channel').map((channel) => [channel['id'], channel]));
  /** Of its ticket, or else of its channel. */
  const isOurs = (one: Row): boolean =>
    isMine(queueOf(one['ticket_id']) ?? channels.get(one['channel_id'])?.['queue_id']);
  const talks = all('bot_session').filter(isOurs);
  const solvedByBots = talks.filter(
    (one) =>
      isToday(one['ended_at']) &&
      !one['handed_off_at'] &&
      one['outcome'] === ('resolved' as never) &&
      one['status'] === ('ended' as never) &&
      !one['ticket_id'],
  );
  const overTalks = talks.filter((one) =>
    one['handed_off_at'] ? isToday(one['handed_off_at']) : isToday(one['ended_at']),
  );
  const calls = all('phone_call').filter(
    (one) =>
      !one['ended_at'] && one['direction'] === ('in' as never) && one['phase'] !== ('over' as never) && isOurs(one),
  );
  const inPhase = (phase: string) => calls.filter((one) => one['phase'] === (phase as never)).length;
  const members = all('queue_member').filter((one) => isMine(one['queue_id']));
  const agents = all('agent')
    .filter(
      (one) =>
        !one['disabled'] &&
        (members.some((m) => m['agent_id'] === one['id']) || holds.some(({ agent }) => agent === one['id'])),
    )
    .map((one): Counted['agents'][number] => {
      const isHere = all('agent_presence').some(
        (p) => p['agent_id'] === one['id'] && Date.parse(p['lease_until']) > now.getTime(),
      );
      const mine = holds.filter(({ agent }) => agent === one['id']);
      return {
        id: one['id'],
        status: isHere ? (one['status'] as never) : 'offline',
        held: mine.length,
        load: { used: one['used'], of: one['of'] },
        tickets: mine.slice(0, 5).map(({ ticket }) => ticket),
      };
    });
  const first = (rows: Row[]): string | null => rows.map((one) => one['enqueued_at'] as string).toSorted()[0] ?? null;
  const ofQueue = <T extends Row>(rows: T[], id: string) =>
    rows.filter((one) => (one['queue_id'] ?? queueOf(one['ticket_id'])) === id);
  const isFirst = (one: Row) => one['metric'] === ('first_response' as never);
  return {
    waiting: waiting.length,
    waitingSince: first(waiting),
    atRisk: byMetric(risks),
    broken: byMetric(broken),
    agentsBy: Object.fromEntries(
      ['online', 'busy', 'away', 'offline'].map((status) => [
        status,
        agents.filter((one) => one.status === status).length,
      ]),
    ) as Counted['agentsBy'],
    bots: { solved: solvedByBots.length, of: overTalks.length },
    firstReply: { of: replies.length, seconds: median(replies) },
    hours: { arrived: byHour(opened, 'opened_at'), solved: byHour(solved, 'solved_at') },
    calls: {
      onLine: calls.length,
      waiting: inPhase('waiting'),
      ringing: inPhase('ringing'),
      talking: inPhase('talking') + inPhase('handing'),
    },
    queues: all('queue')
      .filter((one) => !one['retired_at'] && isMine(one['id']))
      .map(({ id }) => ({
        id: id as string,
        waiting: ofQueue(waiting, id).length,
        waitingSince: first(ofQueue(waiting, id)),
        inProgress: ofQueue(held, id).length,
        staffed: agents.filter(
          (one) =>
            one.status === 'online' && members.some((m) => m['agent_id'] === (one.id as never) && m['queue_id'] === id),
        ).length,
        atRisk: ofQueue(risks, id).length,
        broken: ofQueue(broken, id).length,
        answered: {
          inTime: ofQueue(kept, id).filter(isFirst).length,
          of: ofQueue([...kept, ...broken], id).filter(isFirst).length,
        },
      }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    agents: agents.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

function byMetric(rows: Row[]): Counted['broken'] {
  const count = (metric: string) => rows.filter((one) => one['metric'] === (metric as never)).length;
  return {
    first_response: count('first_response'),
    next_response: count('next_response'),
    resolution: count('resolution'),
  };
}

function byHour(rows: Row[], column: string): number[] {
  return Array.from(
    { length: 24 },
    (_, hour) => rows.filter((one) => new Date(one[column] as string).getUTCHours() === hour).length,
  );
}

function median(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) {
    return null;
  }
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** The same text for the same numbers, in whatever order their names stand. The median is left out: clocks here know no microseconds. */
export function written(counted: Counted): string {
  return JSON.stringify({ ...counted, firstReply: counted.firstReply.of }, (_name, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
