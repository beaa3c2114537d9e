import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import type { OwnIdentityView } from '#contract';
import { conflict, notFound, unauthenticated } from '../../platform/errors/api-error.js';
import type { GivenRole } from './decide-entry.js';
import type { Person } from './read-claims.js';

/** An account as it stands when somebody comes to its door. */
interface Found {
  agentId: string;
  isOff: boolean;
}

/** The account that an identity is linked to, held. */
export interface LinkedAccount extends Found, GivenRole {
  madeAccount: boolean;
  keepsPassword: boolean;
}

export async function findLinked(tx: Sql, issuer: string, subject: string): Promise<LinkedAccount | null> {
  const [row] = await tx.query<LinkedAccount & Record<string, unknown>>(
    `select a.id as "agentId", a.disabled_at is not null as "isOff", a.role, a.own_role_id as "ownRoleId",
            i.made_account as "madeAccount", a.keeps_password as "keepsPassword"
     from agent_identity i join agent a on a.id = i.agent_id where i.issuer = $1 and i.subject = $2 for no key update of a`,
    [issuer, subject],
  );
  return row ?? null;
}

/** The account with an address, held. */
export async function findNamesake(
  tx: Sql,
  issuer: string,
  email: string | null,
): Promise<(Found & { isTaken: boolean; isInvited: boolean }) | null> {
  const [row] = await tx.query<Found & { isTaken: boolean; isInvited: boolean } & Record<string, unknown>>(
    `select a.id as "agentId", a.disabled_at is not null as "isOff", a.invited_at is not null as "isInvited",
            exists (select 1 from agent_identity i where i.agent_id = a.id and i.issuer = $1) as "isTaken"
     from agent a where a.email = $2 for no key update of a`,
    [issuer, email],
  );
  return row ?? null;
}

export async function linkIdentity(
  tx: Sql,
  agentId: string,
  { issuer, person, madeAccount }: { issuer: string; person: Person; madeAccount: boolean },
): Promise<void> {
  await tx.query(
    'insert into agent_identity (id, agent_id, issuer, subject, email, made_account) values ($1, $2, $3, $4, $5, $6)',
    [uuid(), agentId, issuer, person.subject, person.email ?? '', madeAccount],
  );
}

export async function noteUse(tx: Sql, issuer: string, { subject, email }: Person): Promise<void> {
  await tx.query(
    `update agent_identity set last_used_at = clock_timestamp(), email = coalesce($3, email) where issuer = $1 and subject = $2`,
    [issuer, subject, email],
  );
}

/** Nobody unlinks it or switches its provider off between the look and the session. Throws ApiError where that happened. Returns the provider. */
export async function holdIdentity(tx: Sql, agentId: string, providerId: string): Promise<string> {
  const held = await tx.query(
    `select 1 from agent_identity i join sign_in_provider p on p.issuer = i.issuer
     where i.agent_id = $1 and p.id = $2 and p.enabled for share of i, p`,
    [agentId, providerId],
  );
  if (held.length === 0) {
    throw unauthenticated();
  }
  return providerId;
}

export function listIdentities(sql: Sql, agentId: string): Promise<OwnIdentityView[]> {
  return sql.query<OwnIdentityView & Record<string, unknown>>(
    `select i.id, p.name as provider, i.email, i.linked_at as "linkedAt", i.last_used_at as "lastUsedAt"
     from agent_identity i join sign_in_provider p on p.issuer = i.issuer where i.agent_id = $1 order by p.name, i.id`,
    [agentId],
  );
}

/**
 * Throws ApiError for the last way into the account: a password counts where it opens, and so does another provider that is on. Also for an
 * account that came from the provider: linked anew it would be any account, whose role no group says.
 */
export async function unlinkIdentity(tx: Sql, agentId: string, id: string): Promise<{ provider: string }> {
  await tx.query('select 1 from agent where id = $1 for no key update', [agentId]);
  const [gone] = await tx.query<{ provider: string; made: boolean }>(
    `delete from agent_identity i using sign_in_provider p where p.issuer = i.issuer and i.id = $1 and i.agent_id = $2
     returning p.id as provider, i.made_account as made`,
    [id, agentId],
  );
  if (!gone) {
    throw notFound('This link');
  }
  if (gone.made) {
    throw conflict('made_by_provider', 'This account came from the provider, and stays with it.');
  }
  const left = await tx.query(
    `select 1 from agent a, sign_in_rule r where a.id = $1 and a.password_hash is not null and (a.keeps_password or r.passwords = 'everybody')
     union all select 1 from agent_identity i join sign_in_provider p on p.issuer = i.issuer where i.agent_id = $1 and p.enabled`,
    [agentId],
  );
  if (left.length === 0) {
    throw conflict('only_way_in', 'This is your only way in. Choose a password first, by “Forgot your password?”.');
  }
  return { provider: gone.provider };
}
