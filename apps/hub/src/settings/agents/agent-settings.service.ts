import { Injectable } from '@nestjs/common';
import type { AgentEndpoint, Sql } from '#channels';
import { HubConfig } from '#config';
import type { AgentSettingsView, AgentView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { endWaysIn, revokeLinksOfOthers } from '../../auth/accounts/account-links.js';
import { insertAccount } from '../../auth/accounts/account.service.js';
import { diffOf } from '../../auth/diff-of.js';
import { explainLastWayIn } from '../../auth/oidc/last-way-in.js';
import { recordAct } from '../../auth/record-act.js';
import { SessionService } from '../../auth/sessions/session.service.js';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { giveRole, refuseAbove, type WantedRole } from '../roles/give-role.js';
import { readCompany } from '../start/start-rows.query.js';
import { agentSettings, agentViews, setCaps, setQueues, setSkills } from './agent-rows.query.js';
import { AgentWork } from './agent-work.service.js';
import type { AgentWorkDto, ChangeAgentDto, NewAgentDto } from './agents.dto.js';
import { readAgentPhone } from './read-agent-phone.js';

/** What is to ring; null: nothing. Undefined: it stays as it is. */
type WantedPhone = AgentEndpoint | null | undefined;

/** The accounts of colleagues, and how they work. */
@Injectable()
export class AgentSettings {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionService,
    private readonly bus: EventBus,
    private readonly work: AgentWork,
    private readonly config: HubConfig,
  ) {}

  list(): Promise<AgentView[]> {
    return this.database.query<AgentView>(
      `${agentViews} where a.disabled_at is null and a.invited_at is null order by a.name, a.id`,
    );
  }

  /** Accounts that are off come last. */
  listSettings(): Promise<AgentSettingsView[]> {
    return this.database.query<AgentSettingsView & Record<string, unknown>>(
      `${agentSettings} order by a.disabled_at is not null, a.name, a.id`,
    );
  }

  get(id: string): Promise<AgentSettingsView> {
    return getAccount(this.database, id);
  }

  async create(actor: Actor, agent: NewAgentDto): Promise<AgentSettingsView> {
    const { email, role } = agent;
    const name = agent.name ?? email.trim().split('@')[0] ?? email;
    const locale = agent.locale ?? (await readCompany(this.database))?.locale ?? 'fa';
    const id = await this.database
      .transaction(async (tx) => {
        const made = await insertAccount(tx, { email, name, role: 'agent', passwordHash: null, locale });
        await giveRole(tx, actor, made, wantedRole(agent, null) ?? { role });
        const queues = agent.queues ?? (agent.queueIds ?? []).map((queueId) => ({ queueId, level: 1 }));
        await writeWork(tx, made, agent, { queues, phone: this.phoneOf(agent) });
        this.bus.emitAfterCommit(tx, 'team.changed', {});
        await recordAct(tx, {
          actorId: actor.id,
          action: 'agent.created',
          subject: made,
          details: { role, ownRoleId: agent.ownRoleId ?? null },
        });
        return made;
      })
      .catch(explain);
    return this.get(id);
  }

  async change(actor: Actor, id: string, change: ChangeAgentDto): Promise<AgentSettingsView> {
    const phone = this.phoneOf(change);
    await this.database.transaction((tx) => this.write(tx, actor, id, { change, phone })).catch(explain);
    if (change.disabled === true) {
      await this.work.release(id, actor.id);
    }
    this.bus.emit('rights.changed', { agentId: id });
    this.bus.emit('agent.available', { agentId: id });
    return this.get(id);
  }

  private async write(
    tx: Transaction,
    actor: Actor,
    id: string,
    { change, phone }: { change: ChangeAgentDto; phone: WantedPhone },
  ): Promise<void> {
    // Of two administrators who switch each other off, the second one finds nobody else left.
    await tx.query(
      `select 1 from agent where id = $1 or (role = 'admin' and disabled_at is null) order by id for no key update`,
      [id],
    );
    const before = await getAccount(tx, id);
    const wanted = wantedRole(change, before);
    refuseOwn(actor, id, { isGivingUp: change.disabled === true || wanted !== null });
    await refuseAbove(tx, actor, id);
    if (change.version !== undefined && change.version !== before.version) {
      throw conflict('stale', 'Somebody changed this account meanwhile. Look again.', 'version');
    }
    await tx.query(
      `update agent set version = version + 1, name = coalesce($2, name),
              disabled_at = case when $3 then coalesce(disabled_at, clock_timestamp()) when $3 = false then null else disabled_at end
       where id = $1`,
      [id, change.name ?? null, change.disabled ?? null],
    );
    if (wanted) {
      await giveRole(tx, actor, id, wanted);
      await revokeLinksOfOthers(tx, id, actor.id);
    }
    if (change.disabled === true) {
      await endWaysIn(tx, id);
      await this.sessions.endIn(tx, id, { allBut: null });
    }
    await refuseNoAdmin(tx);
    await writeWork(tx, id, change, { queues: change.queues, phone });
    this.bus.emitAfterCommit(tx, 'team.changed', {});
    this.bus.emitAfterCommit(tx, 'load.moved', { agentId: id });
    const changes = diffOf(told(before), told(await getAccount(tx, id)));
    const details = { ...detailsOf(change), changes };
    await recordAct(tx, { actorId: actor.id, action: 'agent.changed', subject: id, details });
  }

  /** As it is dialled. Throws in words where nobody could dial it. */
  private phoneOf({ phone }: AgentWorkDto): WantedPhone {
    return phone ? readAgentPhone(phone, this.config.defaultCountry) : phone;
  }
}

