import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { setQueues } from '../../settings/agents/agent-rows.query.js';
import { readCompany } from '../../settings/start/start-rows.query.js';
import { endWaysIn } from '../accounts/account-links.js';
import { insertAccount } from '../accounts/account.service.js';
import { recordAct } from '../record-act.js';
import { decideEntry, roleOf, type GivenRole } from './decide-entry.js';
import { findLinked, findNamesake, linkIdentity, noteUse, type LinkedAccount } from './identities.js';
import type { OpenProvider } from './provider-rows.query.js';
import type { Person } from './read-claims.js';
import { SignInRefused } from './sign-in-refused.js';

/** Which account is whose: links, and accounts that are made when somebody first comes. */
@Injectable()
export class ProviderAccounts {
  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
  ) {}

  /** The account that opens for somebody. Throws SignInRefused. */
  async settle(provider: OpenProvider, person: Person): Promise<string> {
    const settle = () => this.database.transaction((tx) => this.settleIn(tx, provider, person));
    // Two windows of one person came at once: by now the other one's account is there.
    return settle().catch((error: unknown) => {
      if ((error as { code?: unknown }).code === '23505') {
        return settle();
      }
      throw error;
    });
  }

  private async settleIn(tx: Transaction, provider: OpenProvider, person: Person): Promise<string> {
    await holdProvider(tx, provider);
    const linked = await findLinked(tx, provider.issuer, person.subject);
    const namesake = linked ? null : await findNamesake(tx, provider.issuer, person.email);
    const entry = decideEntry(provider, person, { linked, namesake });
    switch (entry.kind) {
      case 'refuse':
        throw new SignInRefused(entry.why);
      case 'create':
        return this.create(tx, provider, person, entry.email);
      case 'link':
        await this.link(tx, provider, person, { agentId: entry.agentId, isInvited: namesake?.isInvited ?? false });
        return entry.agentId;
      case 'enter':
        await noteUse(tx, provider.issuer, person);
        await this.followGroups(tx, provider, person, linked);
        return entry.agentId;
    }
  }

  private async create(tx: Transaction, provider: OpenProvider, person: Person, email: string): Promise<string> {
    const name = person.name ?? email.split('@')[0] ?? email;
    const locale = person.locale ?? (await readCompany(tx))?.locale ?? 'fa';
    const agentId = await insertAccount(tx, { email, name, role: 'agent', passwordHash: null, locale });
    const given = roleOf(provider, person);
    await this.giveRole(tx, agentId, given);
    await tx.query('update agent set invited_at = null where id = $1', [agentId]);
    const known = await tx.query('select id from queue where id = any ($1::uuid[]) and retired_at is null', [
      provider.queueIds,
    ]);
    await tx.query(setQueues, [agentId, JSON.stringify(known.map(({ id }) => ({ queueId: id, level: 1 })))]);
    await linkIdentity(tx, agentId, { issuer: provider.issuer, person, madeAccount: true });
    const details = { ...given, provider: provider.id, queues: known.map(({ id }) => id) };
    await recordAct(tx, { actorId: null, action: 'agent.created', subject: agentId, details });
    return agentId;
  }

  /** Whoever was invited has joined by it, and no link that somebody else may hold opens the account any more. */
  private async link(
    tx: Transaction,
    { issuer, id }: OpenProvider,
    person: Person,
    { agentId, isInvited }: { agentId: string; isInvited: boolean },
  ): Promise<void> {
    await linkIdentity(tx, agentId, { issuer, person, madeAccount: false });
    if (isInvited) {
      await endWaysIn(tx, agentId);
      await tx.query(
        'update agent set invited_at = null, name = coalesce($2, name), version = version + 1 where id = $1',
        [agentId, person.name],
      );
      this.events.emitAfterCommit(tx, 'team.changed', {});
      await recordAct(tx, { actorId: agentId, action: 'account.joined', subject: agentId, details: { provider: id } });
    }
    const details = { provider: id };
    await recordAct(tx, { actorId: agentId, action: 'account.identity_linked', subject: agentId, details });
  }

  /**
   * An account that came from a provider has the role that its groups say by now. Those that were made here keep the one they were given
   * here, and so does an administrator who must be able to come in whatever a provider says.
   */
  private async followGroups(
    tx: Transaction,
    provider: OpenProvider,
    person: Person,
    account: LinkedAccount | null,
  ): Promise<void> {
    if (!account?.madeAccount || account.keepsPassword || provider.groups.length === 0) {
      return;
    }
    const { agentId, role, ownRoleId } = account;
    const given = roleOf(provider, person);
    const isSame = given.role === role && given.ownRoleId === ownRoleId;
    if (isSame || (role === 'admin' && (await isLastAdmin(tx, agentId)))) {
      return;
    }
    await this.giveRole(tx, agentId, given);
    await endWaysIn(tx, agentId);
    this.events.emitAfterCommit(tx, 'rights.changed', { agentId });
    const changes = { role: [role, given.role], ownRoleId: [ownRoleId, given.ownRoleId] };
    const details = { provider: provider.id, changes };
    await recordAct(tx, { actorId: null, action: 'agent.changed', subject: agentId, details });
  }

  private async giveRole(tx: Transaction, agentId: string, { role, ownRoleId }: GivenRole): Promise<void> {
    await tx.query('update agent set role = $2, own_role_id = $3, version = version + 1 where id = $1', [
      agentId,
      role,
      ownRoleId,
    ]);
    this.events.emitAfterCommit(tx, 'team.changed', {});
  }
}

/** A provider takes seconds to answer. What it may do here stays as it was read until the account is settled, or this is over. */
async function holdProvider(tx: Transaction, { id, version }: OpenProvider): Promise<void> {
  const held = await tx.query('select 1 from sign_in_provider where id = $1 and version = $2 and enabled for share', [
    id,
    version,
  ]);
  if (held.length === 0) {
    throw new SignInRefused('over');
  }
}

/** The others are held, so that of two who leave at once one stays. */
async function isLastAdmin(tx: Transaction, agentId: string): Promise<boolean> {
  const others = await tx.query(
    `select 1 from agent where role = 'admin' and disabled_at is null and id <> $1 order by id for no key update`,
    [agentId],
  );
  return others.length === 0;
}
