import { Injectable } from '@nestjs/common';
import type { SignInProviderView } from '#contract';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { SecretBox } from '../../platform/secret-box.js';
import { holdRole } from '../../settings/roles/give-role.js';
import type { Actor } from '../actor.js';
import { refuseBeyond } from '../covers.js';
import { diffOf } from '../diff-of.js';
import { recordAct } from '../record-act.js';
import { explainLastWayIn } from './last-way-in.js';
import { findProvider, secretPlace } from './provider-rows.query.js';
import { readDomains, readIssuer, readScopes } from './read-provider.js';
import type { SignInGroupDto, SignInProviderDto } from './sign-in-settings.dto.js';

const most = 20;

/** Providers as administrators set them up. Whoever changes how accounts are come into can give no role that they could not give by hand. */
@Injectable()
export class ProviderSettings {
  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
  ) {}

  /** Makes the provider of this id or changes it: the same wish twice is one provider. */
  async put(actor: Actor, id: string, wish: SignInProviderDto): Promise<SignInProviderView> {
    return this.database
      .transaction(async (tx) => {
        await tx.query('select 1 from sign_in_provider where id = $1 for update', [id]);
        const before = await findProvider(tx, id);
        refuseStale(before, wish);
        refuseMove(before, wish);
        await refuseMore(tx, before);
        await refuseRoles(tx, actor, wish);
        await write(tx, id, wish);
        await this.sealSecret(tx, id, wish.clientSecret);
        await writeGroups(tx, id, wish.groups);
        const after = await getProvider(tx, id);
        const details = {
          changes: diffOf(before ? told(before) : {}, told(after)),
          ...(wish.clientSecret !== undefined && { secret: wish.clientSecret === null ? 'removed' : 'replaced' }),
        };
        const action = `sign-in-provider.${before ? 'changed' : 'created'}` as const;
        await recordAct(tx, { actorId: actor.id, action, subject: id, details });
        return after;
      })
      .catch(explain);
  }

  /** Its people keep their accounts, and come in by another way. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.database
      .transaction(async (tx) => {
        const before = await getProvider(tx, id);
        await tx.query('delete from sign_in_provider where id = $1', [id]);
        const details = { changes: diffOf(told(before), {}) };
        await recordAct(tx, { actorId: actor.id, action: 'sign-in-provider.removed', subject: id, details });
      })
      .catch(explain);
  }

  private async sealSecret(tx: Transaction, id: string, secret: string | null | undefined): Promise<void> {
    if (secret !== undefined) {
      const sealed = secret && this.box.seal(secret, secretPlace(id));
      await tx.query('update sign_in_provider set secret = $2 where id = $1', [id, sealed]);
    }
  }
}

async function write(tx: Transaction, id: string, wish: SignInProviderDto): Promise<void> {
  await tx.query(
    `insert into sign_in_provider as p (id, name, issuer, client_id, scopes, email_domains, trusts_email, creates_accounts, role, own_role_id,
       queue_ids, groups_claim, second_factor, enabled)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (id) do update set version = p.version + 1, name = excluded.name, issuer = excluded.issuer, client_id = excluded.client_id,
       scopes = excluded.scopes, email_domains = excluded.email_domains, trusts_email = excluded.trusts_email,
       creates_accounts = excluded.creates_accounts, role = excluded.role, own_role_id = excluded.own_role_id, queue_ids = excluded.queue_ids,
       groups_claim = excluded.groups_claim, second_factor = excluded.second_factor, enabled = excluded.enabled`,
    [
      id,
      wish.name.trim(),
      readIssuer(wish.issuer),
      wish.clientId.trim(),
      readScopes(wish.scopes),
      readDomains(wish.emailDomains),
      wish.trustsEmail,
      wish.createsAccounts,
      wish.role,
      wish.ownRoleId ?? null,
      wish.queueIds,
      wish.groupsClaim?.trim() || null,
      wish.secondFactor,
      wish.enabled,
    ],
  );
}

async function writeGroups(tx: Transaction, id: string, groups: SignInGroupDto[]): Promise<void> {
  await tx.query('delete from sign_in_group where provider_id = $1', [id]);
  await tx.query(
    `insert into sign_in_group (provider_id, place, name, role, own_role_id)
     select $1, g.place, g.name, g.role, g."ownRoleId"
     from rows from (jsonb_to_recordset($2::jsonb) as (name text, role text, "ownRoleId" uuid)) with ordinality g (name, role, "ownRoleId", place)`,
    [id, JSON.stringify(groups)],
  );
}

/** Each role that it could give, held until the commit: the actor must be able to give it, and it must be what it is called. */
async function refuseRoles(tx: Transaction, actor: Actor, wish: SignInProviderDto): Promise<void> {
  for (const { role, ownRoleId } of [wish, ...wish.groups]) {
    const given = await holdRole(tx, ownRoleId ? { ownRoleId } : { role });
    refuseBeyond(actor, given);
    if (given.role !== role) {
      throw invalid('role', 'This role is based on another one by now. Choose it again.');
    }
  }
}

async function refuseMore(tx: Transaction, before: SignInProviderView | null): Promise<void> {
  const [row] = await tx.query<{ count: number }>('select count(*)::int as count from sign_in_provider');
  if (!before && (row?.count ?? 0) >= most) {
    throw conflict('too_many_providers', `There can be ${most} providers. Remove one that is not needed any more.`);
  }
}

function refuseStale(before: SignInProviderView | null, { version }: SignInProviderDto): void {
  if (version !== undefined && version !== before?.version) {
    throw conflict('stale', 'Somebody changed this provider meanwhile. Look again.', 'version');
  }
}

/** A stored secret goes where it was given for and nowhere else. */
function refuseMove(before: SignInProviderView | null, { issuer, clientSecret }: SignInProviderDto): void {
  if (before?.hasSecret && clientSecret === undefined && readIssuer(issuer) !== before.issuer) {
    throw invalid('clientSecret', 'Give the secret again: it is for another provider.', 'secret_needed');
  }
}

async function getProvider(tx: Transaction, id: string): Promise<SignInProviderView> {
  const found = await findProvider(tx, id);
  if (!found) {
    throw notFound('This provider');
  }
  return found;
}

/** What the audit shows: all that is set up, and of the secret only whether there is one. */
function told({
  id: _id,
  version: _version,
  people: _people,
  ...settings
}: SignInProviderView): Record<string, unknown> {
  return settings;
}

function explain(error: unknown): never {
  const { code, constraint = '' } = error as { code?: string; constraint?: string };
  if (code === '23505' && constraint.includes('issuer')) {
    throw conflict('issuer_taken', 'There is a provider with this address already.', 'issuer');
  }
  if (code === '23503' && constraint.includes('issuer')) {
    throw conflict(
      'issuer_used',
      'People have signed in by this provider. Add another one instead of changing where it is.',
      'issuer',
    );
  }
  return explainLastWayIn(error);
}
