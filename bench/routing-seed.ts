import { randomUUID } from 'node:crypto';
import type { DatabaseServer } from './database-server.js';
import { createChance, type Chance } from '../test/chaos/chance.js';
import type { Deed } from './routing-node.js';

export interface CentreSize {
  agents: number;
  queues: number;
  skills: number;
  waiting: number;
}

export interface SeededCentre {
  queueIds: string[];
  skillIds: string[];
}

/** Draws work as it comes in: nine in ten ask for one of the skills, few for two, and mostly at a low level. */
export class WorkDraw {
  private readonly centre: SeededCentre;
  private readonly chance: Chance;

  constructor(centre: SeededCentre, seed: number) {
    this.centre = centre;
    this.chance = createChance(seed);
  }

  next(): Extract<Deed, { kind: 'arrive' }> {
    const { below } = this.chance;
    const count = below(10) === 0 ? 0 : below(50) === 0 ? 2 : 1;
    const skills = Array.from({ length: count }, () => this.pick(this.centre.skillIds));
    return {
      kind: 'arrive',
      ticketId: randomUUID(),
      personId: randomUUID(),
      queueId: this.pick(this.centre.queueIds),
      skillIds: [...new Set(skills)].toSorted(),
      skillLevel: [1, 1, 1, 1, 1, 1, 1, 2, 2, 3][below(10)] as number,
    };
  }

  below(limit: number): number {
    return this.chance.below(limit);
  }

  private pick(list: readonly string[]): string {
    return list[this.chance.below(list.length)] as string;
  }
}

/**
 * A contact centre at its busiest hour, straight into the tables: agents at their consoles who serve two queues each and have a handful of
 * skills, and people who wait. Leases last longer than any measurement.
 */
export async function seedCentre(
  server: DatabaseServer,
  database: string,
  { agents, queues, skills, waiting }: CentreSize,
  seed: number,
): Promise<SeededCentre> {
  const ids = (count: number): string[] => Array.from({ length: count }, () => randomUUID());
  const centre = { queueIds: ids(queues), skillIds: ids(skills) };
  const draw = new WorkDraw(centre, seed);
  const people = ids(agents).map((id) => ({
    id,
    queues: some(draw, centre.queueIds, 2),
    skills: some(draw, centre.skillIds, 5).map((skill) => ({ skill, level: 1 + draw.below(5) })),
  }));
  const work = Array.from({ length: waiting }, (_, index) => ({
    ...draw.next(),
    item: randomUUID(),
    age: waiting - index,
  }));
  await server.run(
    database,
    'begin',
    `set local session_replication_role = 'replica'`,
    `insert into queue (id, name) select id, 'Line ' || n from ${fromJson(centre.queueIds)}`,
    `insert into skill (id, name) select id, 'Skill ' || n from ${fromJson(centre.skillIds)}`,
    ...insertPeople(people),
    ...insertWork(work),
    'commit',
    'vacuum analyze',
  );
  return centre;
}

interface Person {
  id: string;
  queues: string[];
  skills: { skill: string; level: number }[];
}

function insertPeople(people: readonly Person[]): string[] {
  const members = people.flatMap(({ id, queues }) => queues.map((queue) => ({ agent_id: id, queue_id: queue })));
  const known = people.flatMap(({ id, skills }) =>
    skills.map(({ skill, level }) => ({ agent_id: id, skill_id: skill, level })),
  );
  return [
    `insert into agent (id, email, name, role, status, idle_since)
       select id, id || '@bench.test', 'Agent ' || n, 'agent', 'online', clock_timestamp() from ${fromJson(people.map(({ id }) => id))}`,
    `insert into agent_presence (id, agent_id, node, lease_until)
       select id, id, 'bench', clock_timestamp() + interval '1 day' from ${fromJson(people.map(({ id }) => id))}`,
    `insert into queue_member (agent_id, queue_id) select agent_id, queue_id from jsonb_populate_recordset(null::queue_member, '${JSON.stringify(members)}')`,
    `insert into agent_skill select * from jsonb_populate_recordset(null::agent_skill, '${JSON.stringify(known)}')`,
  ];
}

type WaitingWork = Extract<Deed, { kind: 'arrive' }> & { item: string; age: number };

function insertWork(work: readonly WaitingWork[]): string[] {
  const rows = `jsonb_to_recordset('${JSON.stringify(work)}') as w(item uuid, "ticketId" uuid, "personId" uuid, "queueId" uuid, "skillIds" uuid[], "skillLevel" smallint, age int)`;
  const at = `clock_timestamp() - w.age * interval '100 milliseconds'`;
  return [
    `insert into customer (id) select w."personId" from ${rows}`,
    `insert into conversation (id, customer_id, holder, holder_id) select w."personId", w."personId", 'queue', w."queueId" from ${rows}`,
    `insert into ticket (id, conversation_id, queue_id, rev) select w."ticketId", w."personId", w."queueId", 1 from ${rows}`,
    `insert into work_item (id, ticket_id, queue_id, class, weight, state, skill_ids, skill_level, enqueued_at, rank_at)
       select w.item, w."ticketId", w."queueId", 'chat', 30, 'queued', w."skillIds", w."skillLevel", s.at, s.at from ${rows}, lateral (select ${at} as at) s`,
  ];
}

function fromJson(ids: readonly string[]): string {
  return `(select id::uuid, n from jsonb_array_elements_text('${JSON.stringify(ids)}') with ordinality l(id, n)) rows`;
}

function some(draw: WorkDraw, list: readonly string[], count: number): string[] {
  const left = [...list];
  return Array.from({ length: count }, () => left.splice(draw.below(left.length), 1)[0] as string);
}
