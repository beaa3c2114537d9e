import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import type { OwnSessionView } from '#contract';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import type { Actor } from '../actor.js';
import { absentActor, rightsColumns, type RightsRow } from '../read-actor.js';
import { newToken, sha256 } from '../tokens.js';
import { readDevice } from './read-device.js';

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
      select s.id, s.last_seen_at, a.id as agent_id, ${rightsColumns}
      from session s join agent a on a.id = s.agent_id
      where s.token_hash = $1 and s.revoked_at is null and a.disabled_at is null
        and s.expires_at > clock_timestamp() and s.last_seen_at > clock_timestamp() - interval '12 hours'
    ), seen as (
      update session set last_seen_at = clock_timestamp()
      from found where session.id = found.id and found.last_seen_at < clock_timestamp() - interval '1 minute'
    )
    select id, agent_id, role, own_role from found`,
};

/** Where somebody signs in from, as their browser says and the network shows. */
export interface SignInPlace {
  userAgent: string;
  address: string;
  /** The provider that vouched for them; null: they came by a way of the hub's own. */
  providerId?: string | null;
}

export type WhichSessions = { only: string } | { allBut: string | null };

interface SessionRow {
  id: string;
  user_agent: string;
  address: string;
  via: string | null;
  created_at: Date;
  last_seen_at: Date;
}

/** Sessions of signed-in agents: opaque tokens, kept as hashes, ended at once by logging out, by disabling or by a new password. */
@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('sign-in-steps', () =>
      database.query(`delete from sign_in_step where expires_at < clock_timestamp() - interval '1 day'`),
    );
    housekeeping.add('sign-in-flows', () =>
      database.query('delete from sign_in_flow where expires_at < clock_timestamp()'),
    );
    housekeeping.add('sessions', () =>
      database.query(
        `delete from session where expires_at < clock_timestamp() - interval '1 day' or revoked_at < clock_timestamp() - interval '1 day'`,
      ),
    );
  }

  /** Begins a session under a token that nobody has seen before, and returns the token. */
  async begin(sql: Sql, agentId: string, place: SignInPlace = { userAgent: '', address: '' }): Promise<string> {
    const token = newToken();
    await sql.query(
      `insert into session (id, agent_id, token_hash, expires_at, user_agent, address, provider_id)
       values ($1, $2, $3, clock_timestamp() + $4 * interval '1 second', left($5, 400), $6, $7)`,
      [uuid(), agentId, sha256(token), sessionSeconds, place.userAgent, place.address, place.providerId ?? null],
    );
    return token;
  }

  /** Who holds this token, with the rights they have now; null when it is over or never was. */
  async resolve(token: string): Promise<Actor | null> {
    const [row] = await this.database.query<RightsRow & { id: string; agent_id: string } & Record<string, unknown>>(
      resolveStatement,
      [sha256(token)],
    );
    return row ? { ...absentActor(row.agent_id, row), sessionId: row.id } : null;
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
  async end(agentId: string, which: WhichSessions): Promise<void> {
    await this.database.transaction((tx) => this.endIn(tx, agentId, which));
  }

  /** `end` in a transaction of the caller's. Returns how many were ended. */
  async endIn(tx: Transaction, agentId: string, which: WhichSessions): Promise<number> {
    const only = 'only' in which ? which.only : null;
    const spared = 'allBut' in which ? which.allBut : null;
    const ended = await tx.query(
      `update session set revoked_at = clock_timestamp()
       where agent_id = $1 and revoked_at is null and ($2::uuid is null or id = $2) and ($3::uuid is null or id <> $3) returning id`,
      [agentId, only, spared],
    );
    this.events.emitAfterCommit(tx, 'rights.changed', { agentId });
    return ended.length;
  }

  /** Where an agent is signed in, the one used last first. `own`: the session that asks. */
  async list(agentId: string, own: string | null): Promise<OwnSessionView[]> {
    const rows = await this.database.query<SessionRow & Record<string, unknown>>(
      `select s.id, s.user_agent, s.address, p.name as via, s.created_at, s.last_seen_at
       from session s left join sign_in_provider p on p.id = s.provider_id
       where s.agent_id = $1 and s.revoked_at is null and s.expires_at > clock_timestamp() and s.last_seen_at > clock_timestamp() - interval '12 hours'
       order by s.id = $2 desc nulls last, s.last_seen_at desc, s.id`,
      [agentId, own],
    );
    return rows.map((row) => ({
      id: row.id,
      device: readDevice(row.user_agent),
      address: row.address,
      via: row.via,
      begunAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      isThis: row.id === own,
    }));
  }
}
