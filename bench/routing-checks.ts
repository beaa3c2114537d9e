import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { pickIn } from '../libs/tickets/src/routing/pick-work.js';
import type { DatabaseServer } from './database-server.js';

/** What must be 0, by name. */
export type Faults = Record<string, number>;

/** Who held what, from offer to end. */
const holds = `
select h.work_item_id, h.agent_id, w.class, w.weight, h.offered_at as since, coalesce(h.ended_at, 'infinity') as until
from assignment h join work_item w on w.id = h.work_item_id where h.state in ('offered', 'accepted', 'ended')`;

/** The most of something that each agent ever held at one time; what ends at a moment ends before what begins. `by`: of what kind. */
const most = (amount: string, by: string): string => `
select agent_id, kind, max(held) as most
from (select agent_id, kind, sum(delta) over (partition by agent_id, kind order by at, delta rows unbounded preceding) as held
      from (select agent_id, ${by} as kind, since as at, ${amount} as delta from (${holds}) h
            union all select agent_id, ${by}, until, -(${amount}) from (${holds}) h) moves) levels
group by agent_id, kind`;

const questions: Record<string, string> = {
  'work held by two at a time': `
    select count(*) from (${holds}) one join (${holds}) other
      on other.work_item_id = one.work_item_id and (other.since, other.agent_id) > (one.since, one.agent_id) and other.since < one.until`,
  'tickets whose owner is not who holds the work': `
    select count(*) from ticket t join work_item w on w.ticket_id = t.id and w.state in ('queued', 'assigned')
      left join assignment h on h.work_item_id = w.id and h.state = 'accepted'
    where t.owner_id is distinct from h.agent_id or (w.state = 'queued') <> (h.id is null)`,
  'agents ever beyond their units': `
    select count(*) from (${most('weight', `'units'`)}) m
      join agent a on a.id = m.agent_id where m.most > a.cap_units`,
  'agents ever beyond the cap of a class': `
    select count(*) from (${most('1', 'class')}) m left join agent_capacity c on c.agent_id = m.agent_id and c.class = m.kind
    where m.most > coalesce(c.cap, class_cap(m.kind))`,
  'counters of units that are wrong': `
    select count(*) from agent a where a.used_units <> (
      select coalesce(sum(h.units), 0) from assignment h where h.agent_id = a.id and h.state in ('offered', 'accepted'))`,
  'counters of classes that are wrong': `
    select count(*) from agent_capacity c where c.used <> (
      select count(*) from assignment h join work_item w on w.id = h.work_item_id
      where h.agent_id = c.agent_id and w.class = c.class and h.state in ('offered', 'accepted') and h.units > 0)`,
};

export async function countFaults(server: DatabaseServer, database: string): Promise<Faults> {
  const counted: Faults = {};
  for (const [name, question] of Object.entries(questions)) {
    const [row] = await server.run<{ count: string }>(database, question);
    counted[name] = Number(row?.count);
  }
  return counted;
}

/** Queues with the first item that waits beside somebody who could have it. */
const stuck = `
select one.id as queue, next."workId" as work from queue one cross join lateral (${pickIn('one.id')}) next
where exists (select 1 from work_item w where w.queue_id = one.id and w.state = 'queued')`;

const lookMs = 400;

/** Looks again and again for work that waits beside an agent who could have it, and keeps how long each was seen so. */
export class StuckWatch {
  longestMs = 0;
  looks = 0;
  private readonly client: pg.Client;
  private seen = new Map<string, number>();
  private isOver = false;
  private looking: Promise<void> = Promise.resolve();

  private constructor(client: pg.Client) {
    this.client = client;
  }

  static async open(url: string): Promise<StuckWatch> {
    const watch = new StuckWatch(new pg.Client({ connectionString: url }));
    await watch.client.connect();
    return watch;
  }

  /** The process of the database that answers it. */
  async pid(): Promise<number> {
    const { rows } = await this.client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return rows[0]?.pid ?? 0;
  }

  begin(): void {
    this.looking = this.lookOn();
  }

  async end(): Promise<void> {
    this.isOver = true;
    await this.looking;
    await this.client.end();
  }

  /** Resolves once nothing is stuck; throws when that does not happen in time. */
  async untilNothing(withinMs: number): Promise<void> {
    const giveUpAt = performance.now() + withinMs;
    while ((await this.look()) > 0) {
      if (performance.now() > giveUpAt) {
        throw new Error('Work still waits beside free agents.');
      }
      await sleep(lookMs);
    }
  }

  private async lookOn(): Promise<void> {
    while (!this.isOver) {
      await this.look();
      await sleep(lookMs);
    }
  }

  private async look(): Promise<number> {
    const { rows } = await this.client.query<{ work: string }>({ name: 'stuck', text: stuck });
    const now = performance.now();
    this.looks += 1;
    this.seen = new Map(rows.map(({ work }) => [work, this.seen.get(work) ?? now]));
    this.longestMs = Math.max(this.longestMs, ...[...this.seen.values()].map((since) => now - since));
    return rows.length;
  }
}

/** Makes the server write down what each statement of one transaction in so many takes. */
export async function timeStatements(server: DatabaseServer, share: number): Promise<void> {
  await server.run(
    'postgres',
    `alter system set log_transaction_sample_rate = ${String(share)}`,
    'select pg_reload_conf()',
  );
}

/** What the server needed for the statements of this name, in milliseconds: planning, where it plans, and execution. */
export async function readTimes(server: DatabaseServer, name: string): Promise<number[]> {
  const log = await readFile(join(server.folder, 'postgres/server.log'), 'utf8');
  const line = new RegExp(`\\[(\\d+)\\] LOG:  duration: ([\\d.]+) ms  (bind|execute) ${name}:`, 'g');
  const bound = new Map<string, number>();
  const times: number[] = [];
  for (const [, pid = '', ms, step] of log.matchAll(line)) {
    if (step === 'bind') {
      bound.set(pid, Number(ms));
    } else {
      times.push((bound.get(pid) ?? 0) + Number(ms));
      bound.delete(pid);
    }
  }
  return times;
}