async function getAccount(sql: Sql, id: string): Promise<AgentSettingsView> {
  const [row] = await sql.query<AgentSettingsView & Record<string, unknown>>(`${agentSettings} where a.id = $1`, [id]);
  if (!row) {
    throw notFound('This agent');
  }
  return row;
}

/** What the audit shows of an account: all that is set up, and nothing that moves by itself. */
function told(account: AgentSettingsView): Record<string, unknown> {
  const { name, role, ownRoleId, disabled, queues, skills, calendarId, capUnits, caps, phone } = account;
  return { name, role, ownRoleId, disabled, queues, skills, calendarId, capUnits, caps, phone };
}

/** One of the organisation's own says what it is based on. null: it stays as it is. */
function wantedRole(
  { role, ownRoleId }: Pick<ChangeAgentDto, 'role' | 'ownRoleId'>,
  before: Pick<AgentSettingsView, 'role' | 'ownRoleId'> | null,
): WantedRole | null {
  if (ownRoleId !== undefined && ownRoleId !== null) {
    return ownRoleId === before?.ownRoleId ? null : { ownRoleId };
  }
  const isAsItWas = role === before?.role && before?.ownRoleId === null;
  return role === undefined || isAsItWas ? null : { role };
}

function refuseOwn(actor: Actor, id: string, { isGivingUp }: { isGivingUp: boolean }): void {
  if (id === actor.id && isGivingUp) {
    throw conflict('own_account', 'Another administrator has to do this to your account.');
  }
}

async function refuseNoAdmin(tx: Transaction): Promise<void> {
  if ((await tx.query(`select 1 from agent where role = 'admin' and disabled_at is null limit 1`)).length === 0) {
    throw conflict('last_admin', 'Nobody would be an administrator any more.', 'role');
  }
}

async function writeWork(
  tx: Transaction,
  id: string,
  work: AgentWorkDto,
  { queues, phone }: { queues: AgentWorkDto['queues']; phone: WantedPhone },
): Promise<void> {
  const { skills, caps, calendarId, capUnits } = work;
  await tx.query(
    `update agent set cap_units = coalesce($2, cap_units), calendar_id = case when $4 then $3::uuid else calendar_id end,
       phone_kind = case when $5 then $6 else phone_kind end, phone_address = case when $5 then $7 else phone_address end
     where id = $1`,
    [
      id,
      capUnits ?? null,
      calendarId ?? null,
      calendarId !== undefined,
      phone !== undefined,
      phone?.kind ?? null,
      phone?.address ?? null,
    ],
  );
  if (queues) {
    await tx.query(setQueues, [id, JSON.stringify(queues)]);
  }
  if (skills) {
    await tx.query(setSkills, [id, JSON.stringify(skills)]);
  }
  if (caps) {
    await tx.query(setCaps, [id, JSON.stringify(caps)]);
  }
}

/** Which settings were named; of role and state also what they are now. */
function detailsOf(change: ChangeAgentDto): Record<string, unknown> {
  const fields = Object.entries(change)
    .filter(([name, value]) => value !== undefined && name !== 'version')
    .map(([name]) => name);
  const { role, disabled } = change;
  return { fields, ...(role !== undefined && { role }), ...(disabled !== undefined && { disabled }) };
}

function explain(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code === '23505') {
    throw conflict('email_taken', 'There is an account with this address.', 'email');
  }
  if (code === '23503') {
    throw missing(constraint ?? '');
  }
  return explainLastWayIn(error);
}

function missing(constraint: string): Error {
  if (constraint.includes('calendar')) {
    return invalid('calendarId', 'There is no such calendar.');
  }
  return constraint.includes('skill')
    ? invalid('skills', 'There is no such skill.')
    : invalid('queues', 'There is no such queue.');
}
