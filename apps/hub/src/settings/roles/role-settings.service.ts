import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { v7 as uuid } from 'uuid';
import type { OwnRoleView, Role } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { refuseBeyond } from '../../auth/covers.js';
import { diffOf } from '../../auth/diff-of.js';
import type { Holder } from '../../auth/permissions.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { wholeName } from '../whole-name.js';
import { holdRole, type WantedRole } from './give-role.js';
import type { ChangeRoleDto, RoleDto } from './roles.dto.js';

/** The database holds to it (own_role_has_room), so that two at once do not make one too many. */
const most = 50;

const view = `
select r.id, r.version, r.name, r.base, r.permissions, r.sees,
       coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name) order by a.name, a.id)
                 from agent a where a.own_role_id = r.id), '[]') as agents
from own_role r`;

const builtInRoles: readonly string[] = ['agent', 'supervisor'] satisfies Role[];

/** Roles of the organisation's own. Whoever has one has its new rights with the next call, and at once in an open console. */
@Injectable()
export class RoleSettings {
  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
  ) {}

  list(): Promise<OwnRoleView[]> {
    return this.database.query<OwnRoleView & Record<string, unknown>>(
      `${view} order by coalesce(r.name->>'en', r.name->>'fa'), r.id`,
    );
  }

  async create(actor: Actor, wish: RoleDto): Promise<OwnRoleView> {
    const role = { id: uuid(), ...read(wish) };
    refuseBeyond(actor, holderOf(role));
    return this.database.transaction(async (tx) => {
      await tx
        .query('insert into own_role (id, name, base, permissions, sees) values ($1, $2, $3, $4, $5)', [
          role.id,
          JSON.stringify(role.name),
          role.base,
          role.permissions,
          role.sees,
        ])
        .catch(explain);
      const made = await getRole(tx, role.id);
      const details = { changes: diffOf({}, told(made)) };
      await recordAct(tx, { actorId: actor.id, action: 'role.created', subject: role.id, details });
      return made;
    });
  }

  async change(actor: Actor, id: string, wish: ChangeRoleDto): Promise<OwnRoleView> {
    const role = read(wish);
    return this.database.transaction(async (tx) => {
      const before = await lockRole(tx, id);
      if (before.version !== wish.version) {
        throw conflict('stale', 'Somebody changed this role meanwhile. Look again.', 'version');
      }
      refuseBeyond(actor, holderOf(before));
      refuseBeyond(actor, holderOf(role));
      await tx.query(
        'update own_role set name = $2, base = $3, permissions = $4, sees = $5, version = version + 1 where id = $1',
        [id, JSON.stringify(role.name), role.base, role.permissions, role.sees],
      );
      const after = await getRole(tx, id);
      this.tellThose(tx, after);
      const details = { changes: diffOf(told(before), told(after)) };
      await recordAct(tx, { actorId: actor.id, action: 'role.changed', subject: id, details });
      return after;
    });
  }

  /** `to`: what those get who have it. One that somebody has does not go without. */
  async remove(actor: Actor, id: string, to: string | undefined): Promise<void> {
    const wanted = to === undefined ? null : wantedOf(to, id);
    await this.database.transaction(async (tx) => {
      const role = await lockRole(tx, id);
      refuseBeyond(actor, holderOf(role));
      if (role.agents.length > 0 && wanted === null) {
        throw conflict('in_use', 'Somebody has this role. Choose what they get instead.', 'to');
      }
      if (wanted) {
        const given = await holdRole(tx, wanted);
        refuseBeyond(actor, given);
        await tx.query('update agent set role = $2, own_role_id = $3 where own_role_id = $1', [
          id,
          given.role,
          given.ownRoleId,
        ]);
      }
      await refuseGivenBySignIn(tx, id);
      await tx.query('delete from own_role where id = $1', [id]);
      this.tellThose(tx, role);
      const details = { to: to ?? null, changes: diffOf(told(role), {}) };
      await recordAct(tx, { actorId: actor.id, action: 'role.removed', subject: id, details });
    });
  }

  private tellThose(tx: Transaction, { agents }: OwnRoleView): void {
    this.bus.emitAfterCommit(tx, 'team.changed', {});
    agents.forEach(({ id }) => this.bus.emitAfterCommit(tx, 'rights.changed', { agentId: id }));
  }
}

function explain(error: unknown): never {
  if ((error as { constraint?: string }).constraint === 'own_role_room') {
    throw conflict('too_many', `There can be ${String(most)} roles.`);
  }
  throw error;
}

/** A provider that gives the role would have nothing to give: falling back to the base might be more than what was meant. */
async function refuseGivenBySignIn(tx: Transaction, id: string): Promise<void> {
  const [giver] = await tx.query<{ name: string }>(
    `select p.name from sign_in_provider p where p.own_role_id = $1
       or exists (select 1 from sign_in_group g where g.provider_id = p.id and g.own_role_id = $1) limit 1`,
    [id],
  );
  if (giver) {
    throw conflict('given_by_sign_in', `Signing in with ${giver.name} gives this role. Change that first.`);
  }
}

type ReadRole = Pick<OwnRoleView, 'name' | 'base' | 'permissions' | 'sees'>;

function read({ name, base, permissions, sees }: RoleDto): ReadRole {
  return {
    name: wholeName(name),
    base,
    permissions: permissions.toSorted(),
    sees: base === 'agent' ? 'own_queues' : sees,
  };
}

function holderOf({ base, permissions, sees }: ReadRole): Holder {
  return { role: base, ownRole: { permissions, sees } };
}

function told({ name, base, permissions, sees }: ReadRole): Record<string, unknown> {
  return { name, base, permissions, sees };
}

function wantedOf(to: string, id: string): WantedRole {
  if (builtInRoles.includes(to)) {
    return { role: to as Role };
  }
  if (!isUUID(to) || to === id) {
    throw invalid('to', 'There is no such role.');
  }
  return { ownRoleId: to };
}

async function getRole(tx: Transaction, id: string): Promise<OwnRoleView> {
  const [row] = await tx.query<OwnRoleView & Record<string, unknown>>(`${view} where r.id = $1`, [id]);
  if (!row) {
    throw notFound('This role');
  }
  return row;
}

/** Held before it is read, so that nobody is given it between the two. */
async function lockRole(tx: Transaction, id: string): Promise<OwnRoleView> {
  await tx.query('select 1 from own_role where id = $1 for update', [id]);
  return getRole(tx, id);
}
