import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import type { OpenedLinkView } from '#contract';
import { conflict } from '../../platform/errors/api-error.js';
import { newToken, sha256 } from '../tokens.js';

export type LinkKind = 'invite' | 'reset';

/** A link as it was made. What is kept of it is the token's hash, so this is the only time that it can be passed on. */
export interface MadeLink {
  id: string;
  /** Below the address of the console. The token is behind the #: browsers keep that part to themselves. */
  path: string;
  expiresAt: Date;
}

const lifeMinutes: Record<LinkKind, number> = { invite: 72 * 60, reset: 30 };

/**
 * One statement, so that of two who make a link at once the later one's is the one that holds. Only who has joined forgets a password,
 * and only who has not is invited.
 */
const put = `
insert into account_link as l (id, agent_id, kind, token_hash, expires_at, made_by)
select $1, a.id, $3, $4, clock_timestamp() + $5 * interval '1 minute', $6::uuid
from agent a where a.id = $2 and a.disabled_at is null and (a.invited_at is not null) = ($3 = 'invite')
on conflict (agent_id, kind) where used_at is null and revoked_at is null
do update set id = excluded.id, token_hash = excluded.token_hash, made_at = clock_timestamp(), expires_at = excluded.expires_at,
              made_by = excluded.made_by, mailed_at = null, unsent = null, unsent_at = null, unsent_tries = 0
returning l.expires_at`;

async function makeLink(
  sql: Sql,
  agentId: string,
  { kind, madeBy }: { kind: LinkKind; madeBy: string | null },
): Promise<MadeLink | null> {
  const [id, token] = [uuid(), newToken()];
  const [row] = await sql.query<{ expires_at: Date }>(put, [
    id,
    agentId,
    kind,
    sha256(token),
    lifeMinutes[kind],
    madeBy,
  ]);
  return row ? { id, path: `/${kind === 'invite' ? 'join' : 'reset'}#${token}`, expiresAt: row.expires_at } : null;
}

/** Null for an account that is off, and for one whose owner has joined already. `madeBy` null: nobody with an account. */
export function makeInvitation(sql: Sql, agentId: string, madeBy: string | null = null): Promise<MadeLink | null> {
  return makeLink(sql, agentId, { kind: 'invite', madeBy });
}

/** A link by which the owner of an account chooses a new password, for half an hour. Null for an account that is off or was never joined. */
export function makeResetLink(sql: Sql, agentId: string, madeBy: string | null = null): Promise<MadeLink | null> {
  return makeLink(sql, agentId, { kind: 'reset', madeBy });
}

/** Takes a link back that was not used. Says whether there was one. */
export async function revokeLink(sql: Sql, agentId: string, kind: LinkKind): Promise<boolean> {
  const gone = await sql.query(
    `update account_link set revoked_at = clock_timestamp()
     where agent_id = $1 and kind = $2 and used_at is null and revoked_at is null returning id`,
    [agentId, kind],
  );
  return gone.length > 0;
}

/**
 * Takes back what others made of ways into an account that is given another role: whoever kept such a link could be about to come into
 * rights that they may not give.
 */
export async function revokeLinksOfOthers(tx: Sql, agentId: string, giverId: string): Promise<void> {
  await tx.query(
    `update account_link set revoked_at = clock_timestamp()
     where agent_id = $1 and made_by <> $2 and used_at is null and revoked_at is null`,
    [agentId, giverId],
  );
}

type LinkState = OpenedLinkView['state'];

interface LinkRow {
  agent_id: string;
  kind: LinkKind;
  state: LinkState;
  email: string;
  name: string;
}

/** The link of a token as it stands; null where no link has it, or a newer one took its place. */
export async function findLink(sql: Sql, token: string): Promise<LinkRow | null> {
  const [row] = await sql.query<LinkRow & Record<string, unknown>>(
    `select l.agent_id, l.kind, a.email, a.name,
            case when l.used_at is not null then 'used' when l.revoked_at is not null or a.disabled_at is not null then 'revoked'
                 when l.expires_at <= clock_timestamp() then 'expired' else 'good' end as state
     from account_link l join agent a on a.id = l.agent_id where l.token_hash = $1`,
    [sha256(token)],
  );
  return row ?? null;
}

/** Whoever holds a link that does not hold any more learns how it ended, and nothing of whose it was. */
export async function describeLink(sql: Sql, token: string): Promise<OpenedLinkView> {
  const link = await findLink(sql, token);
  const isGood = link?.state === 'good';
  return {
    state: link?.state ?? 'unknown',
    kind: link?.kind ?? null,
    email: isGood ? link.email : null,
    name: isGood ? link.name : null,
  };
}

/**
 * Uses the link up: of several at once, one. Throws ApiError for one that does not hold. Returns whose it is. The account is held
 * before the link, as by everybody who makes links and takes them back: in the other order they would wait for one another.
 */
export async function useLink(tx: Sql, token: string, kind: LinkKind): Promise<string> {
  await tx.query(
    'select 1 from agent where id = (select agent_id from account_link where token_hash = $1) for no key update',
    [sha256(token)],
  );
  const [used] = await tx.query<{ agent_id: string }>(
    `update account_link l set used_at = clock_timestamp() from agent a
     where l.token_hash = $1 and l.kind = $2 and l.used_at is null and l.revoked_at is null and l.expires_at > clock_timestamp()
       and a.id = l.agent_id and a.disabled_at is null
     returning l.agent_id`,
    [sha256(token), kind],
  );
  if (!used) {
    throw refusalOf((await findLink(tx, token))?.state);
  }
  return used.agent_id;
}

const refusals: Record<Exclude<LinkState, 'good'>, () => Error> = {
  expired: () => conflict('link_expired', 'This link is too old. Ask for a new one.', 'token'),
  used: () => conflict('link_used', 'This link was used already. Each works once.', 'token'),
  revoked: () => conflict('link_revoked', 'This link was taken back. Ask your administrator.', 'token'),
  unknown: () =>
    conflict(
      'link_unknown',
      'This link does not hold. Perhaps a newer one was made, or part of it is missing.',
      'token',
    ),
};

/** What is said of a link that does not hold. */
export function refusalOf(state: LinkState | undefined): Error {
  return refusals[state === undefined || state === 'good' ? 'unknown' : state]();
}

/** A new password is the end of what was begun with the old one: half a sign-in, and a link for yet another. */
export async function setPassword(tx: Sql, agentId: string, passwordHash: string): Promise<void> {
  await tx.query('update agent set password_hash = $2 where id = $1', [agentId, passwordHash]);
  await endWaysIn(tx, agentId);
}

/** Ends every link of an account and every half-done sign-in. What was open when an account was switched off stays over when it is on again. */
export async function endWaysIn(tx: Sql, agentId: string): Promise<void> {
  await tx.query('update sign_in_step set ended_at = clock_timestamp() where agent_id = $1 and ended_at is null', [
    agentId,
  ]);
  await revokeLink(tx, agentId, 'invite');
  await revokeLink(tx, agentId, 'reset');
}
