import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { AgentEndpoint, Sql } from '#channels';
import type { AgentStatus, MeView, Permission, Preferences, Role } from '#contract';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { invalid, unauthenticated } from '../../platform/errors/api-error.js';
import { listPermissions } from '../permissions.js';
import { recordAct } from '../record-act.js';
import { LoginLimits } from '../sessions/login-limits.js';
import { SessionService } from '../sessions/session.service.js';
import { setPassword } from './account-links.js';
import { checkPassword } from './check-password.js';
import { PasswordHasher } from './password-hasher.js';
import { withDefaults } from './preferences.js';

export interface NewAccount {
  email: string;
  name: string;
  role: Role;
  /** null: nobody can sign in with it until its owner chose one. */
  passwordHash: string | null;
  locale: 'en' | 'fa';
}

export interface Account {
  id: string;
  email: string;
  name: string;
  role: Role;
  locale: 'en' | 'fa';
  status: AgentStatus;
  queueIds: string[];
  phone: AgentEndpoint | null;
  preferences: Preferences;
  ownRole: MeView['ownRole'];
  permissions: Permission[];
}

/** The one form in which addresses of agents are kept and compared. */
export function foldEmail(email: string): string {
  return email.trim().toLowerCase();
}

export async function insertAccount(sql: Sql, account: NewAccount): Promise<string> {
  const id = uuid();
  await sql.query(
    `insert into agent (id, email, name, role, password_hash, locale, invited_at)
     values ($1, $2, $3, $4, $5::text, $6, case when $5::text is null then clock_timestamp() end)`,
    [id, foldEmail(account.email), account.name, account.role, account.passwordHash, account.locale],
  );
  return id;
}

/** What agents may read and change of themselves. */
@Injectable()
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionService,
    private readonly events: EventBus,
    private readonly limits: LoginLimits,
  ) {}

  async get(agentId: string): Promise<Account> {
    const [account] = await this.database.query<Omit<Account, 'permissions'> & { permissions: Permission[] | null }>(
      `select a.id, a.email, a.name, a.role, a.locale, a.status,
              array(select queue_id from queue_member m where m.agent_id = a.id order by queue_id) as "queueIds",
              case when a.phone_kind is not null then jsonb_build_object('kind', a.phone_kind, 'address', a.phone_address) end as phone,
              a.preferences, case when o.id is not null then jsonb_build_object('id', o.id, 'name', o.name, 'sees', o.sees) end as "ownRole",
              o.permissions
       from agent a left join own_role o on o.id = a.own_role_id where a.id = $1 and a.disabled_at is null`,
      [agentId],
    );
    if (!account) {
      throw unauthenticated();
    }
    const preferences = withDefaults(account.preferences);
    return {
      ...account,
      preferences,
      permissions: account.permissions ?? listPermissions({ ...account, ownRole: null }),
    };
  }

  async describe(
    agentId: string,
    change: {
      name?: string | undefined;
      locale?: 'en' | 'fa' | undefined;
      status?: 'online' | 'busy' | 'away' | undefined;
      preferences?: Partial<Preferences> | undefined;
    },
  ): Promise<void> {
    await this.database.query(
      `update agent set name = coalesce($2, name), locale = coalesce($3, locale), status = coalesce($4, status),
              preferences = preferences || coalesce($5::jsonb, '{}'),
              idle_since = case when $4 = 'online' and status <> 'online' and used_units = 0 then clock_timestamp() else idle_since end,
              status_reason = case when $4::text is null then status_reason end, status_by = case when $4::text is null then status_by end,
              status_words = case when $4::text is null then status_words else '' end,
              missed_offers = case when $4::text is null then missed_offers else 0 end
       where id = $1`,
      [
        agentId,
        change.name ?? null,
        change.locale ?? null,
        change.status ?? null,
        change.preferences === undefined ? null : JSON.stringify(change.preferences),
      ],
    );
    if (change.status !== undefined) {
      this.events.emit('agent.available', { agentId });
    }
  }

  /** Says where calls ring for them; null: nowhere, so they get none. */
  async changePhone(agentId: string, phone: AgentEndpoint | null): Promise<void> {
    await this.database.query(
      'update agent set phone_kind = $2, phone_address = $3, version = version + 1 where id = $1',
      [agentId, phone?.kind ?? null, phone?.address ?? null],
    );
    this.events.emit('agent.available', { agentId });
  }

  /** Sets a new password for who knows the old one, and ends every session but the one it was done in. */
  async changePassword(agentId: string, change: { from: string; to: string }, sessionId: string | null): Promise<void> {
    await this.provePassword(agentId, change.from, 'currentPassword');
    const owner = await this.get(agentId);
    checkPassword(change.to, owner, 'newPassword');
    const passwordHash = await this.hasher.hash(change.to);
    await this.database.transaction(async (tx) => {
      await setPassword(tx, agentId, passwordHash);
      await this.sessions.endIn(tx, agentId, { allBut: sessionId });
      await recordAct(tx, { actorId: agentId, action: 'account.password_changed', subject: agentId });
    });
  }

  /** Whoever changes how an account is come into says its password once more. Throws ApiError. */
  async provePassword(agentId: string, password: string, field = 'password'): Promise<void> {
    await this.limits.takeProof(agentId, 'password');
    const [row] = await this.database.query<{ password_hash: string | null }>(
      'select password_hash from agent where id = $1',
      [agentId],
    );
    if (!(await this.hasher.matches(password, row?.password_hash ?? null))) {
      throw invalid(field, 'This is not your password.', 'wrong_password');
    }
    await this.limits.forgetProof(agentId, 'password');
  }
}
