import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import type { SignInStepView } from '#contract';
import { unauthenticated } from '../../platform/errors/api-error.js';
import { newToken, sha256 } from '../tokens.js';

type Kind = SignInStepView['step'];

const minutes = 10;
const tries = 5;

/** A sign-in that was right so far, by a password or by a provider, and that asks for something more. Its ticket opens no door but the next step. */
export async function beginStep(
  sql: Sql,
  agentId: string,
  kind: Kind,
  providerId: string | null,
): Promise<SignInStepView> {
  const ticket = newToken();
  await sql.query(
    `insert into sign_in_step (id, agent_id, token_hash, kind, expires_at, provider_id)
     values ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 minute', $6)`,
    [uuid(), agentId, sha256(ticket), kind, minutes, providerId],
  );
  return { step: kind, ticket };
}

/** Whoever set a second factor up meanwhile is asked for it: a sign-in from before must not put another in its place. */
const isOpen = `s.ended_at is null and s.expires_at > clock_timestamp() and s.tries < ${tries}
  and a.disabled_at is null and (s.kind = 'code' or a.totp_secret is null)`;

/** Whose sign-in this is. Throws ApiError where it is over, or the account is off by now. */
export async function readStep(sql: Sql, ticket: string, kind: Kind): Promise<string> {
  const [step] = await sql.query<{ agent_id: string }>(
    `select s.agent_id from sign_in_step s join agent a on a.id = s.agent_id
     where s.token_hash = $1 and s.kind = $2 and ${isOpen}`,
    [sha256(ticket), kind],
  );
  return step?.agent_id ?? over();
}

/** Counts a try before the code is looked at, so that many at once are no more than their number. */
export async function takeTry(sql: Sql, ticket: string, kind: Kind): Promise<string> {
  const [step] = await sql.query<{ agent_id: string }>(
    `update sign_in_step s set tries = s.tries + 1 from agent a
     where s.token_hash = $1 and s.kind = $2 and a.id = s.agent_id and ${isOpen} returning s.agent_id`,
    [sha256(ticket), kind],
  );
  return step?.agent_id ?? over();
}

/** Ends a sign-in that got through; of several at once one did. Says by which provider it came. */
export async function endStep(sql: Sql, ticket: string): Promise<string | null> {
  const [ended] = await sql.query<{ provider_id: string | null }>(
    'update sign_in_step set ended_at = clock_timestamp() where token_hash = $1 and ended_at is null returning provider_id',
    [sha256(ticket)],
  );
  return ended ? ended.provider_id : over();
}

function over(): never {
  throw unauthenticated('This took too long or too many tries. Sign in again from the start.', 'sign_in_over');
}
