import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import type { QueueContentsView, QueueSettingsView, QueueView } from '#contract';
import { reorderQueue } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { diffOf } from '../../auth/diff-of.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { checkBoosts, checkSteps, wholeBoosts } from './check-queue.js';
import { queueContents, queueSettings, queueViews, setMembers } from './queue-rows.query.js';
import type { ChangeQueueDto, NewQueueDto } from './queues.dto.js';

/** Settings that are one column each; what is absent stays as it is. */
const columns = {
  name: 'name',
  restricted: 'restricted',
  calendarId: 'calendar_id',
  outOfHours: 'out_of_hours',
  strategy: 'strategy',
  acceptSecs: 'accept_secs',
  stickySecs: 'sticky_secs',
  maxWaitSecs: 'max_wait_secs',
  skillIds: 'skill_ids',
  skillLevel: 'skill_level',
  reopenHours: 'reopen_hours',
  childrenFirst: 'children_first',
  boosts: 'boosts',
  steps: 'steps',
} as const;

async function readQueue(sql: Sql, id: string): Promise<QueueSettingsView> {
  const [row] = await sql.query<QueueSettingsView & Record<string, unknown>>(`${queueSettings} and q.id = $1`, [id]);
  if (!row) {
    throw notFound('This queue');
  }
  return { ...row, boosts: wholeBoosts(row.boosts) };
}

/** What the audit shows of a queue; its members stand with their rings. */
function told(queue: QueueSettingsView): Record<string, unknown> {
  return Object.fromEntries(Object.entries(queue).filter(([name]) => !['id', 'version', 'memberIds'].includes(name)));
}

/** Queues: how they give out work, and who serves them. Membership is a right: whoever gains or loses it hears of it at once. */
@Injectable()
export class QueueSettings {
  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
  ) {}

  list(): Promise<QueueView[]> {
    return this.database.query<QueueView>(`${queueViews} order by q.name, q.id`);
  }

  get(id: string): Promise<QueueSettingsView> {
    return readQueue(this.database, id);
  }

  async contents(id: string): Promise<QueueContentsView> {
    await this.get(id);
    const [row] = await this.database.query<QueueContentsView & Record<string, unknown>>(queueContents, [id]);
    return row as QueueContentsView;
  }

  async create(actor: Actor, queue: NewQueueDto): Promise<QueueSettingsView> {
    const id = uuid();
    await this.database
      .transaction(async (tx) => {
        await tx.query('insert into queue (id, name) values ($1, $2)', [id, queue.name]);
        await this.write(tx, id, queue);
        this.bus.emitAfterCommit(tx, 'team.changed', {});
        await recordAct(tx, { actorId: actor.id, action: 'queue.created', subject: id });
      })
      .catch(explain);
    return this.get(id);
  }

  async change(actor: Actor, id: string, change: ChangeQueueDto): Promise<QueueSettingsView> {
    await this.database
      .transaction(async (tx) => {
        const [row] = await tx.query<{ version: number }>(
          'select version from queue where id = $1 and retired_at is null for no key update',
          [id],
        );
        if (!row) {
          throw notFound('This queue');
        }
        if (change.version !== undefined && change.version !== row.version) {
          throw conflict('stale', 'Somebody changed this queue meanwhile. Look again.', 'version');
        }
        const before = await readQueue(tx, id);
        await this.write(tx, id, change);
        const changes = diffOf(told(before), told(await readQueue(tx, id)));
        const details = { fields: namesOf(change).filter((name) => name !== 'version'), changes };
        this.bus.emitAfterCommit(tx, 'team.changed', {});
        await recordAct(tx, { actorId: actor.id, action: 'queue.changed', subject: id, details });
      })
      .catch(explain);
    this.bus.emit('work.queued', { queueId: id });
    return this.get(id);
  }

  private async write(tx: Transaction, id: string, change: ChangeQueueDto): Promise<void> {
    const named = namesOf(change).filter((name) => name in columns) as (keyof typeof columns)[];
    const values = named.map((name) => stored(change, name, id));
    await this.checkNamed(tx, change);
    const set = named.map((name, at) => `${columns[name]} = $${String(at + 2)}`);
    await tx.query(`update queue set ${['version = version + 1', ...set].join(', ')} where id = $1`, [id, ...values]);
    await checkAcceptance(tx, id);
    await this.setMembers(tx, id, change);
    if ([change.boosts, change.steps, change.calendarId].some((part) => part !== undefined)) {
      await reorderQueue(tx, id);
    }
  }

  /** What no foreign key holds: skills, and the queues of steps. */
  private async checkNamed(tx: Transaction, { skillIds, steps }: ChangeQueueDto): Promise<void> {
    const skills = await tx.query<{ id: string }>('select id from skill where id = any ($1::uuid[]) for key share', [
      skillIds ?? [],
    ]);
    const missing = (skillIds ?? []).findIndex((id) => !skills.some((row) => row.id === id));
    if (missing >= 0) {
      throw invalid(`skillIds.${String(missing)}`, 'There is no such skill.');
    }
    const queues = await tx.query<{ id: string }>(
      'select id from queue where id = any ($1::uuid[]) and retired_at is null',
      [(steps ?? []).flatMap(({ queueId }) => queueId ?? [])],
    );
    const lost = (steps ?? []).findIndex(
      ({ queueId }) => queueId !== undefined && !queues.some((row) => row.id === queueId),
    );
    if (lost >= 0) {
      throw invalid(`steps.${String(lost)}.queueId`, 'There is no such queue.');
    }
  }

  private async setMembers(tx: Transaction, queueId: string, { members, memberIds }: ChangeQueueDto): Promise<void> {
    const wanted = members ?? (memberIds && (await ringsOf(tx, queueId, memberIds)));
    if (!wanted) {
      return;
    }
    const touched = await tx.query<{ agentId: string }>(setMembers, [queueId, JSON.stringify(wanted)]);
    for (const { agentId } of touched) {
      this.bus.emitAfterCommit(tx, 'rights.changed', { agentId });
      this.bus.emitAfterCommit(tx, 'agent.available', { agentId });
    }
  }
}

