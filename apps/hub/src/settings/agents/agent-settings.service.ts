import { Injectable } from '@nestjs/common';
import type { AgentEndpoint } from '#channels';
import { HubConfig } from '#config';
import type { AgentSettingsView, AgentView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { insertAccount } from '../../auth/accounts/account.service.js';
import { checkPassword } from '../../auth/accounts/check-password.js';
import { PasswordHasher } from '../../auth/accounts/password-hasher.js';
import { recordAct } from '../../auth/record-act.js';
import { SessionService } from '../../auth/sessions/session.service.js';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
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
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionService,
    private readonly bus: EventBus,
    private readonly work: AgentWork,
    private readonly config: HubConfig,
  ) {}

  list(): Promise<AgentView[]> {
    return this.database.query<AgentView>(`${agentViews} where a.disabled_at is null order by a.name, a.id`);
  }

  /** Accounts that are off come last. */
  listSettings(): Promise<AgentSettingsView[]> {
    return this.database.query<AgentSettingsView & Record<string, unknown>>(
      `${agentSettings} order by a.disabled_at is not null, a.name, a.id`,
    );
  }

  async get(id: string): Promise<AgentSettingsView> {
    const [row] = await this.database.query<AgentSettingsView & Record<string, unknown>>(
      `${agentSettings} where a.id = $1`,
      [id],
    );
    if (!row) {
      throw notFound('This agent');
    }
    return row;
  }

  async create(actor: Actor, agent: NewAgentDto): Promise<AgentSettingsView> {
    checkPassword(agent.password, agent.email, 'password');
    const passwordHash = await this.hasher.hash(agent.password);
    const { email, name, role } = agent;
    const locale = agent.locale ?? (await readCompany(this.database))?.locale ?? 'fa';
    const id = await this.database
      .transaction(async (tx) => {
        const made = await insertAccount(tx, { email, name, role, passwordHash, locale });
        const queues = agent.queues ?? (agent.queueIds ?? []).map((queueId) => ({ queueId, level: 1 }));
        await writeWork(tx, made, agent, { queues, phone: this.phoneOf(agent) });
        this.bus.emitAfterCommit(tx, 'team.changed', {});
        await recordAct(tx, { actorId: actor.id, action: 'agent.created', subject: made, details: { role } });
        return made;
      })
      .catch(explain);
    return this.get(id);
  }

  async change(actor: Actor, id: string, change: ChangeAgentDto): Promise<AgentSettingsView> {
    refuseOwn(actor, id, change);
    const passwordHash = await this.hashOf(id, change.password);
    const phone = this.phoneOf(change);
    await this.database.transaction((tx) => this.write(tx, actor, id, { change, passwordHash, phone })).catch(explain);
    if (change.disabled === true || passwordHash !== null) {
      await this.sessions.end(id, { allBut: null });
    }
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
    { change, passwordHash, phone }: { change: ChangeAgentDto; passwordHash: string | null; phone: WantedPhone },
  ): Promise<void> {
    // Of two administrators who switch each other off, the second one finds nobody else left.
    await tx.query(
      `select 1 from agent where id = $1 or (role = 'admin' and disabled_at is null) order by id for no key update`,
      [id],
    );
    const [before] = await tx.query<{ version: number }>('select version from agent where id = $1', [id]);
    if (!before) {
      throw notFound('This agent');
    }
    if (change.version !== undefined && change.version !== before.version) {
      throw conflict('stale', 'Somebody changed this account meanwhile. Look again.', 'version');
    }
    await tx.query(
      `update agent set version = version + 1, name = coalesce($2, name), role = coalesce($3, role), password_hash = coalesce($5, password_hash),
              disabled_at = case when $4 then coalesce(disabled_at, clock_timestamp()) when $4 = false then null else disabled_at end
       where id = $1`,
      [id, change.name ?? null, change.role ?? null, change.disabled ?? null, passwordHash],
    );
    await refuseNoAdmin(tx);
    await writeWork(tx, id, change, { queues: change.queues, phone });
    this.bus.emitAfterCommit(tx, 'team.changed', {});
    this.bus.emitAfterCommit(tx, 'load.moved', { agentId: id });
    await recordAct(tx, { actorId: actor.id, action: 'agent.changed', subject: id, details: detailsOf(change) });
  }

  /** As it is dialled. Throws in words where nobody could dial it. */
  private phoneOf({ phone }: AgentWorkDto): WantedPhone {
    return phone ? readAgentPhone(phone, this.config.defaultCountry) : phone;
  }

  private async hashOf(id: string, password: string | undefined): Promise<string | null> {
    if (password === undefined) {
      return null;
    }
    checkPassword(password, (await this.get(id)).email, 'password');
    return this.hasher.hash(password);
  }
}

function refuseOwn(actor: Actor, id: string, { disabled, role, password }: ChangeAgentDto): void {
  const isGivingUp = disabled === true || (role !== undefined && role !== 'admin') || password !== undefined;
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

/** Which settings were named; of role and state also what they are now. A password is only named. */
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
  throw error;
}

function missing(constraint: string): Error {
  if (constraint.includes('calendar')) {
    return invalid('calendarId', 'There is no such calendar.');
  }
  return constraint.includes('skill')
    ? invalid('skills', 'There is no such skill.')
    : invalid('queues', 'There is no such queue.');
}
