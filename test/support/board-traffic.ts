import { v7 as uuid } from 'uuid';
import type { BoardFrame, BoardView } from '#contract';
import type { Database } from '../../apps/hub/src/database/database.js';
import { buildAgent, signedIn, type Answered, type Caller } from './build-rows.js';
import type { LiveConsole } from './live-client.js';
import { RoutingScene, type Waiting } from './routing-scene.js';
import type { TestHub } from './start-hub.js';

type Event = () => Promise<unknown>;

/** An event that was refused would leave nothing to look at. */
async function must(call: Promise<Answered>): Promise<void> {
  const { status, text } = await call;
  if (status !== 200) {
    throw new Error(`An event was refused: ${String(status)} ${text}`);
  }
}

/** A contact centre at work, one event after the other: waiting work, acceptances, states of agents, replies, promises, talks, calls. */
export class BoardTraffic {
  readonly agents: string[] = [];
  readonly queues: string[] = [];
  private readonly scene: RoutingScene;
  private readonly waiting: Waiting[] = [];
  private readonly given: Waiting[] = [];
  /** They stay as they are: nobody works on a promise that was written past its terms. */
  private readonly promised: Waiting[] = [];
  private readonly callers: Caller[] = [];
  private readonly ids = { policy: uuid(), version: uuid(), script: uuid(), talk: uuid(), channel: uuid() };
  private turn = 0;

  private constructor(
    private readonly database: Database,
    private readonly admin: Caller,
  ) {
    this.scene = new RoutingScene(database);
  }

  static async begin(hub: TestHub, { agents, queues }: { agents: number; queues: number }): Promise<BoardTraffic> {
    const boss = await buildAgent(hub.database, { role: 'admin' });
    const traffic = new BoardTraffic(hub.database, await signedIn(hub, boss.id));
    for (let number = 0; number < queues; number += 1) {
      traffic.queues.push(await traffic.scene.buildQueue());
    }
    for (let number = 0; number < agents; number += 1) {
      const id = await traffic.scene.buildPresent({ queues: [traffic.queues[number % queues] as string] });
      traffic.agents.push(id);
      if (number < 5) {
        traffic.callers.push(await signedIn(hub, id));
      }
    }
    for (const queueId of traffic.queues) {
      traffic.promised.push(await traffic.scene.buildWaiting({ queueId, class: 'async' }));
    }
    await traffic.furnish();
    return traffic;
  }

  /** The next event; resolves once it is true. */
  async next(): Promise<void> {
    const events: Event[] = [
      () => this.arrive(),
      () => this.accept(),
      () => this.changeState(),
      () => this.arrive(),
      () => this.accept(),
      () => this.reply(),
      () => this.promise(),
      () => this.solve(),
      () => this.talk(),
      () => this.call(),
    ];
    this.turn += 1;
    await events[this.turn % events.length]?.();
  }

  async arrive(queueId = this.queues[this.turn % this.queues.length] as string): Promise<void> {
    this.waiting.push(await this.scene.buildWaiting({ queueId, class: 'async' }));
  }

  private async accept(): Promise<void> {
    const next = this.waiting.length > 2 ? this.waiting.shift() : undefined;
    if (next) {
      const body = { agentId: this.agents[this.turn % this.agents.length], expected: null };
      await must(this.admin.call(`/api/tickets/${next.ticketId}/assignment`, { body }));
      this.given.push(next);
    }
  }

  private async changeState(): Promise<void> {
    const states = ['busy', 'online', 'away'];
    const round = Math.floor(this.turn / 10);
    const body = { status: states[round % states.length] };
    await must((this.callers[round % this.callers.length] as Caller).call('/api/me', { method: 'PATCH', body }));
  }

  private async solve(): Promise<void> {
    const done = this.given.length > 3 ? this.given.shift() : undefined;
    if (done) {
      const body = { version: await this.versionOf(done.ticketId), state: 'solved' };
      await must(this.admin.call(`/api/tickets/${done.ticketId}`, { method: 'PATCH', body }));
    }
  }