/** Members as they are named, each in the ring where they were. */
async function ringsOf(
  tx: Transaction,
  queueId: string,
  memberIds: readonly string[],
): Promise<{ agentId: string; level: number }[]> {
  const known = await tx.query<{ agent_id: string; level: number }>(
    'select agent_id, level from queue_member where queue_id = $1',
    [queueId],
  );
  return memberIds.map((agentId) => ({
    agentId,
    level: known.find((row) => row.agent_id === agentId)?.level ?? 1,
  }));
}

/** Work that everybody is asked about at once is somebody's only when they accept it. */
async function checkAcceptance(tx: Transaction, id: string): Promise<void> {
  const [row] = await tx.query(`select 1 from queue where id = $1 and strategy = 'broadcast' and accept_secs is null`, [
    id,
  ]);
  if (row) {
    throw invalid('acceptSecs', 'Work that everybody is asked about needs a time to accept it in.');
  }
}

/** A setting as its column keeps it. */
function stored(change: ChangeQueueDto, name: keyof typeof columns, id: string): unknown {
  if (name === 'boosts' && change.boosts) {
    return JSON.stringify(checkBoosts(change.boosts));
  }
  return name === 'steps' && change.steps ? JSON.stringify(checkSteps(change.steps, id)) : change[name];
}

function namesOf(fields: object): string[] {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
}

function explain(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code === '23505') {
    throw conflict('name_taken', 'There is a queue of this name.', 'name');
  }
  if (code === '23503') {
    throw constraint === 'queue_calendar'
      ? invalid('calendarId', 'There is no such calendar.')
      : invalid('memberIds', 'There is no such agent.');
  }
  throw error;
}
