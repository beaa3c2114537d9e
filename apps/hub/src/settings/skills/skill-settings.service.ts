import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { SkillView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { recordSettings } from '../../auth/record-settings.js';
import { settingsRow } from '../../auth/settings-row.js';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, notFound } from '../../platform/errors/api-error.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { forgetSkill } from './forget-skill.js';

const view = `
select s.id, s.name,
       (select count(*)::int from agent_skill k join agent a on a.id = k.agent_id where k.skill_id = s.id and a.disabled_at is null) as agents,
       (select count(*)::int from queue q where s.id = any (q.skill_ids) and q.retired_at is null) as queues
from skill s`;

const forgetGone = `
update work_item w set skill_ids = array(select s.id from skill s where s.id = any (w.skill_ids))
where w.state = 'queued' and exists (select 1 from unnest(w.skill_ids) k(id) where not exists (select 1 from skill s where s.id = k.id))`;

/** What agents can do and work can ask for. */
@Injectable()
export class SkillSettings {
  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
    housekeeping: Housekeeping,
  ) {
    // Work that came into a queue while a skill was being removed may still ask for it, and nobody will ever have it.
    housekeeping.add('skills that are gone', () => database.query(forgetGone));
  }

  list(): Promise<SkillView[]> {
    return this.database.query<SkillView & Record<string, unknown>>(`${view} order by s.name, s.id`);
  }

  async create(actor: Actor, name: string): Promise<SkillView> {
    const id = uuid();
    await this.database
      .transaction(async (tx) => {
        await tx.query('insert into skill (id, name) values ($1, $2)', [id, name.trim()]);
        await recordAct(tx, { actorId: actor.id, action: 'skill.created', subject: id });
      })
      .catch(explain);
    return this.get(id);
  }

  async rename(actor: Actor, id: string, name: string): Promise<SkillView> {
    await this.database
      .transaction(async (tx) => {
        const before = await settingsRow(tx, 'skill', id);
        if ((await tx.query('update skill set name = $2 where id = $1 returning id', [id, name.trim()])).length === 0) {
          throw notFound('This skill');
        }
        await recordSettings(tx, { actorId: actor.id, table: 'skill', id, became: 'changed', before });
      })
      .catch(explain);
    return this.get(id);
  }

  /** One that is asked for goes only by name of its consequences: work that nobody could take any more would wait for ever. */
  async remove(actor: Actor, id: string, isEverywhere: boolean): Promise<void> {
    const freed = await this.database.transaction(async (tx) => {
      if ((await tx.query('select 1 from skill where id = $1 for update', [id])).length === 0) {
        throw notFound('This skill');
      }
      const { agents, queues, waiting } = await usesOf(tx, id);
      if (!isEverywhere && agents + queues + waiting > 0) {
        throw conflict(
          'in_use',
          `${agents} agents have this skill, and ${queues} queues and ${waiting} pieces of waiting work ask for it.`,
        );
      }
      const asking = await forgetSkill(tx, id);
      await recordAct(tx, { actorId: actor.id, action: 'skill.removed', subject: id, details: { agents, queues } });
      return asking;
    });
    freed.forEach((queueId) => this.bus.emit('work.queued', { queueId }));
  }

  private async get(id: string): Promise<SkillView> {
    const [row] = await this.database.query<SkillView & Record<string, unknown>>(`${view} where s.id = $1`, [id]);
    if (!row) {
      throw notFound('This skill');
    }
    return row;
  }
}

async function usesOf(tx: Transaction, id: string): Promise<{ agents: number; queues: number; waiting: number }> {
  const [row] = await tx.query<{ agents: number; queues: number; waiting: number }>(
    `select (select count(*)::int from agent_skill where skill_id = $1::uuid) as agents,
            (select count(*)::int from queue where $1::uuid = any (skill_ids) and retired_at is null) as queues,
            (select count(*)::int from work_item where state in ('queued', 'offered') and $1::uuid = any (skill_ids)) as waiting`,
    [id],
  );
  return row as { agents: number; queues: number; waiting: number };
}

function explain(error: unknown): never {
  if ((error as { code?: string }).code === '23505') {
    throw conflict('name_taken', 'There is a skill of this name.', 'name');
  }
  throw error;
}
