import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import type { Role } from '#contract';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import type { Actor } from '../actor.js';
import { newToken, sha256 } from '../tokens.js';

/** A session ends this long after it began, whatever happens in it. */
export const sessionSeconds = 30 * 24 * 3600;

/**
 * One statement: who it is, and a note that they were here when the last one is a minute old. Idle for twelve hours is over.
 * All on the database's clock.
 */
const resolveStatement = {
  name: 'resolve-session',
  text: `
    with found as (
      select s.id, s.last_seen_at, a.id as agent_id, a.role
      from session s join agent a on a.id = s.agent_id
      where s.token_hash = $1 and s.revoked_at is null and a.disabled_at is null
        and s.expires_at > clock_timestamp() and s.last_seen_at > clock_timestamp() - interval '12 hours'
    ), seen as (
      update session set last_seen_at = clock_timestamp()
      from found where session.id = found.id and found.last_seen_at < clock_timestamp() - interval '1 minute'
    )
    select id, agent_id, role from found`,
};

/** Sessions of signed-in agents: opaque tokens, kept as hashes, ended at once by logging out, by disabling or by a new password. */
@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('sessions', () =>
      database.query(
        `delete from session where expires_at < clock_timestamp() - interval '1 day' or revoked_at < clock_timestamp() - interval '1 day'`,
      ),
    );
  }

  /** Begins a session under a token that nobody has seen before, and returns the token. */
  async begin(sql: Sql, agentId: string): Promise<string> {
    const token = newToken();
    await sql.query(
      `insert into session (id, agent_id, token_hash, expires_at) values ($1, $2, $3, clock_timestamp() + $4 * interval '1 second')`,
      [uuid(), agentId, sha256(token), sessionSeconds],
    );
    return token;
  }

  /** Who holds this token, with the rights they have now; null when it is over or never was. */
  async resolve(token: string): Promise<Actor | null> {
    const [row] = await this.database.query<{ id: string; agent_id: string; role: Role }>(resolveStatement, [
      sha256(token),
    ]);
    return row
      ? { kind: 'agent', id: row.agent_id, role: row.role, sessionId: row.id, apiKeyId: null, scopes: null }
      : null;
  }

  /** Whether the account behind a token that is over was switched off: whoever holds the token may know. */
  async isSwitchedOff(token: string): Promise<boolean> {
    const found = await this.database.query(
      'select 1 from session s join agent a on a.id = s.agent_id where s.token_hash = $1 and a.disabled_at is not null',
      [sha256(token)],
    );
    return found.length > 0;
  }

  /** Ends sessions of an agent: the one given, or all but the one given. Open sockets hear of it. */
  async end(agentId: string, which: { only: string } | { allBut: string | null }): Promise<void> {
    const only = 'only' in which ? which.only : null;
    const spared = 'allBut' in which ? which.allBut : null;
    await this.database.transaction(async (tx) => {
      await tx.query(
        `update session set revoked_at = clock_timestamp()
         where agent_id = $1 and revoked_at is null and ($2::uuid is null or id = $2) and ($3::uuid is null or id <> $3)`,
        [agentId, only, spared],
      );
      this.events.emitAfterCommit(tx, 'rights.changed', { agentId });
    });
  }
}