  /** Written by an agent, past the guards of the timeline: no channel has to be there to be answered on. */
  private async reply(): Promise<void> {
    const to = this.given.at(-1);
    if (to) {
      await this.database.query(`
        begin; set local session_replication_role = replica;
        insert into message (id, conversation_id, seq, rev, at, channel_id, ticket_id, direction, author, author_id, kind, body)
        select gen_random_uuid(), c.id, c.last_seq + 1, c.rev + 1, clock_timestamp(), '${this.ids.channel}', '${to.ticketId}', 'out', 'agent',
               '${this.agents[0] ?? ''}', 'text', 'Here you are'
        from conversation c where c.id = '${to.conversationId}';
        update conversation set last_seq = last_seq + 1, rev = rev + 1 where id = '${to.conversationId}';
        commit;`);
    }
  }

  /** One is warned of, the one before is broken, the one before that is kept. */
  private async promise(): Promise<void> {
    const about = this.promised[this.turn % this.promised.length];
    if (about) {
      await this.database.transaction(async (tx) => {
        await tx.query(
          `insert into sla_clock (id, ticket_id, metric, cycle, policy_version_id, target_ms, state, started_at, resumed_at, due_at, wake_at, warned_at)
         values ($1, $2, $3, $4, $5, 60000, 'running', now(), now(), now(), now() + interval '1 hour', clock_timestamp())
         on conflict do nothing`,
          [uuid(), about.ticketId, ['first_response', 'resolution'][this.turn % 2], this.turn, this.ids.version],
        );
        await tx.query(
          `update sla_clock set breached_at = clock_timestamp() where id = (
           select id from sla_clock where breached_at is null and state = 'running' order by started_at limit 1)`,
        );
      });
    }
  }

  private async talk(): Promise<void> {
    const about = this.given.at(-1);
    if (about) {
      const isSolved = this.turn % 20 < 10;
      await this.database.query(
        `insert into bot_session (id, conversation_id, version_id, channel_id, epoch, status, outcome, started_at, ended_at, handed_off_at)
         values ($1, $2, $3, $5, 1, 'ended', $4, now(), clock_timestamp(), case when $4 = 'handed_off' then clock_timestamp() end)`,
        [uuid(), about.conversationId, this.ids.talk, isSolved ? 'resolved' : 'handed_off', this.ids.channel],
      );
    }
  }

  /** Somebody calls, and who called before gets on. Without a ticket a call is of the line's queue. */
  async call(ticketId: string | null = this.waiting.at(-1)?.ticketId ?? null): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(
        `update phone_call set phase = case phase when 'waiting' then 'ringing' when 'ringing' then 'talking' else 'over' end,
         ended_at = case when phase = 'talking' then clock_timestamp() end where ended_at is null`,
      );
      await tx.query(
        `insert into phone_call (id, channel_id, call_id, direction, from_address, to_address, phase, ticket_id)
       values ($1::uuid, $2, $1::text, 'in', '+1', '+2', 'waiting', $3)`,
        [uuid(), this.ids.channel, ticketId],
      );
    });
  }

  private async versionOf(ticketId: string): Promise<number> {
    const [row] = await this.database.query<{ version: number }>('select version from ticket where id = $1', [
      ticketId,
    ]);
    return row?.version ?? 0;
  }

  private async furnish(): Promise<void> {
    const { policy, version, script, talk, channel } = this.ids;
    const statements: [string, unknown[]][] = [
      [`insert into sla_policy (id, name) values ($1, 'A promise')`, [policy]],
      [
        `insert into sla_policy_version (id, policy_id, version, status, body, published_at) values ($1, $2, 1, 'published', '{}', now())`,
        [version, policy],
      ],
      [`insert into script (id, name) values ($1, 'helper')`, [script]],
      [
        `insert into script_version (id, script_id, version, status, body, hash, published_at) values ($1, $2, 1, 'published', '{}', '\\x00', now())`,
        [talk, script],
      ],
      [`insert into channel (id, kind, name, queue_id) values ($1, 'messages', 'Line', $2)`, [channel, this.queues[0]]],
    ];
    for (const [text, values] of statements) {
      await this.database.query(text, values);
    }
  }
}

/** What a console that watches shows: the frames so far, one over the other. Each is given to `look` as it comes. */
export async function watchBoard(
  console: LiveConsole,
  look: (board: BoardView, at: number) => void = () => undefined,
): Promise<{ shown: () => BoardView | null; frames: () => number }> {
  let shown: BoardView | null = null;
  let frames = 0;
  console.socket.on('board.changed', (frame: BoardFrame) => {
    frames += 1;
    shown = { ...shown, ...frame } as BoardView;
    look(shown, performance.now());
  });
  await console.ask('board.watch', {});
  return { shown: () => shown, frames: () => frames };
}
