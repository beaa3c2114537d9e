import { createHmac } from 'node:crypto';
import type { Sql } from '#channels';
import { signInMinutes } from '../sessions/sign-in-cookie.js';
import { newToken, sha256 } from '../tokens.js';
import type { Proofs } from './provider-client.service.js';

/** A sign-in that was begun: `browser` stays in a cookie of the browser that began it, the rest goes to the provider. */
export interface BegunFlow {
  browser: string;
  proofs: Proofs;
}

/** Null: the provider was removed meanwhile. */
export async function beginFlow(sql: Sql, providerId: string, returnTo: string): Promise<BegunFlow | null> {
  const [browser, state] = [newToken(), newToken()];
  const begun = await sql.query(
    `insert into sign_in_flow (state_hash, browser_hash, provider_id, return_to, expires_at)
     select $1, $2, p.id, $4, clock_timestamp() + $5 * interval '1 minute' from sign_in_provider p where p.id = $3 for key share
     returning 1`,
    [sha256(state), sha256(browser), providerId, returnTo, signInMinutes],
  );
  return begun.length > 0 ? { browser, proofs: proofsOf(browser, state) } : null;
}

/** Ends a flow for the browser that began it, whatever comes of it: each holds once. Null: there is none, or not any more, or not here. */
export async function takeFlow(
  sql: Sql,
  { browser, state, providerId }: { browser: string; state: string; providerId: string },
): Promise<{ returnTo: string; proofs: Proofs } | null> {
  const [row] = await sql.query<{ return_to: string }>(
    `delete from sign_in_flow where state_hash = $1 and browser_hash = $2 and provider_id = $3 and expires_at > clock_timestamp()
     returning return_to`,
    [sha256(state), sha256(browser), providerId],
  );
  return row ? { returnTo: row.return_to, proofs: proofsOf(browser, state) } : null;
}

/**
 * What a flow proves itself with is made of what its browser alone holds, so the database knows none of it. Neither can be worked out
 * from the other, nor from the state, which is seen on the way.
 */
function proofsOf(browser: string, state: string): Proofs {
  const derive = (purpose: string): string =>
    createHmac('sha256', browser).update(`${purpose} ${state}`).digest('base64url');
  return { state, nonce: derive('nonce'), verifier: derive('code verifier') };
}
